# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A first call to an office's accounts: can we work here, and what do we only assume. Private to the collection.

Nothing is written anywhere. A provider that fails hides no other one.
"""

from __future__ import annotations

import platform
from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from .._engine.account import Account
from .._engine.diagnosis import Finding, Level, finding_of
from .._errors import InputError, TelephonyError, defect
from .._files.names import check_place
from .._numbers.metadata_age import released_about
from .._texts import joined
from .messages import brief, plural
from .office import ProblemsFound
from .session import Session

Result = dict[str, Any]

# Tokens are taken for expired 60 s before they are, and answers take their time.
_SECONDS_OFF = 30
# Numbering plans change every month somewhere.
_OLD_DAYS = 400
_LIBRARIES = ("ansible-core", "requests", "urllib3", "phonenumbers")
_MOST_PROBLEMS = 3


@dataclass(frozen=True)
class Examination:
    """What to look at. *connections* holds options by provider; *used*: the providers of which the office has lists.

    *lists* holds these lists by provider, as the office wrote them.

    *shared* tells by provider which other offices use the same account, *problems* what is wrong in the variables.
    """

    providers: Sequence[str]
    used: Sequence[str]
    connections: Mapping[str, Mapping[str, Any]]
    folder: str | None = None
    shared: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: Sequence[Mapping[str, Any]] = ()
    regions: Sequence[str] = ()
    lists: Mapping[str, Any] = field(default_factory=dict)
    assumptions: bool = False


@dataclass
class _Section:
    """What was found out about one provider, or about something else that has a *title*."""

    title: str
    findings: list[Finding]

    @property
    def works(self) -> bool:
        return all(finding.level is not Level.FAIL for finding in self.findings)

    def shortened(self) -> _Section:
        """Return what matters of a provider of which the office has no lists."""
        wrong = [replace(finding, level=Level.NOTE) for finding in self.findings if finding.level is Level.FAIL]
        return _Section(self.title, wrong[:1] or [Finding("can be used; this office has no lists there")])

    def lines(self, width: int) -> Iterator[str]:
        """Yield the lines for people; the title stands in the first of them."""
        for position, finding in enumerate(self.findings):
            title = "" if position else self.title
            yield f"{title:<{width}}  {finding.level.value:<4}  {finding.text}".rstrip()
            for line in filter(None, finding.next_step.split("\n")):
                yield f"{'':<{width + 8}}{line}"


def examine(session: Session, what: Examination) -> Result:
    """Return what was found out. It is a failure when a provider that the office uses cannot work."""
    if not what.providers:
        return _nothing(session)
    accounts = [session.accounts[name] for name in what.providers]
    with ThreadPoolExecutor(max_workers=len(accounts)) as pool:
        found = list(pool.map(lambda account: _provider(session, account, what), accounts))
    pairs = list(zip(accounts, found, strict=True))
    # Without lists, everything that there are credentials for is to work.
    used = set(what.used or what.providers)
    others = [_machine(session, accounts, what), _office(session, what, used)]
    shown = [part if account.name in used else part.shortened() for account, part in pairs]
    sections = [section for section in (*shown, *others) if section.findings]
    width = max(len(section.title) for section in sections)
    lines = [line for section in sections for line in section.lines(width)]
    if what.assumptions:
        lines += [line for account in accounts if account.name in used for line in _assumptions(account)]
    elif count := sum(len(account.package.assumptions) for account in accounts if account.name in used):
        lines.append(
            f"The code relies on {plural('assumption', count)} that no document confirms; set O(assumptions) to list "
            "them."
        )
    said = _summary(pairs, used)
    result: Result = {
        "changed": False,
        "brief": brief("ok", said),
        "providers": {account.name: _result(account, part, what) for account, part in pairs},
        "message": [
            f"{session.office.name}: {said} ({session.cost()})",
            *(f"  {line}" for line in lines),
        ],
    }
    failed = [part for account, part in pairs if account.name in used and not part.works]
    return {**result, **_failure(failed, result["message"])} if failed else result


def _nothing(session: Session) -> Result:
    """Return the failure of an office about which nothing can be found out."""
    first = f"{session.office.name} has no lists of any provider, and no credentials are set"
    width = max(len(account.title) for account in session.accounts.values())
    ways = [
        f"  {account.title:<{width}}  {', '.join(account.credentials.values())}; or O({account.name}_connection)"
        for account in session.accounts.values()
    ]
    lines = [f"{first}. Set what one of the providers needs:", *ways]
    failure = {"kind": "input", "message": f"{first}.", "next_step": "Set what one of the providers needs."}
    return {"changed": False, "failed": True, "msg": "\n".join(lines), "message": lines, "failure": failure}


def _provider(session: Session, account: Account, what: Examination) -> _Section:
    findings: list[Finding] = []
    options = what.connections[account.name]
    lists = what.lists.get(account.name)
    try:
        for finding in account.package.check(session.api(account), options):
            findings.append(finding)
        if isinstance(lists, Mapping) and not any(finding.level is Level.FAIL for finding in findings):
            findings += account.package.check_lists(session.api(account), lists)
    except TelephonyError as error:
        finding = finding_of(error)
        if isinstance(error, ProblemsFound):
            # Where they are is said by the line itself.
            finding = replace(finding, text=" ".join(problem.what for problem in error.problems))
        if not findings and error.kind in ("authentication", "input"):
            steps = filter(None, (error.next_step, _credentials(account, options)))
            finding = replace(finding, next_step="\n".join(steps))
        findings.append(finding)
    except Exception as error:  # a defect must not hide what the other providers say
        findings.append(finding_of(defect(error)))
    return _Section(account.title, findings)


def _credentials(account: Account, options: Mapping[str, Any]) -> str:
    """Say which credentials are set, and where one sets them."""
    names = [name for name in account.credentials if options.get(name)]
    if not names:
        return f"Or set them in O({account.name}_connection)."
    variables = joined(account.credentials[name] for name in names)
    return f"Given: {joined(names)} (O({account.name}_connection), else {variables})."


def _summary(pairs: Sequence[tuple[Account, _Section]], used: Container[str]) -> str:
    """Return in a few words which providers can be used. Those that are not *used* matter less."""
    working = [account.title for account, section in pairs if section.works]
    failing = [account.title for account, section in pairs if not section.works and account.name in used]
    beside = [account.title for account, section in pairs if not section.works and account.name not in used]
    parts = [
        f"{joined(failing)} CANNOT be used" if failing else "",
        f"{joined(working)} can be used" if working else "",
        f"{joined(beside)} cannot, but this office has no lists there" if beside else "",
    ]
    return "; ".join(filter(None, parts))


def _machine(session: Session, accounts: Sequence[Account], what: Examination) -> _Section:
    findings = [_versions(session.now.date(), what.regions)]
    if clocks := {account.title: off for account in accounts if (off := session.ahead(account.name)) is not None}:
        findings.append(_clock(clocks))
    paths = {what.folder: True} if what.folder else {}
    for account in accounts:
        options = what.connections[account.name]
        paths |= {options[name]: name.endswith("_path") for name in account.local_paths if options.get(name)}
    if paths:
        findings.append(_places(paths))
    return _Section("This machine", findings)


def _versions(today: date, regions: Sequence[str]) -> Finding:
    found = {"Python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    text = ", ".join(f"{name} {version}" for name, version in found.items())
    text += f" (knows the numbers of {joined(regions)})" if regions else ""
    released = released_about(found.get("phonenumbers", ""))
    if released is not None and (today - released).days > _OLD_DAYS:
        return Finding(
            f"{text}; phonenumbers dates from about {released:%B %Y}",
            Level.NOTE,
            "Update phonenumbers: with old numbering plans, new numbers look wrong and new premium numbers look right.",
        )
    return Finding(text)


def _clock(clocks: Mapping[str, float]) -> Finding:
    """Compare this machine's clock with those of the providers."""
    wrong = {title: off for title, off in clocks.items() if abs(off) > _SECONDS_OFF}
    if not wrong:
        return Finding(f"the clock agrees with {joined(clocks)} within {_SECONDS_OFF} s")
    reported = [f"{abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} {title}" for title, off in wrong.items()]
    return Finding(
        f"the clock is {joined(reported)}",
        Level.NOTE,
        "Set the clock (NTP): logins, certificates and the ends of re-routes depend on it.",
    )


def _places(paths: Mapping[str, bool]) -> Finding:
    """Look whether what must be kept can be written; *paths* says of each whether it is a folder."""
    for path, folder in paths.items():
        try:
            check_place(Path(path), folder=folder)
        except InputError as error:
            return replace(finding_of(error), level=Level.NOTE)
    return Finding(f"can write to {joined(paths)}")


def _office(session: Session, what: Examination, used: Container[str]) -> _Section:
    findings = [
        Finding(f"shares the account at {session.accounts[name].title} with {_hosts(hosts)}", Level.NOTE)
        for name, hosts in what.shared.items()
        if hosts and name in used
    ]
    if what.problems:
        count = plural("problem", len(what.problems))
        findings.append(
            Finding(
                f"{count} in its variables: "
                + "; ".join(f"{problem['path']} {problem['what']}" for problem in what.problems[:_MOST_PROBLEMS]),
                Level.NOTE,
                "office.telephony.onboard refuses to run until they are corrected.",
            )
        )
    return _Section("This office", findings)


def _hosts(hosts: Sequence[str], most: int = 5) -> str:
    return joined(hosts) if len(hosts) <= most else f"{', '.join(hosts[:most])} and {len(hosts) - most} more"


def _assumptions(account: Account) -> Iterator[str]:
    yield f"Assumptions about {account.title} that no document confirms (docs/providers), and the call that settles it:"
    for assumption in account.package.assumptions:
        yield f"  {assumption.what} ({assumption.source})"
        yield f"      {assumption.call}"


def _result(account: Account, section: _Section, what: Examination) -> Result:
    findings = [
        {"level": finding.level.value.lower(), "text": finding.text, "next_step": finding.next_step}
        for finding in section.findings
    ]
    found: Result = {
        "works": section.works,
        "findings": findings,
        "shared_with": list(what.shared.get(account.name, ())),
    }
    if what.assumptions:
        found["assumptions"] = [asdict(assumption) for assumption in account.package.assumptions]
    return found


def _failure(failed: Sequence[_Section], lines: Sequence[str]) -> Result:
    """Return the failure; its first cause in a form for machines."""
    first = next(finding for finding in failed[0].findings if finding.level is Level.FAIL)
    failure = {"kind": first.kind, "message": first.text, "next_step": first.next_step.partition("\n")[0]}
    return {"failed": True, "msg": "\n".join(lines), "failure": failure}
