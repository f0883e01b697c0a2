# Everything runs in .venv, made on first use. PYTHON is the interpreter that makes it (3.11 or newer).
# Where packages come from is pip's own configuration; nothing here names a place.
PYTHON ?= python3
BIN := .venv/bin
# Python compiles what it imports when it first does: to compile all that is installed takes as long as a third of the installation.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
NEEDS := needs Python 3.11 or newer; choose one with: make $(MAKECMDGOALS) PYTHON=python3.12

.PHONY: help demo test lint bench
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/installed ## install, then ask the sample data for the customer churn rate of 2022-Q2
	$(BIN)/custmetrics churn --period 2022-Q2 sample_data/customers.csv

test: lint ## lint, types, tests
	$(BIN)/python -m pytest -n 2

lint: .venv/installed-dev ## ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/installed-dev ## time and memory against scripts written by hand (makes its own files, takes minutes); ARGS=--quick
	$(BIN)/python tests/bench/bench.py $(ARGS)

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
