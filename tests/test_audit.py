"""The audit fails for a known weakness, and for nothing else."""

import json
import subprocess
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "audit"
GOOD = {"name": "good", "version": "1", "vulns": []}
WEAK = {"name": "weak", "version": "1", "vulns": [{"id": "GHSA-1", "fix_versions": ["2"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


@pytest.fixture
def audited(monkeypatch, capsys):
    """The exit status and what is said, for what the services tell in turn."""
    loader = SourceFileLoader("audit", str(SCRIPT))
    module = module_from_spec(spec_from_loader("audit", loader))
    loader.exec_module(module)

    def audited(*answers):
        told = iter(answers)

        def run(*_, **__):
            answer = next(told)
            if isinstance(answer, Exception):
                raise answer
            return subprocess.CompletedProcess([], 0, stdout=answer if isinstance(answer, str) else json.dumps(answer))

        monkeypatch.setattr(subprocess, "run", run)
        return module.main(), capsys.readouterr().out

    return audited


def test_a_known_weakness_fails_it_and_is_named(audited):
    status, said = audited({"dependencies": [GOOD, WEAK]})
    assert status == 1
    assert said == "audit: weak 1: GHSA-1, fixed in 2\n"


def test_where_none_is_known_it_passes_and_names_what_was_not_known(audited):
    status, said = audited({"dependencies": [GOOD, UNKNOWN]})
    assert status == 0
    assert said == "audit: nothing known against 1 packages; not known: unknown\n"


@pytest.mark.parametrize("answer", ["", {"dependencies": [UNKNOWN]}, subprocess.TimeoutExpired("pip_audit", 1)])
def test_without_advisories_it_passes_and_says_so(audited, answer):
    status, said = audited(answer, answer)
    assert status == 0
    assert said.startswith("audit: NOT DONE")


def test_another_service_is_asked_where_one_knows_nothing(audited):
    assert audited({"dependencies": [UNKNOWN]}, {"dependencies": [WEAK]})[0] == 1
