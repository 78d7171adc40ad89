# Every target explains itself: `make help` prints what follows the two hashes.
PYTHON ?= python3
VENV := .venv/bin/python
SCENARIO ?= A
SECONDS ?=
ARGS ?=
P1 ?=
RS485 ?=
PORT ?=
BOARD ?=

.DEFAULT_GOAL := help
.PHONY: help setup sim run test check bench build flash clean lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Made once and again when a pin changes: each target below works from a fresh clone.
.venv/ready: tools/setup/build.lock tools/setup/host.lock tools/setup/stubs.lock lib/libraries.json
	@$(PYTHON) -m tools.setup

setup: ## fetch the desk tools (.venv), MicroPython (.vm) and the device libraries (lib)
	@$(PYTHON) -m tools.setup

sim: .venv/ready ## the whole house on your screen: SCENARIO=A SECONDS=60 ARGS="--seed 3"
	@$(VENV) -m tools.sim --scenario $(SCENARIO) $(if $(SECONDS),--seconds $(SECONDS)) $(ARGS)

run: .venv/ready ## the gateway on this computer with real cables: P1=/dev/ttyUSB0 RS485=/dev/ttyUSB1
	@test -n "$(P1)" -a -n "$(RS485)" || \
	  { echo "say which cables: make run P1=/dev/ttyUSB0 RS485=/dev/ttyUSB1"; exit 2; }
	@$(VENV) -m tools.sim --p1 $(P1) --rs485 $(RS485) $(ARGS)

test: .venv/ready ## every test: rooms in CPython, the real MicroPython, the whole house; ARGS="-k p1"
	@$(VENV) -m pytest $(ARGS)

check: .venv/ready ## style, types, the device's syntax and the laws of the rooms
	@$(VENV) -m tools.check

bench: .venv/ready ## measure speed, heap and sizes beside their peers; writes build/bench.json
	@$(VENV) -m tools.bench $(ARGS)

build: .venv/ready ## compile all device code into build/ and print the size of each room
	@$(VENV) -m tools.build $(ARGS)

flash: .venv/ready ## put it on a board: PORT=/dev/ttyUSB0 BOARD=wt32_eth01 (ARGS=--dry-run only prints the steps)
	@$(VENV) -m tools.flash $(if $(PORT),--port $(PORT)) $(if $(BOARD),--board $(BOARD)) $(ARGS)

lock: ## choose new versions of the desk tools: writes tools/setup/*.lock (needs uv)
	@for name in build host stubs; do uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --no-emit-index-url tools/setup/$$name.in -o tools/setup/$$name.lock; done

clean: ## remove what was built; what was fetched stays
	@rm -rf build .sim .pytest_cache .ruff_cache .hypothesis
	@find firmware tools host_tests -name __pycache__ -type d -prune -exec rm -rf {} +
