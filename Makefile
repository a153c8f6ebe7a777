# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

PYTHON ?= python3
JOBS ?= 2
NOX = @"$(PYTHON)" tests/tools/with_nox.py

.DEFAULT_GOAL := help
.PHONY: help demo test check docs nox bench generate changelog pins clean

help:  ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "  (PYTHON=python3.12 picks the interpreter, 3.11 or newer; everything is installed below .cache/)"

demo:  ## A day with the playbooks on the simulator: onboard, export, re-route, restore, a leaver
	$(NOX) -s demo $(if $(ARGS),-- $(ARGS))

test:  ## Everything, two sessions at a time, with one closing report (SESSIONS="lint meta" selects)
	@rm -rf .cache/reports .cache/logs && mkdir -p .cache/reports
	$(NOX) $(if $(SESSIONS),-s $(SESSIONS),-t test) -j $(JOBS) --allow-parallel --report .cache/reports/nox.json || true
	$(NOX) -s closing

check:  ## What every commit must pass, in a minute: lint, unit tests, playbooks on the simulator
	$(NOX) -t check -j $(JOBS) --allow-parallel

docs:  ## Build the documentation site into .cache/docs, and check its links and references
	$(NOX) -s docs -- docs_site

nox:  ## Any session: make nox ARGS="-l" lists them, make nox ARGS="-s system -- -k leaver" runs one
	$(NOX) $(ARGS)

bench:  ## Measure against a loop of plain tasks and a script without safety (ARGS="--base COMMIT": many offices, there and here)
	$(NOX) -s bench $(if $(ARGS),-- $(ARGS))

generate:  ## Write the generated parts of the tree again
	$(NOX) -s generate

changelog:  ## Write CHANGELOG.md and CHANGELOG.rst from the fragments, for galaxy.yml's version
	$(NOX) -s changelog

pins:  ## Resolve tests/requirements/*.in into the pinned *.txt beside them
	$(NOX) -s pins

clean:  ## Remove everything that the tooling has made
	rm -rf .cache .ansible .mypy_cache .pytest_cache .ruff_cache collections tests/output tests/integration/inventory
