# Each target makes its own .venv first, once; PYTHON=python3.12 picks another interpreter.
# Windows has no make: README.md gives the commands.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help demo corpus test lint docs bench

help:
	@echo "make demo | corpus | test | lint | docs | bench"

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

# What an officer does, on the samples; leaves workbooks in demo-out/.
demo: $(READY)
	$(BIN)/python scripts/demo.py

# Workbooks with known defects and odd ones that are right: what is found, missed, falsely alarmed.
corpus: $(READY)
	$(BIN)/python scripts/run_corpus.py

# By file, so that what a file of tests sets up (an installed wheel) is made once.
test: $(READY)
	$(BIN)/pytest --numprocesses auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# The reference pages that are made from the program itself.
docs: $(READY)
	$(BIN)/python scripts/make_docs.py

bench: $(READY)
	$(BIN)/python benchmarks/run.py
