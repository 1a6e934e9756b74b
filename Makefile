PYTHON ?= python3
WORKERS ?= 2
PYTEST_ARGS ?=
DEMO_ARGS ?=
MUTANTS ?=

BIN := .venv/bin
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install demo run push test browser check bench soak mutants lock advisories clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: .venv/.runtime .venv/.dev  ## Create .venv with everything that development needs

demo: .venv/.runtime  ## Try Brandwarden without any account (DEMO_ARGS=--fresh starts the story over)
	@$(BIN)/python -m bot demo $(DEMO_ARGS)

run: .venv/.runtime  ## Run Brandwarden with the settings from the environment
	@$(BIN)/python -m bot run

push: .venv/.runtime  ## Install what reads Amazon's notifications (docs/running.md says how to set it up)
	$(PIP_INSTALL) -r requirements-push.lock

test: .venv/.dev  ## Run the tests in three minutes (PYTEST_ARGS='-k offers' passes arguments on, --whole runs all)
	$(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

browser: .venv/.dev  ## Install Chromium for the browser tests
	@# On some systems the name on PATH is a script that only says how to install the real one.
	@if path=$$(command -v chromium || command -v chromium-browser || command -v google-chrome) \
		&& "$$path" --version >/dev/null 2>&1; then \
		echo "Using $$path"; \
	elif $(BIN)/playwright install chromium; then \
		echo "Using the Chromium that Playwright keeps"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq chromium; then \
		echo "Using $$(command -v chromium)"; \
	else \
		echo "No Chromium. Install it with the system's package manager so that 'chromium' is on PATH" >&2; \
		exit 1; \
	fi

check: .venv/.dev  ## Check format, lint, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/.dev  ## Measure the speed of the most used paths
	$(BIN)/python -m tests.bench

soak: .venv/.dev  ## Run the tests that take hours: 200 kills of each kind, and those marked soak
	$(BIN)/pytest -n $(WORKERS) --soak -rP $(PYTEST_ARGS)

lock: .venv/.dev  ## Resolve the newest allowed dependencies into all lock files
	$(LOCK) pyproject.toml --output-file requirements.lock
	$(LOCK) pyproject.toml --extra push --constraints requirements.lock --output-file requirements-push.lock
	$(LOCK) pyproject.toml --group dev --constraints requirements-push.lock --output-file requirements-dev.lock

mutants: .venv/.dev  ## Change the code in one place at a time: does a test notice? (MUTANTS=all takes a day)
	@# The tool comes for this alone, beside the locked packages that the tests run with.
	$(BIN)/uvx --quiet --python $(BIN)/python --with-requirements requirements-dev.lock \
		--from mutmut==3.8.1 python -m tests.mutants $(MUTANTS)

advisories: .venv/.dev  ## Look for published advisories on the locked packages, over the network
	@# It ends well only if each package was looked up, and nothing was found. Nothing waits for it.
	@$(BIN)/uvx --quiet pip-audit@2.10.1 --strict --requirement requirements-push.lock --require-hashes \
		--disable-pip --progress-spinner off \
		|| { echo "There are advisories, or some packages could not be checked: see above" >&2; exit 1; }

clean:  ## Remove what make can make again (never data/)
	rm -rf .venv build mutants .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find bot adapters checks tests -type d -name __pycache__ -prune -exec rm -rf {} +

# Two stamps, because the demo must start without waiting for the development tools.
.venv/.runtime: requirements.lock | $(BIN)/python
	$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | $(BIN)/python
	$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv .venv
