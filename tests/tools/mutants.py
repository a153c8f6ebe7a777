# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults that can be planted in the collection's code, one small change each, and a fair draw of them."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

PLUGINS = "plugins/module_utils"
# What a draw is spread over evenly: a name, and the files that belong to it.
AREAS = {
    "engine": r"_engine/",
    "HTTP": r"_http/",
    "numbers": r"_numbers/",
    "files": r"_files/",
    "office": r"_office/",
    "calls": r"_calls/|_(?:sonetel|ringcentral|smspartner|fonedynamics)/call(?:s|_(?!forwarding/))[^/]*$",
    "providers": r"_(?:sonetel|ringcentral|smspartner|fonedynamics)/",
}
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
_SHIFTED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
# Texts for people have blanks; words that the code decides by have none.
_WORD = re.compile(r"[\w./:+-]+")


class Mutant(NamedTuple):
    """One fault. *key* finds it again after the file has changed elsewhere."""

    key: str
    area: str
    kind: str
    file: str
    line: int
    scope: str
    start: int
    end: int
    new: str

    def planted(self, source: bytes) -> bytes:
        """The file's content with the fault in it."""
        return source[: self.start] + self.new.encode() + source[self.end :]


class _Finder(ast.NodeVisitor):
    """Goes through one file, and remembers in which function it is."""

    def __init__(self, file: str, area: str, source: bytes) -> None:
        self.file, self.area, self.source = file, area, source
        self.scope: list[str] = []
        self.found: list[Mutant] = []
        self._seen: dict[str, int] = {}
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def add(self, kind: str, node: Any, new: ast.AST | str) -> None:
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        old = self.source[start:end].decode()
        text = new if isinstance(new, str) else f"({ast.unparse(new)})"
        where = ".".join(self.scope)
        key = f"{self.file} {where} | {kind} | {' '.join(old.split())[:90]} -> {text[:90]}"
        self._seen[key] = self._seen.get(key, 0) + 1
        key += f" #{self._seen[key]}"
        self.found.append(Mutant(key, self.area, kind, self.file, node.lineno, where, start, end, text))

    # ---- what is left alone: annotations, decorators, docstrings, what only type checkers read

    def _body(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            self._statement(statement)
            self.visit(statement)

    def _function(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        self.scope.append(node.name)
        if isinstance(node, ast.FunctionDef):
            for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
                self.visit(default)
        self._body([item for item in node.body if not _is_docstring(item)])
        self.scope.pop()

    visit_FunctionDef = visit_ClassDef = _function

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave texts alone; Python 3.11 does not give their parts' places."""

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" not in ast.unparse(node.test):
            self.add("negate", node.test, ast.UnaryOp(ast.Not(), node.test))
            self.visit(node.test)
            self._body(node.body)
            self._body(node.orelse)

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self._body(node.body)

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        self._body(node.body)
        self._body(node.orelse)

    def visit_With(self, node: ast.With) -> None:
        for item in node.items:
            self.visit(item.context_expr)
        self._body(node.body)

    def visit_Try(self, node: ast.Try) -> None:
        self._body(node.body)
        for handler in node.handlers:
            self._body(handler.body)
        self._body(node.orelse)
        self._body(node.finalbody)

    def visit_Module(self, node: ast.Module) -> None:
        self._body([item for item in node.body if not _is_docstring(item)])

    def _statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Raise):
            self.add("raise", node, "pass")
        elif isinstance(node, ast.Return) and node.value is not None:
            self._returned(node)
        elif isinstance(node, ast.Expr | ast.AugAssign | ast.Delete | ast.Break | ast.Continue):
            if not isinstance(getattr(node, "value", None), ast.Constant | ast.Yield | ast.YieldFrom):
                self.add("statement", node, "pass")
        elif isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple):
            # Without a name that is read later, the code would not even start.
            self.add("statement", node, "pass")

    def _returned(self, node: ast.Return) -> None:
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool):
            return  # is a constant
        is_none = isinstance(node.value, ast.Constant) and node.value.value is None
        self.add("return", node, "return True" if is_none else "return None")

    # ---- expressions

    def visit_Compare(self, node: ast.Compare) -> None:
        kind = type(node.ops[0])
        if len(node.ops) == 1:
            self.add("comparison", node, ast.Compare(node.left, [_FLIPPED[kind]()], node.comparators))
            if kind in _SHIFTED:
                self.add("off by one", node, ast.Compare(node.left, [_SHIFTED[kind]()], node.comparators))
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self.add("and/or", node, ast.BoolOp(other, node.values))
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.add("not", node, node.operand)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.add("negate", node.test, ast.UnaryOp(ast.Not(), node.test))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self.add("constant", node, ast.Constant(not value))
        elif isinstance(value, int | float):
            self.add("off by one", node, ast.Constant(value + 1))
        elif isinstance(value, str) and _WORD.fullmatch(value):
            self.add("constant", node, ast.Constant(f"{value}X"))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def area_of(file: str) -> str:
    """The area of a file below the plugins, or an empty text."""
    inside = file.removeprefix(f"{PLUGINS}/")
    return next((name for name, pattern in AREAS.items() if inside != file and re.match(pattern, inside)), "")


def mutants_of(root: Path, file: str) -> list[Mutant]:
    """Every mutant of a file, in its order."""
    source = (root / file).read_bytes()
    finder = _Finder(file, area_of(file), source)
    finder.visit(ast.parse(source))
    return finder.found


def all_mutants(root: Path) -> Iterator[Mutant]:
    """Every mutant of every file that belongs to an area."""
    for path in sorted((root / PLUGINS).rglob("*.py")):
        file = str(path.relative_to(root))
        if area_of(file):
            yield from mutants_of(root, file)


def drawn(root: Path, number: int, seed: int) -> list[Mutant]:
    """*number* mutants: the areas take turns, and in each its kinds; which one is chance, decided by the seed."""
    chance = random.Random(seed)
    piles: dict[str, dict[str, list[Mutant]]] = {area: {} for area in AREAS}
    for mutant in all_mutants(root):
        piles[mutant.area].setdefault(mutant.kind, []).append(mutant)
    for kinds in piles.values():
        for pile in kinds.values():
            chance.shuffle(pile)
    found: list[Mutant] = []
    turn = 0
    while len(found) < number and any(piles.values()):
        for kinds in filter(None, piles.values()):
            kind = sorted(kinds)[turn % len(kinds)]
            found.append(kinds[kind].pop())
            if not kinds[kind]:
                del kinds[kind]
        turn += 1
    return found[:number]
