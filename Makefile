# The commands of the portal. `make run` and `make test` need Python 3.11 or newer and nothing else.

.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh
PY := .venv/bin/python

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | awk -F '\t' '{printf "  make %-15s %s\n", $$1, $$2}'

.PHONY: run
run: base ## the portal on this machine: web, worker, beat, Redis (PORT=8000)
	@$(PY) -m deploy.serve

.PHONY: test
test: dev ## the whole suite on SQLite with a real worker (ARGS="-k words")
	@$(PY) -m deploy.suite $(ARGS)

.PHONY: postgres-test
postgres-test: dev ## the suite on PostgreSQL: DATABASE_URL, or a throwaway cluster
	@$(PY) -m deploy.suite --postgres $(ARGS)

.PHONY: e2e
e2e: dev ## the whole portal in a real browser (CHROMIUM=/usr/bin/chromium)
	@$(PY) -m deploy.suite --e2e $(ARGS)

.PHONY: bench
bench: dev ## figures: how long and how many queries (ARGS="search --rows 110000")
	@$(PY) -m benchmarks $(ARGS)

.PHONY: check
check: dev ## everything that must be green before a change goes in (STEPS="lint types")
	@$(PY) -m deploy.check $(STEPS)

.PHONY: content
content: dev ## every fault of content/ with file and line
	@$(PY) -m deploy.check content

.PHONY: lint
lint: dev ## ruff and djlint
	@$(PY) -m deploy.check format lint templates

.PHONY: types
types: dev ## mypy, strict
	@$(PY) -m deploy.check types

.PHONY: imports
imports: dev ## the direction of imports
	@$(PY) -m deploy.check imports

.PHONY: messages
messages: dev ## collect the words of the interface for translation
	@$(PY) -m deploy.translations collect

.PHONY: fmt
fmt: dev ## format and mend what ruff can mend
	@$(PY) -m ruff check --fix --quiet --exit-zero .
	@$(PY) -m ruff format .

.PHONY: lock
lock: base ## choose package versions anew and write them down with their hashes (UPGRADE=--upgrade)
	@$(PY) -m deploy.lock $(UPGRADE)

.PHONY: base dev
base dev:
	@deploy/python deploy/bootstrap.py $@
