# Everything a person or CI does with this repository. `make` alone lists it.
#
# Needs git, make and Python 3.11 or later. Each target installs what it needs into .venv or .venvs, and again after a
# change of the requirements or of pyproject.toml.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?=
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
LOCKS := tools/requirements
NPM := tools/npm/node_modules/.bin

# What is installed: uv; what the demo needs; what the tests need; npm; its packages; environments of their own.
UV := $(VENV)/.uv
DEMO := $(VENV)/.demo
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
NODE := tools/npm/node_modules/.ready
JUDGES := .venvs/judges
PARTS := .venvs/real-parts
MUTANTS := .venvs/mutants
WASM := .venvs/wasm

# The folders that people write Python in.
SOURCES := benchmarks contracts_client tests tools examples

# Redocly reports to nobody.
export REDOCLY_TELEMETRY := off
export REDOCLY_SUPPRESS_UPDATE_NOTICE := true
# Tools are found in the virtual environment first: the generator runs ruff by name, npm runs node.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# A virtual environment that happens to be active is not ours.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH

.PHONY: help
help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^# --- / { title = $$0; gsub(/^# --- | -+$$/, "", title); next } \
		/^[a-z-]+:.*## / { if (title) { printf "\n%s\n", title; title = "" } printf "  %-16s %s\n", $$1, $$2 }' Makefile

# --- Use it -----------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(DEMO) ## a tour of the client against the local sandbox
	@PYTHONPATH=$(CURDIR) $(BIN)/python examples/tour.py

.PHONY: vendor
vendor: $(READY) ## copy the package to DEST=../acme/_vendor/contracts; ARGS="--update" replaces it, "--check" judges it
	@test -n "$(DEST)" || { echo 'DEST is missing: make vendor DEST=../acme/_vendor/contracts'; exit 2; }
	@$(BIN)/python -m contracts_client.vendor "$(DEST)" $(ARGS)

# --- Test it ----------------------------------------------------------------------------------------------------------

# A process a core; one that has ended takes over some of another's tests.
ON_EACH_CORE := -n auto --dist worksteal

.PHONY: test
test: $(READY) ## run the tests, one process a core; ARGS="-k paging -x" runs a part in one process
	@$(BIN)/python -m pytest $(or $(ARGS),$(ON_EACH_CORE))

.PHONY: coverage
coverage: $(READY) ## run the tests, which have to reach every branch of what is written by hand
	@$(BIN)/python -m pytest $(ON_EACH_CORE) --cov --cov-report=term-missing:skip-covered

.PHONY: test-example
test-example: $(READY) ## run the tests of the example service, examples/ticket_service
	@$(BIN)/python -m pytest examples/ticket_service/tests $(ARGS)

.PHONY: test-wheel
test-wheel: $(TOOLS) ## test the built wheel on every Python of the machine; ARGS="--only 3.12 -x"
	@$(BIN)/python -m tools.release.wheel $(ARGS)

.PHONY: test-wasm
test-wasm: $(WASM)/.ready $(NODE) ## run what needs no sockets on CPython 3.14 for WebAssembly; ARGS="-k retry"
	@$(BIN)/node tests/wasm/run.mjs $(WASM) $(ARGS)

.PHONY: soak
soak: $(READY) ## ten thousand calls of which one in twenty fails, other HTTP libraries and another client; CALLS= makes more
	@SOAK_CALLS=$(or $(CALLS),10000) $(BIN)/python -m pytest tests/soak -s -q $(ARGS)

# --- Check it ---------------------------------------------------------------------------------------------------------

# What CI does: .ci/run runs the same targets, on what is committed. In this order without -j; -j runs them side by side.
.PHONY: check
check: lint types lint-spec check-generated check-breaking budgets test-wheel test-wasm judges real-parts demo test-example coverage ## everything that CI checks

.PHONY: lint
lint: $(READY) ## ruff's rules and formatting, and the direction of imports, changing nothing
	@$(BIN)/ruff check --quiet --output-format concise $(SOURCES)
	@found=$$($(BIN)/lint-imports --no-cache --no-logo) || { echo "$$found"; exit 1; }
	@$(BIN)/ruff format --check --quiet $(SOURCES) || { echo "Not formatted: run make format"; exit 1; }

.PHONY: format
format: $(READY) ## let ruff format, and fix what it can
	@$(BIN)/ruff check --fix --quiet $(SOURCES)
	@$(BIN)/ruff format --quiet $(SOURCES)

.PHONY: types
types: mypy pyright ## check the types strictly with mypy and with pyright

.PHONY: mypy
mypy: $(READY) ## check the types with mypy alone
	@$(BIN)/mypy

.PHONY: pyright
pyright: $(NODE) ## check the types with pyright alone
	@$(NPM)/pyright --project pyproject.toml --pythonpath $(BIN)/python

.PHONY: budgets
budgets: $(TOOLS) ## measure what the package costs its host against [tool.budgets] of pyproject.toml
	@$(BIN)/python -m tools.release.budgets

# --- Let others judge it ----------------------------------------------------------------------------------------------

.PHONY: judges
judges: $(JUDGES)/.ready $(NODE) ## let programs of others judge the client, the sandbox and the types; ARGS="-k prism"
	@$(JUDGES)/bin/python -m pytest -c tests/external/pytest.ini tests/external $(ARGS)

.PHONY: judges-nightly
judges-nightly: ## the same with ten times as many cases, and a fuzzer that keeps what it finds
	@JUDGES_EXAMPLES=2000 FUZZ_RUNS=2000000 FUZZ_KEEP=1 $(MAKE) --no-print-directory judges

.PHONY: fuzz
fuzz: ## run the fuzzer on what reads the network; FUZZ_RUNS= inputs a target, kept in tests/external/fuzz/corpus
	@FUZZ_RUNS=$(or $(FUZZ_RUNS),500000) FUZZ_KEEP=1 $(MAKE) --no-print-directory judges ARGS="-k fuzz"

.PHONY: real-parts
real-parts: $(PARTS)/.ready ## run the client beside nginx, HAProxy, squid, stunnel, Sentry, ...; ARGS="-k nginx"
	@$(PARTS)/bin/python -m pytest -c tests/real_parts/pytest.ini tests/real_parts $(ARGS)

# Half an hour or so for all of it. What it writes is ignored by git.
.PHONY: mutants
mutants: $(MUTANTS)/.ready ## change the core on purpose and show what no test notices; ARGS="resilience.retry pagination" tries a part
	@$(MUTANTS)/bin/python -m tools.mutants $(ARGS)

# --- Change the specification -----------------------------------------------------------------------------------------

.PHONY: generate
generate: $(READY) ## write contracts_client/_generated from openapi.yaml and custom_templates
	@$(BIN)/python -m tools.generate.write

.PHONY: generate-all
generate-all: $(READY) ## generate from every document of DOCUMENTS=folder, use what is generated, and print a table
	@test -n "$(DOCUMENTS)" || { echo 'DOCUMENTS is missing: make generate-all DOCUMENTS=../documents'; exit 2; }
	@$(BIN)/python -m tools.generate.folder "$(DOCUMENTS)" $(ARGS)

.PHONY: check-generated
check-generated: $(READY) ## fail where contracts_client/_generated is not what make generate writes
	@$(BIN)/python -m tools.generate.write --check

.PHONY: update-golden
update-golden: $(READY) ## write anew what the templates make of tests/golden/shapes.yaml and kinds.yaml
	@$(BIN)/python -m tools.generate.write --document tests/golden/shapes.yaml \
		--config tests/golden/everything-config.yaml --run-time contracts_client.openapi --output tests/golden/expected
	@$(BIN)/python -m tools.generate.write --document tests/golden/kinds.yaml \
		--config tests/golden/everything-config.yaml --run-time contracts_client.openapi --output tests/golden/expected_kinds

.PHONY: lint-spec
lint-spec: $(NODE) ## check openapi.yaml: valid, complete, and each part says where it comes from
	@$(BIN)/openapi-spec-validator --subschema-errors all openapi.yaml
	@$(BIN)/python -m tools.spec.lint openapi.yaml
	@found=$$($(NPM)/redocly lint --config tools/spec/redocly.yaml --format stylish openapi.yaml 2>&1) || { echo "$$found"; exit 1; }

ifneq ($(filter spec-diff api-diff,$(MAKECMDGOALS)),)
ifndef BASE
$(error BASE= has to say what to compare with: a git reference, or for spec-diff a file)
endif
endif

.PHONY: spec-diff
spec-diff: $(READY) ## what a change of openapi.yaml means to users; BASE= reference or file, HEAD= likewise, JSON=1
	@$(BIN)/python -m tools.changes.diff $(if $(JSON),--json) -- spec '$(BASE)' $(if $(HEAD),'$(HEAD)')

.PHONY: api-diff
api-diff: $(READY) ## what has changed for those who import the package; BASE= reference, HEAD= likewise, JSON=1
	@$(BIN)/python -m tools.changes.diff $(if $(JSON),--json) -- api '$(BASE)' $(if $(HEAD),'$(HEAD)')

# Where something contradicts us it fails: exit code 1 of the script, and 2 where there is nothing to compare.
.PHONY: spec-drift
spec-drift: $(READY) ## compare openapi.yaml with the provider's file; UPSTREAM= a file or https address, WRITE=1, JSON=1
	@test -n "$(UPSTREAM)" || { echo "Say what to compare with: make spec-drift UPSTREAM=<file or https address>"; exit 2; }
	@$(BIN)/python -m tools.spec.drift $(if $(WRITE),--write) $(if $(JSON),--json) -- "$(UPSTREAM)"

# --- Release it -------------------------------------------------------------------------------------------------------

.PHONY: check-breaking
check-breaking: $(READY) ## fail where users of the last release break, and version or changelog does not say so
	@$(BIN)/python -m tools.changes.gate

.PHONY: dist
dist: $(TOOLS) ## build what is committed into dist/: sdist, wheel and SBOM, checked and reproducible
	@$(BIN)/python -m tools.release.dist

.PHONY: release-check
release-check: dist ## the same, and test that very wheel on every Python of the machine
	@$(BIN)/python -m tools.release.wheel --wheel dist/*.whl $(ARGS)

# --- Measure it -------------------------------------------------------------------------------------------------------

.PHONY: bench-decode
bench-decode: $(READY) ## measure decoding beside its peers on every Python; ARGS="--write" puts it into the docs
	@$(BIN)/python benchmarks/decode.py $(ARGS)

.PHONY: bench-overhead
bench-overhead: $(READY) ## measure a call beside other clients; ARGS="--write" puts it into the docs
	@$(BIN)/python benchmarks/overhead.py $(ARGS)

.PHONY: bench-own-share
bench-own-share: $(READY) ## measure a call over a transport of memory, part by part; ARGS="--write" puts it into the docs
	@$(BIN)/python benchmarks/own_share.py $(ARGS)

.PHONY: bench-queues
bench-queues: $(READY) ## measure refusals while many requests wait; ARGS="--write" puts it into the docs
	@$(BIN)/python benchmarks/queues.py $(ARGS)

.PHONY: bench-paging
bench-paging: $(READY) ## measure paging beside its peers at several latencies; ARGS="--write" puts it into the docs
	@$(BIN)/python benchmarks/paging.py $(ARGS)

# --- Set it up --------------------------------------------------------------------------------------------------------

.PHONY: setup
setup: $(READY) ## make the virtual environment in .venv (the others do it on demand); PYTHON= names the Python

.PHONY: tools
tools: $(NODE) ## install npm into .venv, and the npm packages that some checks need

.PHONY: lock
lock: $(TOOLS) ## resolve the requirements anew: tools/requirements/*.txt and tools/npm/package-lock.json
	@$(BIN)/python -m tools.lock

.PHONY: clean
clean: ## remove what can be made again
	@rm -rf $(VENV) .venvs tools/npm/node_modules build dist htmlcov .coverage .coverage.* \
		.hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis .import_linter_cache
	@find contracts_client tests tools examples -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# uv installs in a fraction of pip's time. Where it finds no packages, since only pip is set up for this machine's
# registry, pip installs the same files.
install = { $(BIN)/uv pip install --quiet --python $(1) $(2) 2>/dev/null || \
	$(BIN)/python -m pip --python $(1) install --quiet --disable-pip-version-check $(2); }
locked = echo "Installing what $(2) locks"; $(call install,$(1),--require-hashes -r $(2))

$(UV): $(LOCKS)/uv.txt tools/find_python.sh
	@python=$$(sh tools/find_python.sh $(PYTHON)) || exit 1; \
	if $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then :; else \
		echo "Making $(VENV) with $$python"; \
		"$$python" -m venv --clear $(VENV) || exit 1; \
	fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCKS)/uv.txt
	@touch $@

$(DEMO): $(LOCKS)/demo.txt $(UV)
	@$(call locked,$(BIN)/python,$(LOCKS)/demo.txt)
	@touch $@

$(READY): $(LOCKS)/dev.txt pyproject.toml $(UV)
	@$(call locked,$(BIN)/python,$(LOCKS)/dev.txt)
	@$(call install,$(BIN)/python,--no-build-isolation --no-deps --editable .)
	@touch $@

$(TOOLS): $(LOCKS)/tools.txt $(READY)
	@$(call locked,$(BIN)/python,$(LOCKS)/tools.txt)
	@touch $@

$(NODE): tools/npm/package.json tools/npm/package-lock.json tools/npm/.npmrc $(TOOLS)
	@echo "Installing what tools/npm/package-lock.json locks"
	@cd tools/npm && $(CURDIR)/$(BIN)/npm ci --loglevel=error
	@touch $@

# Environments that see this folder's package, whose own requirements they do not change.
$(JUDGES)/.ready $(PARTS)/.ready: .venvs/%/.ready: $(LOCKS)/%.txt $(READY)
	@test -x .venvs/$*/bin/python || $(BIN)/uv venv --quiet --python $(BIN)/python .venvs/$*
	@$(call locked,.venvs/$*/bin/python,$(LOCKS)/$*.txt)
	@folder=$$(.venvs/$*/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') && \
		echo "$(CURDIR)" >"$$folder/checkout.pth"
	@touch $@

$(MUTANTS)/.ready: $(LOCKS)/mutants.txt $(READY)
	@test -x $(MUTANTS)/bin/python || $(BIN)/uv venv --quiet --python "$$(sh tools/find_python.sh $(PYTHON))" $(MUTANTS)
	@$(call locked,$(MUTANTS)/bin/python,$(LOCKS)/mutants.txt)
	@touch $@

# pip alone installs for another platform than the one that it runs on.
$(WASM)/.ready: $(LOCKS)/wasm.txt $(READY)
	@echo "Installing what $< locks"
	@rm -rf $(WASM)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target $(WASM) \
		--platform pyemscripten_2026_0_wasm32 --python-version 3.14 --only-binary :all: -r $<
	@touch $@
