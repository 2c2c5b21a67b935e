# setup · run · test · bench · faults · pictures · lint · lock: each is one readable line.
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3 2>/dev/null) python3)
PORT ?= 8000
HOST ?= 127.0.0.1
ONLY ?=
ON_POSTGRESQL := implere/live implere/meetings implere/boards implere/ballots implere/decisions implere/followup \
	tests/test_nobody_can_find_out.py tests/test_a_whole_meeting.py
BIN := .venv/bin
IMPLERE := $(BIN)/implere

.PHONY: setup run test bench faults pictures lint lock messages chromium clean

run: setup
	@IMPLERE_PORT=$(PORT) IMPLERE_HOST=$(HOST) $(IMPLERE) run --example

setup: .venv/installed node_modules/installed messages build/front-end

test: setup chromium
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 2 -m "not browser"
	$(BIN)/python -m pytest -n 2 --dist loadfile -m browser
	$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -n 2 $(ON_POSTGRESQL)

bench: setup chromium
	$(BIN)/python -m bench $(ONLY)

faults: setup
	$(BIN)/python -m faults

pictures: setup chromium
	$(BIN)/python -m tests.pictures

lint: setup
	$(BIN)/ruff check --quiet . && $(BIN)/lint-imports --no-cache >build/imports.txt || (cat build/imports.txt; exit 1)
	$(BIN)/node node_modules/typescript/bin/tsc --noEmit -p implere/ui/ts

lock:  ## writes the locks anew; needs uv
	uv pip compile pyproject.toml --generate-hashes --no-header -q -p 3.11 -o requirements/run.txt
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-header -q -p 3.11 -o requirements/dev.txt
	$(BIN)/npm install --package-lock-only --ignore-scripts

messages: .venv/installed
	@$(BIN)/python tools/messages.py

.venv/installed: requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Implere needs Python 3.11 or newer: install the package python3."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Implere needs Python 3.11 or newer; $(PYTHON) is older."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv is missing: install the package python3-venv."; exit 1; }
	@echo "1/3 Python's libraries, from the lock file (a minute the first time)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt || { echo "Python's libraries could not be fetched: look at the network, and run make again."; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/installed: package-lock.json .venv/installed
	@echo "2/3 the browser's libraries, from the lock file"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --silent || { echo "The browser's libraries could not be fetched: look at the network, and run make again."; exit 1; }
	@touch $@

build/front-end: $(shell find implere/ui/ts implere/ui/css implere/ui/build.mjs 2>/dev/null) node_modules/installed
	@echo "3/3 the front end"
	@mkdir -p build && $(BIN)/node implere/ui/build.mjs && touch $@

chromium:
	@sh tools/chromium.sh

clean:
	rm -rf .venv node_modules build dist implere/ui/static/ui/built
