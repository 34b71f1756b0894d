# `make review` and `make test` are all that a newcomer needs; each works as the first command after a clone.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The environment counts only when it was finished, in this folder, with a Python that still runs it and is the one
# asked for, if one is; else it is made anew. When just the pins or pyproject.toml changed, it is brought up to date.
FOUND := $(shell $(BIN)/python -I -c "import importlib.util as u, sys; \
	print(sys.version.split()[0] + ':' + u.find_spec('nova').origin)" 2>/dev/null)
ifeq ($(origin PYTHON),file)
WANTED := $(firstword $(subst :, ,$(FOUND)))
else
WANTED := $(shell $(PYTHON) -c "import sys; print(sys.version.split()[0])" 2>/dev/null)
endif
ifneq ($(FOUND),$(WANTED):$(CURDIR)/nova/__init__.py)
.PHONY: $(READY)
ANEW := anew
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help review test test-forge lint fix docs picture bench bench-review bench-swarm bench-memory bench-proof lock wheel smoke clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

review: $(READY) ## Let Nova review this repository (ARGS="--all")
	@$(BIN)/nova review $(ARGS)

test: $(READY) ## Run the tests (ARGS="tests/reviewers -k mutable")
	@$(BIN)/python -m pytest -n auto $(ARGS)

test-long: $(READY) ## Run the tests that test leaves out: more of what it tries once, such as a kill at each place
	@$(BIN)/python -m pytest -n auto -m long $(ARGS)

test-forge: $(READY) ## Run one script against both stand-ins of GitHub, the tests' own and emulate (needs Node)
	@if command -v npm >/dev/null 2>&1; then npm install --silent --no-audit --no-fund --no-save \
		--prefix $(VENV)/emulate emulate@0.12.2 node@24.21.0; else echo "emulate: not run: no Node" >&2; fi
	@$(BIN)/python -m pytest tests/forge/test_emulate.py -p no:xdist $(ARGS)

lint: $(READY) ## Check format, style, types, the direction of imports and the documents
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m scripts.document_rules --check
	@$(BIN)/python -m scripts.document_cli --check

fix: $(READY) ## Mend format and style where a tool can
	@$(BIN)/ruff format --quiet
	@$(BIN)/ruff check --fix --exit-zero
	@$(BIN)/ruff format --quiet

docs: $(READY) ## Write the pages that are made from the code: docs/rules and docs/cli.md
	@$(BIN)/python -m scripts.document_rules
	@$(BIN)/python -m scripts.document_cli

picture: $(READY) ## Draw docs/review.svg anew from a review of this repository
	@$(BIN)/python -m scripts.picture $(ARGS)

bench: $(READY) ## Measure how well and how fast Nova reviews
	@$(BIN)/python -m benchmarks $(ARGS)

bench-proof: $(READY) ## Measure proofs: FIXES="FOLDER...", or PACKAGES=FOLDER, the refactors and the hostile suites
ifdef FIXES
	@$(BIN)/python -m benchmarks.proof --fixes $(FIXES) $(ARGS)
else
ifdef PACKAGES
	@$(BIN)/python -m benchmarks.regressions $(PACKAGES) $(ARGS)
	@$(BIN)/python -m benchmarks.sampled $(PACKAGES)
endif
	@$(BIN)/python -m benchmarks.refactors
	@$(BIN)/python -m benchmarks.hostile_run
endif

bench-review: $(READY) ## Measure only the time that reviews take
	@$(BIN)/python -m benchmarks.review $(ARGS)

bench-memory: $(READY) ## Measure what memory finds and how quickly (LOCOMO=FILE COSQA=FOLDER)
	@$(BIN)/python -m benchmarks.memory $(ARGS)

bench-swarm: $(READY) ## Measure how well requests find their agent (CLINC=FILE SGD=FOLDER)
	@$(BIN)/python -m benchmarks.swarm $(ARGS)

lock: ## Resolve constraints.txt anew (ARGS="--upgrade")
	@$(PYTHON) -m scripts.lock $(ARGS)

wheel: $(READY) ## Build the wheel into dist/
	@rm -rf dist
	@$(BIN)/python -m hatchling build -t wheel -d dist

smoke: wheel ## Install the wheel elsewhere and review a small repository with it
	@$(BIN)/python -m scripts.smoke dist/*.whl

clean: ## Remove everything that was made here
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt scripts/environment.sh
	@sh scripts/environment.sh "$(PYTHON)" $(VENV) $(ANEW)
	@touch $@
