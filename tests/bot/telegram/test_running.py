"""The real process against a Telegram on loopback, from getMe to the end."""

import asyncio
import contextlib
import datetime as dt
import errno
import json
import os
import signal
import socket
import sqlite3
import ssl
import sys
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from filelock import FileLock

import bot.telegram.running
from bot.chats import Chats
from bot.chats.schedules import Schedule
from bot.chats.schema import MIGRATIONS
from bot.chats.updates import Updates
from bot.heartbeat import ended_badly
from bot.settings import Settings, TelegramSettings
from bot.telegram.application import ALLOWED_UPDATES
from bot.telegram.running import run
from bot.texts import TEXTS, Language
from index.settings import Folders
from tests.bot.telegram.talk import HANOI, TRIP
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.thread import server_in_thread

ROOT = Path(__file__).parents[3]
VI = TEXTS[Language.VI]
QUESTION = "đất hiếm gồm bao nhiêu nguyên tố?"
ANSWER = "17 nguyên tố"
NEXT_QUESTION = "trữ lượng đất hiếm của Nga là bao nhiêu?"
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
STARTING = 30
"""Seconds that the process may take to be heard of on a busy machine; it is waited for, not slept through."""


class Process:
    """A bot of its own."""

    def __init__(self, process, token):
        self._process = process
        self._token = token
        self.errors = ""

    @classmethod
    async def start(cls, environment):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "error", "-m", "bot"),
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DOCUMENTS_DIR": str(ROOT / "seeds"), **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        return cls(process, environment.get("TELEGRAM_BOT_TOKEN", ""))

    async def tell(self, number):
        self._process.send_signal(number)
        return await self.ended()

    async def ended(self):
        """The exit status; what it wrote is in `errors`."""
        _, errors = await self._process.communicate()
        self.errors += errors.decode()
        assert not self._token or self._token.partition(":")[2] not in self.errors
        return self._process.returncode

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        if self._process.returncode is None:
            self._process.kill()
            await self.ended()


@pytest.fixture
async def server():
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def environment(server, data_dir):
    return server.environment | {"DATA_DIR": str(data_dir)}


@pytest.fixture
def start(environment):
    """Start a bot with these settings besides the usual ones: `async with await start(...) as process:`."""

    async def start(**settings):
        return await Process.start(environment | settings)

    return start


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def states(data_dir):
    """The states of the updates that the bot holds, by number."""
    with contextlib.closing(sqlite3.connect(data_dir / "chats.sqlite3")) as connection:
        return dict(connection.execute("SELECT id, state FROM updates"))


def wait_until_open(data_dir):
    """Wait until the bot has taken all there is; nothing but its file tells."""
    deadline = time.monotonic() + STARTING
    while set(states(data_dir).values()) != {0}:
        assert time.monotonic() < deadline


def wait_until_done(data_dir):
    """Wait until the bot has struck off everything; nothing but its file tells."""
    deadline = time.monotonic() + STARTING
    while set(states(data_dir).values()) != {2}:
        assert time.monotonic() < deadline


def wait_until_unclaimed(data_dir):
    """Wait until the bot has noted that no day's digest was sent; nothing but its file tells."""
    deadline = time.monotonic() + STARTING
    today = dt.datetime.now(HANOI).date().isoformat()
    with contextlib.closing(sqlite3.connect(data_dir / "chats.sqlite3")) as connection:
        while connection.execute("SELECT count(*) FROM schedules WHERE handled >= ?", (today,)).fetchone() != (0,):
            assert time.monotonic() < deadline


class TestAnswering:
    async def test_from_the_first_call_to_the_end(self, server, start, data_dir):
        async with await start() as process:
            an = server.user("An")
            question = an.write(QUESTION)
            answer = await server.bot_message(an.chat, after=question, within=STARTING)
            assert ANSWER in answer.text
            assert ended_badly(data_dir)  # So it looks while it runs.
            assert await process.tell(signal.SIGTERM) == 0
        assert not ended_badly(data_dir)
        assert server.requests[0].method == "getMe"
        assert not server.refusals
        assert not server.world.updates.pending
        assert "Traceback" not in process.errors

    async def test_ctrl_c_ends_it_too(self, server, start):
        async with await start() as process:
            await server.wait_for(lambda: server.calls("getUpdates"), within=STARTING)
            assert await process.tell(signal.SIGINT) == 0
        assert "Traceback" not in process.errors
        [kinds] = {request.get("allowed_updates") for request in server.calls("getUpdates")}
        assert set(json.loads(kinds)) == set(ALLOWED_UPDATES)

    async def test_by_webhook_only_with_the_secret(self, server, start, data_dir):
        port = free_port()
        local = f"http://127.0.0.1:{port}"
        server.webhook.routes["https://bot.example.vn"] = local
        an = server.user("An")
        async with await start(WEBHOOK_URL="https://bot.example.vn/hook", WEBHOOK_PORT=str(port)) as process:
            an.write(QUESTION)
            await server.bot_message(an.chat, within=STARTING)
            async with httpx.AsyncClient(verify=NO_CERTIFICATES) as stranger:
                for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "doan-mo"}):
                    response = await stranger.post(f"{local}/hook", json={"update_id": 99}, headers=headers)
                    assert response.status_code == 403
            assert await process.tell(signal.SIGTERM) == 0
        assert len(an.chat.bot_messages) == 1
        assert 99 not in states(data_dir)
        assert server.calls("setWebhook")[0].get("secret_token")


class TestSchedules:
    @pytest.fixture
    async def group(self, server, data_dir):
        """A group with talk to tell of, for which a digest is due."""
        group = server.supergroup("Nhóm", owner=server.user("An"), bot="administrator")
        now = dt.datetime.now(HANOI) - dt.timedelta(minutes=1)
        async with Chats.open(data_dir / "chats.sqlite3") as chats:
            for number, text in enumerate(TRIP, 2):
                await chats.messages.keep(
                    group.id,
                    number,
                    topic=None,
                    person="12",
                    author="Bình",
                    sent=now.timestamp(),
                    text=text,
                    reply_to=None,
                    link=None,
                    shared=(),
                )
            due = now.time().replace(second=0, microsecond=0)
            await chats.schedules.choose(Schedule(str(group.id), due, now.date() - dt.timedelta(days=1)))
        return group

    async def test_what_is_due_at_the_start_is_posted(self, server, start, group):
        async with await start() as process:
            digest = await server.bot_message(group, within=STARTING)
            assert await process.tell(signal.SIGTERM) == 0
        assert "Ba Vì" in digest.text
        assert "Traceback" not in process.errors

    async def test_what_waits_when_the_bot_is_killed_is_posted_after_the_next_start(
        self, server, start, data_dir, group
    ):
        patience = server.faults.flood("sendMessage", retry_after=300, times=None)
        async with await start() as process:
            await server.wait_for(lambda: patience.hits, within=STARTING)
            await asyncio.to_thread(wait_until_unclaimed, data_dir)
            await process.tell(signal.SIGKILL)
        server.faults.clear()
        async with await start() as process:
            assert "Ba Vì" in (await server.bot_message(group, within=STARTING)).text
            assert await process.tell(signal.SIGTERM) == 0
        assert len(group.bot_messages) == 1


class TestNothingLost:
    async def test_a_question_is_answered_once_though_the_bot_is_killed(self, server, start, data_dir):
        an = server.user("An")
        patience = server.faults.flood("sendMessage", retry_after=300, times=None)
        async with await start() as process:
            an.write(QUESTION)
            offered = list(server.world.updates.pending)
            await server.wait_for(lambda: patience.hits, within=STARTING)
            await server.acknowledged()
            await asyncio.to_thread(wait_until_open, data_dir)
            await process.tell(signal.SIGKILL)
        assert not an.chat.bot_messages
        server.faults.clear()
        async with await start() as process:
            assert ANSWER in (await server.bot_message(an.chat, within=STARTING)).text
            await asyncio.to_thread(wait_until_done, data_dir)
            await process.tell(signal.SIGKILL)
        server.world.updates.pending.extend(offered)
        async with await start() as process:
            second = an.write(NEXT_QUESTION)
            await server.bot_message(an.chat, after=second, within=STARTING)
            assert await process.tell(signal.SIGTERM) == 0
        assert len(an.chat.bot_messages) == 2

    async def test_what_waits_when_the_bot_stops_is_answered_after_the_next_start(self, server, start, data_dir):
        an = server.user("An")
        patience = server.faults.flood("sendMessage", retry_after=300, times=None)
        async with await start() as process:
            an.write(QUESTION)
            an.write(NEXT_QUESTION)
            await server.wait_for(lambda: patience.hits, within=STARTING)
            assert await process.tell(signal.SIGTERM) == 0
        assert set(states(data_dir).values()) == {0}
        server.faults.clear()
        async with await start() as process:
            first, second = await server.bot_messages(an.chat, 2, within=STARTING)
            assert await process.tell(signal.SIGTERM) == 0
        assert ANSWER in first.text
        assert "Nga" in second.text


class TestRefusingToStart:
    async def test_a_token_that_telegram_does_not_know(self, start):
        async with await start(TELEGRAM_BOT_TOKEN=f"1:{'A' * 35}") as process:
            assert await process.ended() == 2
        assert process.errors == f"{VI.unknown_bot}\n"

    async def test_a_token_of_another_shape(self, start):
        async with await start(TELEGRAM_BOT_TOKEN="1:ngắn") as process:  # noqa: S106
            assert await process.ended() == 2
        assert process.errors == f"{VI.not_a_token('TELEGRAM_BOT_TOKEN')}\n"

    async def test_a_taken_port(self, start):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            async with await start(WEBHOOK_URL="https://bot.example.vn/hook", WEBHOOK_PORT=str(port)) as process:
                assert await process.ended() == 1
        assert process.errors == f"{VI.cannot_listen('127.0.0.1', port, os.strerror(errno.EADDRINUSE))}\n"


class TestRefusingToStartHere:
    """The same in this process, which costs less."""

    @pytest.fixture(autouse=True)
    def _keep_the_log_of_the_tests(self, monkeypatch):
        monkeypatch.setattr(bot.telegram.running, "open_log", lambda _: None)

    @pytest.fixture
    def telegram(self):
        with server_in_thread() as thread:
            yield thread.server

    @pytest.fixture
    def settings(self, telegram, data_dir):
        return Settings(
            folders=Folders(ROOT / "seeds", data_dir),
            telegram=TelegramSettings(token=telegram.token, base_url=telegram.base_url, webhook_port=free_port()),
        )

    @pytest.fixture
    def refused(self, settings, capsys):
        """Run with some Telegram settings changed: the exit status and the line."""

        def refused(**changes):
            status = run(replace(settings, telegram=replace(settings.telegram, **changes)))
            line, rest = capsys.readouterr().err.split("\n")
            assert rest == ""
            return status, line

        return refused

    def test_no_token(self, refused):
        assert refused(token="") == (2, VI.no_bot)

    def test_no_network(self, refused):
        status, line = refused(base_url=f"http://127.0.0.1:{free_port()}/bot")
        assert status == 1
        assert line.startswith("Không kết nối được tới Telegram (")

    def test_a_token_that_was_revoked_meanwhile(self, telegram, refused):
        telegram.faults.refuse(401, "Unauthorized", "getUpdates", times=None)
        assert refused() == (2, VI.unknown_bot)

    def test_a_webhook_that_telegram_does_not_take(self, refused):
        status, line = refused(webhook_url="http://bot.example.vn/hook")
        assert status == 1
        assert line.startswith("Telegram không cho bot khởi động: ")

    def test_two_bots_in_one_folder(self, refused, data_dir):
        with FileLock(data_dir / "bot.lock"):
            assert refused() == (1, VI.already_running(data_dir))

    def test_a_damaged_history(self, refused, data_dir):
        (data_dir / "chats.sqlite3").write_bytes(b"not a database, and long enough to be sure" * 100)
        status, line = refused()
        assert status == 1
        assert line.startswith("Lịch sử trò chuyện bị hỏng")

    def test_damage_that_none_of_the_questions_has_come_upon(self, refused, data_dir):
        with contextlib.closing(sqlite3.connect(data_dir / "chats.sqlite3")) as connection:
            for migration in MIGRATIONS:
                connection.executescript(migration)
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
            connection.commit()
            ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'unanswered'")
        content = bytearray((data_dir / "chats.sqlite3").read_bytes())
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
        (data_dir / "chats.sqlite3").write_bytes(content)
        status, line = refused()
        assert status == 1
        assert line.startswith("Lịch sử trò chuyện bị hỏng")
        assert "restore" in line
        assert (data_dir / "chats.sqlite3").read_bytes() == content

    def test_a_history_of_a_newer_version(self, refused, data_dir):
        with contextlib.closing(sqlite3.connect(data_dir / "chats.sqlite3")) as connection:
            connection.execute("PRAGMA user_version = 99")
        status, line = refused()
        assert status == 1
        assert line.startswith("Dữ liệu trong DATA_DIR do một phiên bản mới hơn ghi")

    def test_damage_that_comes_while_it_runs_ends_it(self, telegram, refused, monkeypatch):
        async def put(*_):
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error

        monkeypatch.setattr(Updates, "put", put)
        telegram.user("An").write("chào")
        assert refused() == (1, VI.chats_damaged("database disk image is malformed"))

    def test_a_data_folder_that_cannot_be_made(self, settings, tmp_path, capsys):
        (tmp_path / "file").touch()
        folders = Folders(ROOT / "seeds", tmp_path / "file" / "data")
        assert run(replace(settings, folders=folders)) == 1
        said = capsys.readouterr().err
        assert said == f"{VI.system_error(os.strerror(errno.ENOTDIR), str(folders.data))}\n"

    def test_a_data_folder_that_may_not_be_written_to(self, refused, data_dir, monkeypatch):
        real = os.open

        def read_only(path, flags, *rest, **named):
            if str(path).startswith(str(data_dir)) and flags & os.O_CREAT:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
            return real(path, flags, *rest, **named)

        monkeypatch.setattr(os, "open", read_only)
        assert refused() == (1, VI.system_error(os.strerror(errno.EROFS), str(data_dir / "bot.lock")))

    def test_a_folder_without_documents(self, settings, tmp_path, capsys):
        (tmp_path / "empty").mkdir()
        folders = Folders(tmp_path / "empty", tmp_path / "new")
        assert run(replace(settings, folders=folders)) == 1
        assert capsys.readouterr().err == f"{VI.empty_folder(tmp_path / 'empty')}\n"

    def test_a_proxy_that_needs_another_package(self, refused, monkeypatch):
        monkeypatch.setitem(sys.modules, "socksio", None)
        assert refused(proxy="socks5://127.0.0.1:1080") == (2, VI.no_socks)


async def test_what_has_expired_is_cleared_out_every_hour_though_it_failed_the_hour_before(monkeypatch, caplog):
    rests, results = [], iter([sqlite3.OperationalError("database or disk is full"), None])

    async def rest(seconds):
        rests.append(seconds)
        if len(rests) > 2:
            raise asyncio.CancelledError

    async def clear_out():
        if error := next(results):
            raise error

    monkeypatch.setattr(bot.telegram.running.asyncio, "sleep", rest)
    with pytest.raises(asyncio.CancelledError):
        await bot.telegram.running._hourly(clear_out)
    assert rests == [3600, 3600, 3600]
    assert "was not cleared out this hour" in caplog.text
