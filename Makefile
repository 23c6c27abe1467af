# make run | test | bench | torture | lint | format | lock | clean
PYTHON ?= python3
PORT ?= 8050
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/runtime.stamp
TESTING := $(VENV)/testing.stamp
BENCHING := $(VENV)/benching.stamp
UV ?= uv
COMPILE = $(UV) pip compile pyproject.toml --extra build --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-config --quiet

# Compiled files are kept, whatever the habit of the machine: hundreds of files are read by dozens of processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test bench torture lint format lock clean python
.DELETE_ON_ERROR:

run: $(RUNTIME)
	LANTERN_PORT=$(PORT) $(BIN)/lantern run

test: lint
	$(BIN)/python -m pytest -n 3 --no-loadscope-reorder

bench: $(BENCHING)
	$(BIN)/python -m tests.bench

torture: $(TESTING)
	$(BIN)/python -m tests.torture
	$(BIN)/bandit --quiet --recursive -ll --configfile pyproject.toml app.py callbacks commands data layouts
	QUESTIONS=5000 $(BIN)/python -m pytest tests/kpis/test_scope.py tests/kpis/test_organisation.py tests/callbacks/test_noninterference.py
	EFFORT=10 $(BIN)/python -m pytest -n 2 --no-loadscope-reorder --ignore tests/browser
	ADDRESSES=10000 $(BIN)/python -m pytest tests/attacks/test_fuzz.py
	$(BIN)/python -m tests.browser.day
	PAGES=1000 $(BIN)/python -m pytest tests/browser/test_every_page.py

lint: $(TESTING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(TESTING)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra test --constraint requirements.lock --output-file requirements-test.lock
	$(COMPILE) --extra test --extra bench --constraint requirements-test.lock --output-file requirements-bench.lock

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis .ruff_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made at first use and again when a lock changes; nothing is installed
# that the lock does not name with its hash.
$(RUNTIME): requirements.lock pyproject.toml | python
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The naive page that ours is measured against needs pandas; nothing else does.
$(BENCHING): requirements-bench.lock $(TESTING)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.lock
	touch $@

$(TESTING): requirements-test.lock $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-test.lock
	touch $@

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Lantern needs Python 3.11 or newer, and '$(PYTHON)' is not: install it, or name one, as in"; \
		echo "  make $(or $(MAKECMDGOALS),run) PYTHON=python3.12"; \
		exit 1; }
