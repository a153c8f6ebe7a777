# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What call forwarding is to know of forwarding numbers that were just planned or written. Private to the collection.

In an office, an earlier phase has done that. For a module, another task has, whose list the option
`expected_forwarding_numbers` repeats: in check mode it is planned here, before the planning of call forwarding begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._engine.package import Earlier
from .._engine.plan import Desired
from .._engine.reconcile import plan_for
from .._engine.resource import Resource
from .._errors import InputError
from .._http.environment import Environment
from .._numbers.rules import NumberRules
from .api import RingCentralApi
from .call_forwarding.listed_numbers import Expected
from .call_forwarding.people import People
from .call_forwarding.resource import CallForwardings
from .forwarding_numbers.desired import DesiredNumber
from .forwarding_numbers.resource import ForwardingNumbers


def expected(numbers: Earlier) -> Expected:
    """Return what an earlier phase makes of the forwarding numbers."""
    if not numbers.plan.changes or not isinstance(numbers.resource, ForwardingNumbers):
        return Expected()
    return _written(numbers.desired) if numbers.landed else Expected(previews=numbers.resource.previews(numbers.plan))


def call_forwardings(api: RingCentralApi, options: Mapping[str, Any], environment: Environment) -> Sequence[Resource]:
    """Build the resource of a module with the option `expected_forwarding_numbers`."""
    rules = NumberRules.from_options(options, environment.warn)
    try:
        desired = ForwardingNumbers.desired(options["expected_forwarding_numbers"] or (), rules, many=True)
        rules.problems.raise_if_any()
        if not environment.http.check_mode:
            return [CallForwardings(api, People(api, expected=_written(desired)))]
        numbers = ForwardingNumbers(api)
        plan = plan_for(numbers, desired)
    except InputError as error:
        error.message = f"expected_forwarding_numbers: {error.headline}"
        raise
    return [CallForwardings(api, People(api, expected=Expected(previews=numbers.previews(plan))))]


def _written(desired: Sequence[Desired]) -> Expected:
    return Expected(written=tuple(item for item in desired if isinstance(item, DesiredNumber)))
