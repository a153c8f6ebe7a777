# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench generate changelog pins clean

help:  ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "  (PYTHON=python3.12 picks the interpreter, 3.11 or newer; everything is installed below .cache/)"

demo:  ## A day with the playbooks on the simulator: onboard, export, re-route, restore, a leaver
	@$(PYTHON) examples/demo $(ARGS)

test:  ## Everything, with one closing report (STEPS=lint,units selects; STEPS=list lists)
	@$(PYTHON) tests/tools/run_tests.py $(if $(STEPS),--steps $(STEPS))

lint:  ## The part of the tests that only reads the source
	@$(PYTHON) tests/tools/run_tests.py --steps lint

bench:  ## Measure against a loop of plain tasks and a script without safety (BASE=COMMIT: many offices, there and here)
	@$(PYTHON) tests/tools/in_venv.py test tests/bench/run.py $(if $(BASE),--base $(BASE)) $(ARGS)

generate:  ## Write the generated parts of the tree again
	@$(PYTHON) tests/tools/in_venv.py test tests/tools/generate.py $(ARGS)

changelog:  ## Write CHANGELOG.md and CHANGELOG.rst from the fragments, for galaxy.yml's version
	@$(PYTHON) tests/tools/changelog.py

pins:  ## Resolve tests/requirements/*.in into the pinned *.txt beside them
	@$(PYTHON) tests/tools/pins.py

clean:  ## Remove everything that the tooling has made
	rm -rf .cache .ansible .mypy_cache .pytest_cache .ruff_cache collections tests/output tests/integration/inventory
