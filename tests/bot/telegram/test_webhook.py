import json
import sqlite3

import httpx
import pytest

from bot.telegram.webhook import receiving
from tests.bot.telegram.incoming import BOT, message
from tests.bot.telegram.test_receiving import OLDER
from tests.bot.telegram.test_running import NO_CERTIFICATES, free_port

SECRET = {"X-Telegram-Bot-Api-Secret-Token": "bi-mat"}


@pytest.fixture
async def sent():
    """Sends a request to the bot's address, and tells its status and what was kept so far."""
    kept, port = [], free_port()

    async def keep(update):
        if update.update_id == 13:
            raise sqlite3.OperationalError("database or disk is full")
        kept.append(update.update_id)

    async def send(content, headers=SECRET, path="/hook"):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        async with httpx.AsyncClient(verify=NO_CERTIFICATES) as telegram:
            response = await telegram.post(f"http://127.0.0.1:{port}{path}", content=body, headers=headers)
        return response.status_code, kept

    async with receiving(BOT, keep, address="127.0.0.1", port=port, path="/hook", secret="bi-mat"):  # noqa: S106
        yield send


async def test_an_update_is_kept_and_acknowledged(sent):
    assert await sent(message(2).to_dict()) == (200, [2])


async def test_one_that_cannot_be_read_is_acknowledged_and_logged_once_without_what_it_says(sent, caplog):
    assert await sent(OLDER) == (200, [])
    assert caplog.messages == ["update 1 (message) cannot be read: TypeError"]
    assert await sent(message(2).to_dict()) == (200, [2])


async def test_one_that_cannot_be_kept_is_not_acknowledged(sent, caplog):
    assert await sent(message(13).to_dict()) == (500, [])
    assert caplog.messages == [
        "an update could not be kept, and will be sent again: OperationalError: database or disk is full"
    ]


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "doan-mo"}])
async def test_without_the_secret_nothing_is_taken_nor_logged(sent, headers, caplog):
    assert await sent(message(2).to_dict(), headers) == (403, [])
    assert not caplog.messages


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b"\xff\xfe"])
async def test_what_is_no_update_is_refused(sent, body, caplog):
    assert await sent(body) == (400, [])
    assert not caplog.messages


async def test_another_path_leads_nowhere(sent):
    assert (await sent(message(2).to_dict(), path="/"))[0] == 404
