# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one place where modules meet Ansible: options in, result or failure out. Private to the collection."""

from __future__ import annotations

import shlex
import sys
import sysconfig
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path as File
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from .._clock import Clock
from .._engine import yaml_text
from .._engine.argspec import ArgSpec
from .._engine.reconcile import Also, Connect, carry_out_together, plan_together, read_desired, report, uncertainty
from .._engine.resource import Resource
from .._errors import TelephonyError, defect
from .._files.yaml_lines import HAS_YAML
from .._http.auth import Token, TokenSource
from .._http.client import HAS_REQUESTS, HttpClient
from .._http.environment import Environment
from .._http.places import LONG_SECONDS, Wait
from .._http.secrets import MASK, Secrets, can_be_masked
from .._http.settings import Settings
from .._numbers.e164 import HAS_PHONENUMBERS
from .._numbers.rules import NumberRules
from .._progress import Progress
from .._texts import printable, printable_lines

try:
    # Since ansible-core 2.22, which masks in everything that it shows or logs, and no longer in the result itself.
    from ansible.module_utils.secrets import register_secret
except ImportError:
    register_secret = None

ANSIBLE_MASKS = register_secret is not None

_NO_CALLS = {"requests": 0, "retries": 0, "waited_seconds": 0.0}

Result = dict[str, Any]
# Takes the API, the options and the environment, and returns the resources of a module.
Build = Callable[[Any, Mapping[str, Any], Environment], Sequence[Resource]]
# The names that lead to an option, outermost first.
Path = tuple[str, ...]

# What stands in for AnsibleModule, where no process of its own was started for the module.
_stand_in: ContextVar[Callable[..., AnsibleModule] | None] = ContextVar("stand_in", default=None)
# Set while only a module's specification is asked for.
_only_ask: ContextVar[bool] = ContextVar("only_ask", default=False)


@contextmanager
def module_is(make: Callable[..., AnsibleModule]) -> Iterator[None]:
    """Let modules that run in this block use what *make* returns; it takes the arguments of `AnsibleModule`."""
    token = _stand_in.set(make)
    try:
        yield
    finally:
        _stand_in.reset(token)


class _Asked(Exception):
    """A module has said what options it takes, and need not run."""

    def __init__(self, spec: ArgSpec) -> None:
        super().__init__()
        self.spec = spec


def spec_of(main: Callable[[], None]) -> ArgSpec:
    """Return the specification of the module whose function *main* is, without running it."""
    token = _only_ask.set(True)
    try:
        main()
    except _Asked as asked:
        return asked.spec
    finally:
        _only_ask.reset(token)
    raise AssertionError("A module names its options before it does anything.")


def refusal_of_values(spec: ArgSpec, given: Mapping[str, Any]) -> Result | None:
    """Return the result of a task whose values YAML has changed, None where they are as the user wrote them.

    *given* is what the user wrote, before Ansible converts it.
    """
    try:
        yaml_text.refuse(spec.options, given)
    except TelephonyError as error:
        return refused(error) if "deadline" in spec.options else _failed(error)
    return None


def refused(error: TelephonyError) -> Result:
    """Return the result of a task that asks providers and has failed before its first request."""
    return {**_failed(error), "api_calls": dict(_NO_CALLS)}


def missing_libraries(*, yaml: bool = False) -> list[str]:
    """Return the libraries that the modules need and this Python lacks. *yaml*: PyYAML is needed as well."""
    libraries = (("requests", HAS_REQUESTS), ("phonenumbers", HAS_PHONENUMBERS), ("PyYAML", HAS_YAML or not yaml))
    return [name for name, present in libraries if not present]


def how_to_install(libraries: Sequence[str]) -> str:
    """Return the message of a task for which this Python lacks *libraries*."""
    python = shlex.quote(sys.executable or "python3")
    managed = File(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    # PEP 668
    refused = " This Python belongs to the operating system, which may refuse that: use its packages, or run Ansible "
    return (
        f"The Python that runs this task lacks {', '.join(libraries)}. "
        f"To install: {python} -m pip install {' '.join(libraries)}."
        f"{f'{refused}from a virtual environment.' if managed and sys.prefix == sys.base_prefix else ''}"
    )


def converge(
    spec: ArgSpec, connect: Connect, resource: type[Resource], *, many: bool, build: Build | None = None
) -> None:
    """Run a writing module: make the account match the options. *many* takes the list named as the table's plural.

    *build* returns the resource where more than the API makes it: what options say of other tasks.
    """
    _converge(spec, connect, [resource], build or (lambda api, _options, _environment: [resource(api)]), many)


def converge_together(
    spec: ArgSpec,
    connect: Connect,
    kinds: Sequence[type[Resource]],
    build: Callable[[Any], Sequence[Resource]],
) -> None:
    """Run a writing module with several lists, whose objects may refer to those of the following lists.

    *build* takes the API and returns a resource for each of *kinds*. A list that is not given is empty.
    """
    _converge(spec, connect, kinds, lambda api, _options, _environment: build(api), many=True)


def _converge(
    spec: ArgSpec,
    connect: Connect,
    kinds: Sequence[type[Resource]],
    build: Build,
    many: bool,
) -> None:
    def job(options: Mapping[str, Any], environment: Environment, check_mode: bool) -> Result:
        rules = NumberRules.from_options(options, environment.warn)
        desired = []
        for kind in kinds:
            items = (options[kind.table.plural] or []) if many else [options]
            desired.append(read_desired(kind, items, rules, many))
        targets = build(connect(options, environment), options, environment)
        plans = plan_together(
            list(zip(targets, desired, strict=True)),
            policy=rules.policy,
            prune=bool(options.get("prune")),
            max_deletions=options.get("max_deletions"),
        )
        works = list(zip(plans, targets, strict=True))
        for plan, target in works:
            for step in plan.changes:
                environment.warn(target.warn_about(step))
            if check_mode:
                environment.warn(uncertainty(plan))
        return carry_out_together(works, check_mode=check_mode, many=many, progress=environment.progress)

    # The result holds the list as it is now; as it was given, the user has it already.
    run(spec, job, not_echoed=[kind.table.plural for kind in kinds] if many else ())


def inform(spec: ArgSpec, connect: Connect, resource: type[Resource], *, keys: str, also: Also | None = None) -> None:
    """Run an info module: return what is there in the plural module's form. *keys* names the option that selects.

    *also*: see `report`.
    """

    def job(options: Mapping[str, Any], environment: Environment, check_mode: bool) -> Result:
        return report(resource, connect, options, environment, keys, also)

    run(spec, job)


def log_in(spec: ArgSpec, source: Callable[..., TokenSource], identity: Callable[[Token], Result]) -> None:
    """Run a token module: log in and return the token. It is returned on purpose, so the task must hide its result."""

    def job(options: Mapping[str, Any], environment: Environment, check_mode: bool) -> Result:
        token = source(options, environment).current()
        return {"changed": False, "access_token": token.access, "refresh_token": token.refresh, **identity(token)}

    run(spec, job, secret_result=True)


def run(
    spec: ArgSpec,
    job: Callable[[Mapping[str, Any], Environment, bool], Result],
    *,
    secret_result: bool = False,
    not_echoed: Sequence[str] = (),
) -> None:
    """Run a module whose work is *job*, which takes options, environment and check mode and returns the result.

    *secret_result*: what is found out at run time is returned on purpose, so only a task with `no_log` may run it.
    *not_echoed*: see `run_with`.
    """

    def alone(options: Mapping[str, Any], surroundings: Surroundings, check_mode: bool) -> Result:
        return job(options, surroundings.environment(options), check_mode)

    run_with(spec, alone, secret_result=secret_result, not_echoed=not_echoed)


class Surroundings:
    """What a job has around it: environments, one for each connection, and whom to tell of warnings and waits.

    *show* prints a line while the task still runs, None where nobody would see it before the end.
    """

    def __init__(self, check_mode: bool, secrets: Secrets, show: Callable[[str], None] | None = None) -> None:
        self.progress = Progress()
        self._check_mode = check_mode
        self._secrets = secrets
        self._warnings: dict[str, None] = {}
        self.show = None if show is None else self._printing(show)
        self._waits = _Waits(shown=show is not None)
        self._clients: list[HttpClient] = []
        self.clock: Clock = time

    def warn(self, text: str) -> None:
        """Show *text* once, at the end."""
        if text:
            self._warnings[text] = None

    def redact(self, text: str) -> str:
        """Return *text* with the secrets masked that are known by now."""
        return self._secrets.redact(text)

    def environment(self, options: Mapping[str, Any], attempts: int | None = None, connection: str = "") -> Environment:
        """Return the environment of one connection. Raises `InputError` for options that cannot be used.

        *connection*: what the user calls the option that holds *options*, "" if they are the task's own.
        """
        read = Settings.from_options(options, self._check_mode)
        settings = replace(read, attempts=attempts, connection=connection)
        if not settings.validate_certs:
            self.warn("validate_certs is off: anyone between here and the provider can read the credentials.")
        announce = None if self.show is None else self._announce
        http = HttpClient(settings, self._secrets, clock=time, on_wait=self._waits.add, announce=announce)
        self._clients.append(http)
        return Environment(http, self._secrets, time, self.warn, self.progress)

    def _announce(self, wait: Wait, seconds: float) -> None:
        done = str(self.progress)
        text = f"{wait.ahead}; continuing in {seconds:.0f} s{f' ({done})' if done else ''}"
        if self.show is not None:
            self.show(text)

    def _printing(self, show: Callable[[str], None]) -> Callable[[str], None]:
        return lambda text: show(printable(self._secrets.redact(text)))

    @property
    def has_written(self) -> bool:
        """Whether any write was sent."""
        return any(client.has_written for client in self._clients)

    def counters(self) -> dict[str, int | float]:
        """Return `{requests, retries, waited_seconds}` of all connections."""
        total: dict[str, int | float] = dict(_NO_CALLS)
        for client in self._clients:
            for name, count in client.counters().items():
                total[name] = round(total[name] + count, 3)
        return total

    def texts(self) -> list[str]:
        """Return the warnings, with secrets masked."""
        return [printable(self._secrets.redact(text)) for text in [*self._warnings, *self._waits.announcements()]]


def run_with(
    spec: ArgSpec,
    job: Callable[[Mapping[str, Any], Surroundings, bool], Result],
    *,
    secret_result: bool = False,
    not_echoed: Sequence[str] = (),
    writes_yaml: bool = False,
) -> None:
    """Like `run`, for a job that makes the environments which it needs.

    *not_echoed*: options that the result's `invocation` leaves out, beside those that the job names in its result.
    *writes_yaml*: PyYAML must be there as well.
    """
    module = _module(spec)
    if secret_result and not module.no_log:
        module.fail_json(msg="The result of this task is a secret: set no_log: true on the task.")
    if libraries := missing_libraries(yaml=writes_yaml):
        module.fail_json(msg=how_to_install(libraries))
    secrets = Secrets(None if secret_result else hiding(module))
    hidden = [path for path, value in _secret_options(spec.options, module.params) if value]
    secrets.add(*(_at(module.params, path) for path in hidden))
    _spare_words(module)
    surroundings = Surroundings(module.check_mode, secrets, getattr(module, "show", None))
    try:
        result = job(module.params, surroundings, module.check_mode)
    except TelephonyError as error:
        result = _failed(error)
    except Exception as error:  # a defect; the traceback goes where Ansible shows it with -vvv
        result = {
            **_failed(defect(error)),
            "changed": surroundings.has_written,
            "exception": printable_lines(traceback.format_exc()),
        }
    result["api_calls"] = surroundings.counters()
    for text in surroundings.texts():
        module.warn(text)
    invocation = _invocation(module, hidden, [*not_echoed, *result.pop("not_echoed", ())])
    if result.pop("failed", False):
        module.fail_json(**_redacted(result, secrets), **invocation)
    if secret_result:
        # Ansible would mask what was given and is returned again, such as a refresh token that stays the same.
        module.no_log_values.difference_update(value for value in result.values() if isinstance(value, str))
    module.exit_json(**result, **invocation)


def _secret_options(options: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Yield the options that must not be shown, with their values, also those inside of others."""
    for name, option in options.items():
        value = params.get(name)
        if option.get("no_log"):
            yield (name,), value
        elif isinstance(value, Mapping) and "options" in option:
            yield from (((name, *path), found) for path, found in _secret_options(option["options"], value))


def _at(params: Mapping[str, Any], path: Path) -> Any:
    value: Any = params
    for name in path:
        value = value[name]
    return value


def hiding(module: AnsibleModule) -> Callable[[str], None]:
    """Return what lets Ansible hide a value that was found out while the module runs."""

    def hide(value: str) -> None:
        module.no_log_values.add(value)
        if ANSIBLE_MASKS:
            register_secret(value)

    return hide


def _spare_words(module: AnsibleModule) -> None:
    """Let Ansible not mask secrets of one or two characters, which stand in all words: `_invocation` hides those."""
    short = [value for value in module.no_log_values if not can_be_masked(value)]
    module.no_log_values.difference_update(short)


def _invocation(module: AnsibleModule, hidden: Sequence[Path], left_out: Sequence[str]) -> Result:
    """Return the options as results show them, without *left_out*; {} where Ansible itself does that as well.

    The *hidden* ones are masked here where they are too short for Ansible to mask them.
    """
    if not left_out and all(can_be_masked(_at(module.params, path)) for path in hidden):
        return {}
    shown = {name: value for name, value in module.params.items() if name not in left_out}
    for path in hidden:
        shown = _masked(shown, path)
    return {"invocation": {"module_args": shown}}


def _masked(params: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return *params* with the value at *path* masked, if that is there."""
    name, *rest = path
    if name not in params:
        return dict(params)
    return {**params, name: _masked(params[name], tuple(rest)) if rest else MASK}


def _module(spec: ArgSpec) -> AnsibleModule:
    if _only_ask.get():
        raise _Asked(spec)
    make = _stand_in.get() or _Module
    module = make(supports_check_mode=True, **spec.module_arguments())
    refusal = refusal_of_values(spec, module.given)
    if refusal:
        module.fail_json(**refusal)
    return module


class _Module(AnsibleModule):  # type: ignore[misc]
    """Ansible's module, which remembers what it was *given* before the values were converted."""

    def _load_params(self) -> None:
        super()._load_params()
        self.given = dict(self.params)


class _Waits:
    """What the task waited for, so that the result tells long waits once with their total.

    *shown*: those that the provider demands were shown when they began, by this task or another one.
    """

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._lock = threading.Lock()
        self._seconds: dict[str, float] = {}
        self._until: dict[str, float] = {}

    def add(self, seconds: float, reason: str | Wait) -> None:
        if isinstance(reason, Wait) and self._shown:
            return
        key = reason.after if isinstance(reason, Wait) else f": {reason.rstrip('.')}"
        with self._lock:
            # Threads that wait at the same time wait once.
            now = time.monotonic()
            ends = max(now + seconds, self._until.get(key, 0.0))
            self._seconds[key] = self._seconds.get(key, 0.0) + ends - max(now, self._until.get(key, 0.0))
            self._until[key] = ends

    def announcements(self) -> list[str]:
        return [f"Waited {seconds:.0f} s{why}." for why, seconds in self._seconds.items() if seconds > LONG_SECONDS]


def _failed(error: TelephonyError) -> Result:
    return {"failed": True, "msg": str(error), "failure": error.failure(), "changed": False}


def _redacted(value: Any, secrets: Secrets) -> Any:
    """Mask secrets in what a provider may have sent back in its messages."""
    if isinstance(value, str):
        return secrets.redact(value)
    if isinstance(value, Mapping):
        return {key: _redacted(item, secrets) for key, item in value.items()}
    return [_redacted(item, secrets) for item in value] if isinstance(value, list) else value
