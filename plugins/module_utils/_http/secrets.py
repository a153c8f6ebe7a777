# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Knowing what is secret, and keeping it out of texts. Private to the collection.

A provider may repeat a credential in any spelling: URL-encoded, inside JSON or HTML, as Python shows it, encoded twice,
or as part of something in base64. So a text is not searched for a list of spellings. `_Reading` tells which characters
each place of the text may stand for, and a secret is found wherever its characters can be read one after the other.
"""

from __future__ import annotations

import base64
import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html.entities import html5
from typing import Any, NamedTuple
from urllib.parse import quote

MASK = "********"

# Whoever masks one or two characters masks them in every word. Such a secret is kept out of texts by its option's name.
SHORTEST = 3
# In other alphabets, short secrets would be found by chance.
_SHORTEST_ENCODED = 4
# Deeper nested escapes are not looked for, so that a text of nothing but backslashes takes no time.
_LONGEST_UNIT = 120
_MOST_SIGNS = 8
_ENTITIES = {name: text for name, text in html5.items() if len(name) < 10 and len(text) == 1}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}
_HEX = "0123456789abcdefABCDEF"
_SPELLED_IN_BASE64 = {"+": ("+", "-", " "), "/": ("/", "_")}
_BASE64 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=")

Unit = tuple[str, int]


def credential(options: Mapping[str, Any], name: str) -> str:
    """Return an option without the blanks and line breaks that copying leaves around it, "" for none."""
    return (options.get(name) or "").strip()


def can_be_masked(value: str) -> bool:
    """Return whether *value* is long enough to be masked in texts that hold other words as well."""
    return len(value.strip()) >= SHORTEST


class Secrets:
    """The secret values of one run; *on_new* is called once with each, so that Ansible can hide them as well."""

    def __init__(self, on_new: Callable[[str], None] | None = None) -> None:
        self._known: frozenset[str] = frozenset()
        self._needles: Mapping[str, tuple[_Needle, ...]] = {}
        self._starts = re.compile(r"(?!)")
        self._on_new = on_new

    def add(self, *values: str | None) -> None:
        """Register *values*. None, empty texts, and those that `can_be_masked` excludes are not kept."""
        new = [value for value in dict.fromkeys(values) if value and can_be_masked(value)]
        new = [value for value in new if value not in self._known]
        if not new:
            return
        by_first = dict(self._needles)
        for value in new:
            for needle in _needles(value.strip()):
                for first in needle.firsts():
                    by_first[first] = (*by_first.get(first, ()), needle)
        # Other threads may be masking: what they read is replaced as a whole.
        self._known |= frozenset(new)
        self._needles = by_first
        self._starts = re.compile("[" + re.escape("".join({*by_first, *"%\\&"})) + "]")
        for value in new:
            if self._on_new is not None:
                self._on_new(value)

    def add_basic(self, user: str, password: str) -> None:
        """Register what stands for both in a header of HTTP's Basic authentication."""
        if password:
            for coding in ("utf-8", "latin-1"):
                pair = f"{user}:{password}".encode(coding, "replace")
                self.add(base64.b64encode(pair).decode())

    def redact(self, text: str) -> str:
        """Return *text* with every known secret masked, however it is written there."""
        if not self._needles or not text:
            return text
        parts, done = [], 0
        for start, end in _merged(self._found(text)):
            parts += [text[done:start], MASK]
            done = end
        return "".join([*parts, text[done:]])

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        reading, needles = _Reading(text), self._needles
        for candidate in self._starts.finditer(text):
            start = candidate.start()
            for first in {character for character, _end in reading.units(start)}:
                for needle in needles.get(first, ()):
                    end = needle.end(reading, start)
                    if end is not None:
                        yield (start, end)


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _Needle(NamedTuple):
    """A secret as it may be read: for each of its characters those that are accepted, or the ways to spell it."""

    steps: tuple[tuple[str, ...], ...]
    encoded: bool = False

    def firsts(self) -> set[str]:
        return {way[0] for way in self.steps[0]}

    def end(self, reading: _Reading, start: int) -> int | None:
        """Return where the secret ends that begins at *start*, None where it does not stand there."""
        ends = {start}
        for ways in self.steps:
            ends = {after for way in ways for end in ends for after in reading.after(end, way)}
            if not ends:
                return None
        end = max(ends)
        if self.encoded:
            # The next characters may hold the last bits of the secret.
            for _each in range(3):
                end += end < len(reading.text) and reading.text[end] in _BASE64
        return end


def _needles(secret: str) -> Iterator[_Needle]:
    spellings = {secret, *(unicodedata.normalize(form, secret) for form in ("NFC", "NFD"))}
    for spelling in spellings:
        yield _Needle(tuple(map(_ways, spelling)))
    if len(secret) < _SHORTEST_ENCODED:
        return
    for spelling in {*spellings, quote(secret, safe="", errors="surrogatepass")}:
        content = spelling.encode("utf-8", "surrogatepass")
        yield _Needle(tuple(map(_like_hex, content.hex())), encoded=True)
        for shift, first in enumerate((0, 2, 3)):
            # The first and the last characters also depend on the neighbours, which are not known.
            whole = base64.b64encode(bytes(shift) + content).decode()[first : (shift + len(content)) * 8 // 6]
            yield _Needle(tuple(map(_like_base64, whole)), encoded=True)


@functools.cache  # a login brings tokens of a thousand characters
def _ways(character: str) -> tuple[str, ...]:
    """Return how a character may be spelled: a blank as plus, others as the bytes of their UTF-8."""
    if character == " ":
        return (" ", "+")
    if character.isascii():
        return (character,)
    once = character.encode("utf-8", "surrogatepass").decode("latin-1")
    ways = [character, once, once.encode().decode("latin-1")]
    if ord(character) > 0xFFFF:
        pair = character.encode("utf-16-be")
        ways.append(chr(int.from_bytes(pair[:2], "big")) + chr(int.from_bytes(pair[2:], "big")))
    return tuple(ways)


@functools.cache
def _like_base64(character: str) -> tuple[str, ...]:
    return _SPELLED_IN_BASE64.get(character, (character,))


@functools.cache
def _like_hex(digit: str) -> tuple[str, ...]:
    return (digit, digit.upper())


class _Reading:
    """What the places of a text may stand for: `%2f`, `\\/`, `\\u002f`, `&#x2f;` and `%252F` for a slash, and so on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._units: dict[int, tuple[Unit, ...]] = {}
        # From behind, as what an escape stands for depends on what follows.
        for found in reversed([*re.finditer(r"[%\\&]", text)]):
            self._units[found.start()] = self._read(found.start())

    def units(self, start: int) -> tuple[Unit, ...]:
        """Return the characters that may stand at *start*, each with where it ends."""
        if start in self._units:
            return self._units[start]
        return ((self.text[start], start + 1),) if start < len(self.text) else ()

    def after(self, start: int, desired: str) -> set[int]:
        """Return where *desired* ends if it is read from *start* on."""
        if not self._units:
            return {start + len(desired)} if self.text.startswith(desired, start) else set()
        ends = {start}
        for character in desired:
            ends = {after for end in ends for read, after in self.units(end) if read == character}
        return ends

    def _read(self, start: int) -> tuple[Unit, ...]:
        found: dict[Unit, None] = {(self.text[start], start + 1): None}
        signs = list(found)
        for character, end in signs:
            for unit in self._escapes(character, end):
                if unit not in found and unit[1] - start <= _LONGEST_UNIT:
                    found[unit] = None
                    if unit[0] in "%\\&" and len(signs) < _MOST_SIGNS:
                        signs.append(unit)  # which this loop comes to as well
        return tuple(found)

    def _escapes(self, sign: str, end: int) -> Iterator[Unit]:
        """Yield what *sign*, which ends there, may stand for together with what follows it."""
        if sign == "%":
            yield from self._number(end, 2)
            for _u, after in self._one_of(end, "u"):
                yield from self._number(after, 4)
        elif sign == "&":
            for _hash, after in self._one_of(end, "#"):
                yield from self._entity_number(after, 10)
                for _x, digits in self._one_of(after, "xX"):
                    yield from self._entity_number(digits, 16)
            yield from self._entity(end, "")
        else:
            for character, after in self.units(end):
                for letter, digits in (("x", 2), ("u", 4), ("U", 8)):
                    if character == letter:
                        yield from self._number(after, digits)
                if character in _CONTROLS:
                    yield (_CONTROLS[character], after)
                elif not character.isalnum():
                    yield (character, after)

    def _one_of(self, start: int, characters: str) -> Iterator[Unit]:
        return (unit for unit in self.units(start) if unit[0] in characters)

    def _number(self, start: int, digits: int) -> Iterator[Unit]:
        """Yield the character whose number stands there in so many hexadecimal digits."""
        read = [("", start)]
        for _each in range(digits):
            read = [(text + digit, after) for text, end in read for digit, after in self._one_of(end, _HEX)]
        return ((chr(int(text, 16)), end) for text, end in read if int(text, 16) <= 0x10FFFF)

    def _entity_number(self, start: int, base: int) -> Iterator[Unit]:
        digits = _HEX if base == 16 else _HEX[:10]
        read = [("", start)]
        for _each in range(7):
            read = [(text + digit, after) for text, end in read for digit, after in self._one_of(end, digits)]
            for text, end in read:
                if int(text, base) <= 0x10FFFF:
                    yield (chr(int(text, base)), end)
                    for _semicolon, after in self._one_of(end, ";"):
                        yield (chr(int(text, base)), after)

    def _entity(self, start: int, before: str) -> Iterator[Unit]:
        if before in _ENTITIES:
            yield (_ENTITIES[before], start)
        if len(before) < 9 and not before.endswith(";"):
            for character, after in self.units(start):
                if character == ";" or (character.isascii() and character.isalnum()):
                    yield from self._entity(after, before + character)
