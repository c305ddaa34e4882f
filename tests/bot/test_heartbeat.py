import asyncio
import os
import time

import pytest

from bot.__main__ import main
from bot.heartbeat import HEARTBEAT, beating, ended_badly, run_health
from bot.texts import TEXTS, Language

VI = TEXTS[Language.VI]


@pytest.fixture
def rests(monkeypatch):
    """How often the heart rested; the rests take no time."""
    rests = []
    sleep = asyncio.sleep

    async def rest(seconds):
        rests.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", rest)
    return rests


async def beats(rests, count):
    """Let the heart rest so many times more."""
    before = sum(1 for seconds in rests if seconds)
    while sum(1 for seconds in rests if seconds) < before + count:  # noqa: ASYNC110  # Nothing tells of it.
        await asyncio.sleep(0)


async def test_it_beats_while_all_is_well(tmp_path, rests):
    path = tmp_path / HEARTBEAT
    async with beating(tmp_path, lambda: True):
        await beats(rests, 1)
        os.utime(path, (0, 0))
        await beats(rests, 2)
        assert path.stat().st_mtime > 1
        assert ended_badly(tmp_path)
    assert not path.exists()
    assert not ended_badly(tmp_path)


async def test_it_does_not_where_something_is_wrong(tmp_path, rests):
    async with beating(tmp_path, lambda: False):
        await beats(rests, 3)
        assert not (tmp_path / HEARTBEAT).exists()


async def test_a_disk_that_does_not_take_it_is_no_end(tmp_path, rests, caplog):
    async with beating(tmp_path / "nowhere", lambda: True):
        await beats(rests, 2)
    assert "the heartbeat cannot be noted" in caplog.text


class TestHealth:
    def test_a_bot_that_beats_is_well(self, tmp_path, capsys):
        (tmp_path / HEARTBEAT).touch()
        assert run_health(tmp_path, VI) == 0
        assert capsys.readouterr().out.startswith("Bot đang chạy")

    def test_one_that_has_stopped_beating_is_not(self, tmp_path, capsys):
        (tmp_path / HEARTBEAT).touch()
        os.utime(tmp_path / HEARTBEAT, (time.time() - 600,) * 2)
        assert run_health(tmp_path, VI) == 1
        assert capsys.readouterr().err == f"{VI.not_alive(600)}\n"

    def test_one_that_was_stopped_is_not(self, tmp_path, capsys, monkeypatch):
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        assert main(["health"]) == 1
        assert capsys.readouterr().err == f"{VI.not_alive(None)}\n"
