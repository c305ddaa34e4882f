"""The token never appears in a log."""

import logging

import pytest

from bot.telegram.logs import open_log, without_token
from tests.telegram_server.server import TOKEN

SECRET = TOKEN.partition(":")[2]


@pytest.fixture(autouse=True)
def _log_as_before(monkeypatch):
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(logging, "raiseExceptions", True)
    levels = {name: logging.getLogger(name).level for name in ("", "bot", "telegram.ext", "telegram.ext.Application")}
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("shown", [TOKEN, SECRET, TOKEN.replace(":", "%3A")])
def test_it_is_taken_out_wherever_it_stands(capsys, shown):
    open_log(TOKEN)
    logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", shown)
    line = capsys.readouterr().err
    assert "<token>/getMe" in line
    assert SECRET not in line


def test_it_is_taken_out_of_tracebacks_too(capsys):
    open_log(TOKEN)
    try:
        int(f"/bot{TOKEN}/")
    except ValueError:
        logging.getLogger("bot").exception("failed")
    lines = capsys.readouterr().err
    assert "Traceback" in lines
    assert "'/bot<token>/'" in lines


def test_an_event_is_one_line(capsys):
    open_log(TOKEN)
    try:
        int("một\nhai")
    except ValueError:
        logging.getLogger("bot").exception("failed\nto count")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert " ERROR failed ⏎ to count ⏎ Traceback" in lines[0]


def test_a_line_that_cannot_be_written_does_not_show_it_either(capsys):
    open_log(TOKEN)
    logging.getLogger("bot").warning("%d", TOKEN)
    assert SECRET not in capsys.readouterr().err


def test_addresses_of_requests_are_not_logged_at_all(capsys):
    open_log(TOKEN)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/")
    assert capsys.readouterr().err == ""


def test_what_the_bot_tells_its_owner_is(capsys):
    open_log(TOKEN)
    logging.getLogger("bot.telegram.running").info("đang chạy")
    assert capsys.readouterr().err.endswith(" INFO đang chạy\n")


def test_a_text_without_it_stays_as_it_is():
    assert without_token("7120000001 đang chạy", TOKEN) == "7120000001 đang chạy"
