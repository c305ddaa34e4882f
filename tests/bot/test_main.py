import io
import sys
from pathlib import Path

import pytest

import bot.console
import bot.telegram.running
from bot.__main__ import main
from bot.texts import TEXTS, Language
from tests.telegram_server.server import TOKEN

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(autouse=True)
def _settings(monkeypatch, tmp_path, data_dir):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_LANGUAGE", raising=False)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.setenv("DOCUMENTS_DIR", str(SEEDS))
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hello\n"), encoding="utf-8"))


@pytest.fixture
def telegram(monkeypatch):
    """Settings that Telegram was opened with."""
    opened = []
    monkeypatch.setattr(bot.telegram.running, "run", lambda settings: opened.append(settings) or 0)
    return opened


@pytest.mark.parametrize("arguments", [[], ["telegram"]])
def test_with_a_token_telegram_is_opened(arguments, monkeypatch, telegram):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert main(arguments) == 0
    assert [settings.telegram.token for settings in telegram] == [TOKEN]


def test_with_a_token_the_terminal_can_be_asked_for(monkeypatch, telegram, capsys):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert main(["console"]) == 0
    assert capsys.readouterr().out.startswith(TEXTS[Language.VI].greeting)
    assert telegram == []


def test_telegram_without_a_token_is_one_line_and_status_2(capsys):
    assert main(["telegram"]) == 2
    assert capsys.readouterr() == ("", f"{TEXTS[Language.VI].no_bot}\n")


@pytest.mark.parametrize("arguments", [[], ["console"]])
def test_the_terminal_is_opened(arguments, capsys):
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith(TEXTS[Language.VI].greeting)


def test_the_language_is_the_owners_choice(monkeypatch, capsys):
    monkeypatch.setenv("BOT_LANGUAGE", "en")
    assert main([]) == 0
    assert capsys.readouterr().out.startswith(TEXTS[Language.EN].greeting)


def test_a_wrong_setting_is_one_line_and_status_2(monkeypatch, capsys):
    monkeypatch.setenv("BOT_LANGUAGE", "fr")
    assert main([]) == 2
    assert capsys.readouterr() == ("", "BOT_LANGUAGE=fr: chỉ nhận vi hoặc en.\n")


def test_an_unknown_face_is_status_2(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["window"])
    assert "console" in capsys.readouterr().err


def test_ctrl_c_ends_cleanly(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(bot.console, "run", interrupted)
    assert main([]) == 130
    assert capsys.readouterr().err == f"\n{TEXTS[Language.VI].stopped}\n"
