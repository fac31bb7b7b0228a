# Paths are relative, so that a checkout may lie in a folder with spaces in its name.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
STAMP := $(VENV)/.installed
WORKERS ?= 2
PYTEST_ARGS ?=
# make lock UPGRADE=--upgrade takes the newest versions; without it, pins stay where they can.
UPGRADE ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint generate bench lock clean

help: ## Name the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## Install aimaturity and its tools, as locked, into .venv

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "aimaturity needs Python 3.11 or newer; this is $$("$(PYTHON)" -V). Name another: make PYTHON=python3.12" >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks venv. On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	"$(PYTHON)" -m venv --clear $(VENV)

$(STAMP): pyproject.toml requirements.lock | $(PY)
	$(PIP) install -qq --require-hashes -r requirements.lock
	$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup ## Score the bundled example and write its reports
	$(VENV)/bin/aimaturity demo

test: lint ## Run every check that CI runs
	$(PY) -m tools.generate --check
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS)

lint: setup ## Check style, types and the direction of imports
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

generate: setup ## Write the files that are made from code: schemas, reference pages
	$(PY) -m tools.generate

bench: setup ## Compare speed side by side
	$(PY) -m benchmarks

# Needs uv, which is fetched for this alone: it resolves for every supported Python and platform at once.
lock: $(PY) ## Write requirements.lock anew from pyproject.toml
	$(PIP) install -qq 'uv>=0.9'
	$(PY) -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-config --no-emit-index-url --no-emit-find-links --no-annotate --quiet $(UPGRADE) \
	  --custom-compile-command 'make lock' -o requirements.lock

clean: ## Remove .venv and what the tools left behind
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
