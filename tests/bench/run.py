# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""make bench: what the collection costs, against an empty playbook, loops of plain tasks, and a careless script; what
a few and a hundred offices cost in one run; and the calls of a large office. `make bench BASE=COMMIT` compares a
hundred offices with an older commit's.

The simulator answers every request after 50 ms. All contenders run in turns, so that a busy machine is busy for all of
them; believe ratios. Wall-clock seconds decide nothing: the exit code is 0 unless a contender did not do its work.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import calls
import collection
import many
import rehearsal
import report
import together
from bench import Bench, BenchError
from contenders import ALL

from simulator.harness import Simulator, SimulatorError

SIZES = (50, 500, 5000)
RUNS = 3
MOST_NUMBERS = 6000
OFFICES = (1, 5, 100)


def main() -> None:
    """Measure, print the table and the targets, and write the JSON file if one is asked for."""
    options = _options()
    sizes, runs = (SIZES[:1], 1) if options.quick else (options.sizes, options.runs)
    folder = collection.CACHE / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    home = collection.CACHE / "homes" / "bench"
    for needed in (folder, home):
        needed.mkdir(parents=True, exist_ok=True)
    try:
        collections = folder / "collections"
        collection.build_and_install(collections)
        with Simulator() as simulator:
            place = together.Together(folder, collections, home, simulator)
            if options.base:
                beside = place.beside(options.base, options.offices, runs=1)
                print(together.table(beside))
                print(report.targets_section(together.targets_beside(beside)))
                return
            results = [] if options.only_offices else Bench(folder, collections, home, simulator).measure(sizes, runs)
            rows = place.measure(runs)
            offices = OFFICES[:2] if options.quick else (OFFICES[0], options.offices)
            crowds = [many.measure(folder, collections, home, simulator, count) for count in offices]
        stage = rehearsal.measure(runs)
        large = calls.measure(collections, sizes[0] if options.quick else calls.NUMBERS, runs)
    except (BenchError, SimulatorError) as error:
        sys.exit(str(error))
    if results:
        print(report.table(results, runs))
        print(report.targets_section(report.targets(results)))
    print(together.table(rows))
    print(report.targets_section(together.targets(rows)))
    print(many.table(crowds))
    print(calls.table(large))
    print(report.targets_section(calls.targets(large)))
    print(rehearsal.line(stage))
    if options.json:
        found = {
            "offices": many.document(crowds),
            "together": together.document(rows),
            "calls": calls.document(large),
            "simulator": rehearsal.document(stage),
        }
        options.json.write_text(json.dumps({**report.document(results), **found}, indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    small = max(contender.up_to or 0 for contender in ALL)
    parser.add_argument(
        "--sizes",
        type=_count,
        nargs="+",
        default=SIZES,
        help=f"how many numbers the office has; loops run up to {small} only (default: 50 500 5000)",
    )
    parser.add_argument("--runs", type=_count, default=RUNS, help="runs of which the median counts (default: 3)")
    parser.add_argument("--quick", action="store_true", help="50 numbers and one run: whether the benchmark works")
    parser.add_argument("--offices", type=_count, default=OFFICES[-1], help="offices in one run (default: 100)")
    parser.add_argument("--only-offices", action="store_true", help="nothing but the runs of many offices")
    parser.add_argument(
        "--base", metavar="COMMIT", help="only onboard many offices, once, as that commit does it and as this tree does"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured to this file")
    return parser.parse_args()


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= MOST_NUMBERS:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {MOST_NUMBERS} is expected")
    return count


if __name__ == "__main__":
    main()
