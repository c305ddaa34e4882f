import datetime as dt

import pytest

from bot.chats import Chats
from bot.commands import STATISTICS, Face
from bot.console.plain import ASKER, plain_text
from bot.console.rendering import show
from bot.console.statistics import statistics
from bot.conversation import Conversation, Message
from bot.counts import DayCount, last_days
from bot.replies import QuestionChart, Reply
from bot.settings import Settings
from bot.texts import TEXTS, Language
from bot.turns import RecentTurns
from index.settings import Folders

VI = TEXTS[Language.VI]
TODAY = dt.datetime.now(Settings().time_zone).date()


@pytest.fixture
def settings(tmp_path):
    return Settings(folders=Folders(data=tmp_path / "data"))


@pytest.fixture
def say(settings, collection):
    """What a person at the terminal is told."""
    conversation = Conversation(collection, RecentTurns(), others={STATISTICS: statistics(settings)})

    async def say(text):
        reply = await conversation.reply(Message(text, ASKER, Language.VI, Face.CONSOLE))
        return plain_text(reply, Language.VI)

    return say


async def test_the_days_with_questions_are_told(say, settings):
    async with Chats.open(settings.folders.data / "chats.sqlite3") as chats:
        for answered in (True, True, False):
            await chats.counts.count(TODAY, answered=answered, seconds=0.25)
        day = VI.day(TODAY)
        assert (await say("/thongke")).splitlines() == [
            f"30 ngày qua: 3 câu hỏi, trả lời được 67 %. Lâu nhất là 0,2 giây, hôm {TODAY.day}/{TODAY.month}.",
            f"- {day}: 3 câu hỏi, trả lời được 67 %, lâu nhất 0,2 giây",
        ]


async def test_before_the_bot_ran_there_are_none_and_nothing_is_made(say, settings):
    assert await say("/thống kê") == "30 ngày qua chưa có câu hỏi nào trên Telegram."
    assert not settings.folders.data.exists()


async def test_what_is_asked_at_the_terminal_is_not_counted(say, settings):
    async with Chats.open(settings.folders.data / "chats.sqlite3"):
        await say("trữ lượng đất hiếm của Nga")
        assert await say("/thongke") == "30 ngày qua chưa có câu hỏi nào trên Telegram."


async def test_a_damaged_history_is_said(say, settings):
    settings.folders.data.mkdir()
    (settings.folders.data / "chats.sqlite3").write_bytes(b"not a database, and long enough to be sure" * 100)
    assert (await say("/thongke")).startswith("Lịch sử trò chuyện bị hỏng")


async def test_the_help_names_it(say):
    assert "/thongke" in await say("/trogiup")


def test_a_terminal_shows_a_bar_for_each_day_as_long_as_it_had_questions(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    days = last_days([DayCount(TODAY, 10, 5, 1.0), DayCount(TODAY - dt.timedelta(days=1), 5, 5, 1.0)], TODAY)
    show(Reply((QuestionChart(days),)), Language.VI)
    bars = [line.count("█") for line in capsys.readouterr().out.splitlines() if "█" in line]
    assert bars == [10, 20]
