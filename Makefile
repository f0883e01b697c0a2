# Everything runs in .venv, which is made on first use by PYTHON (3.11 or newer).
# Packages come from the index that pip is configured to use.
PYTHON ?= python3
BIN := .venv/bin
# --no-compile: compiling everything takes a third of the installation. Python compiles a module when it first imports it.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
# The tests start many processes. Without the cache of compiled modules, each of them would compile the package.
CACHED := PYTHONDONTWRITEBYTECODE=
NEEDS := needs Python 3.11 or newer; choose one with: make $(MAKECMDGOALS) PYTHON=python3.12

.PHONY: help demo java test lint pages bench audit test-deep test-oldest test-hostile test-browser test-spark bench-coverage bench-stats
.DELETE_ON_ERROR:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/installed ## install, then compute churn from the sample data
	$(BIN)/custmetrics churn --period 2022-Q2 sample_data/customers.csv

test: lint ## check style and types, then run the tests
	$(CACHED) $(BIN)/python -m pytest -n 2 -rs

test-deep: .venv/installed-dev ## run the tests with four times as many random examples
	$(CACHED) TEST_DEEP=1 $(BIN)/python -m pytest -n 2 -rs

test-browser: .venv/installed-dev ## open reports in a real browser; installs Chromium and axe-core if they are missing
	@command -v chromium chromium-browser google-chrome >/dev/null || apt-get install --yes chromium || sudo apt-get install --yes chromium
	@test -d .venv/browser/node_modules/axe-core || npm install --silent --prefix .venv/browser axe-core
	$(BIN)/python -m pytest -n 0 -rs tests/render/browser

lint: .venv/installed-dev ## check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

pages: .venv/installed-dev ## update the examples, tables and picture of README and guide
	$(BIN)/python -m pytest --update tests/structure/test_readme.py

bench: .venv/installed-dev ## compare time and memory with hand-written scripts; takes minutes (ARGS=--quick)
	$(BIN)/python tests/bench/bench.py $(ARGS)

test-hostile: .venv/installed-dev ## attack the program: signals, changed files, payloads, archives (SEED=number repeats a run)
	HOSTILE_SEED=$(SEED) $(BIN)/python -m pytest -n 2 -m hostile -s tests/cli/trust tests/structure/test_patterns.py

test-spark: java .venv/installed-spark ## run every metric on a cluster of Spark on this machine; needs Java 17, takes an hour
	$(CACHED) $(BIN)/python -m pytest -n 0 -m spark -rs tests/engines

java:
	@java -version 2>/dev/null || { echo "test-spark needs Java 17 and this machine has no java: apt-get install openjdk-17-jre-headless"; exit 1; }

audit: .venv/installed-dev ## look for known vulnerabilities of the installed packages
	@$(PIP) pip-audit && $(BIN)/python -m pip_audit --progress-spinner off --skip-editable \
	|| { echo "no audit, or a finding: the reason is above. An audit needs the internet."; exit 1; }

test-oldest: .venv-oldest/installed ## run the tests with the oldest supported versions of the libraries
	.venv-oldest/bin/python -m pytest -n 2

.venv-oldest/installed: pyproject.toml .ci/oldest.py
	$(PYTHON) -m venv .venv-oldest
	$(PYTHON) .ci/oldest.py > .venv-oldest/oldest.txt
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --constraint .venv-oldest/oldest.txt --editable '.[dev]'
	@touch $@
bench-coverage: .venv/installed-dev ## simulate companies and hold every interval to its promise; takes minutes (ARGS="--draws 100")
	$(BIN)/python -m tests.bench.coverage.run $(ARGS)

bench-stats: .venv/installed-dev ## simulate data of each fitted model and hold its intervals to their promise; takes minutes (ARGS=100 draws)
	$(BIN)/python -m tests.bench.stats $(ARGS)

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "custmetrics $(NEEDS)")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/made pyproject.toml
	$(PIP) --editable .
	@touch $@

.venv/installed-dev: .venv/made pyproject.toml
	$(PIP) --editable '.[dev]'
	@touch .venv/installed $@

.venv/installed-spark: .venv/installed-dev
	$(PIP) --editable '.[spark]'
	@touch $@
