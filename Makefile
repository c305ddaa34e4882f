# make run   opens the console over DOCUMENTS_DIR, or the Telegram bot when a token is set
# make test  runs the tests
# make audit asks for known weaknesses in the dependencies
# Both set everything up first, in .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint audit clean

run: .venv/installed
	@$(BIN)/python -m bot

test: .venv/installed-dev
	$(BIN)/python -m pytest

lint: .venv/installed-dev
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy

audit: .venv/installed-audit
	$(BIN)/python .ci/audit

clean:
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing, once: this takes a minute or two."
	$(PIP_INSTALL) --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	$(PIP_INSTALL) --editable '.[dev]'
	@touch $@

.venv/installed-audit: .venv/installed
	$(PIP_INSTALL) --editable '.[audit]' || echo "pip-audit could not be installed."
	@touch $@
