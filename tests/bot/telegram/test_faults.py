"""The bot goes on where its database fails: what nobody waits for is passed over, and said in the log."""

import asyncio
import sqlite3

import pytest
from telegram import Update

from bot.telegram.inbox import Inbox
from bot.telegram.processor import Processor
from bot.texts import TEXTS, Language
from tests.bot.telegram.incoming import message

VI = TEXTS[Language.VI]
SUPPLY = "trữ lượng đất hiếm của Nga là bao nhiêu?"
FACT = "3,8 triệu tấn"


@pytest.fixture
async def nothing_written(offline):
    """From now on nothing can be written."""
    await offline.chats.updates._database._writer.execute_fetchall("PRAGMA query_only = ON")


@pytest.mark.usefixtures("nothing_written")
class TestNothingCanBeWritten:
    async def test_a_question_is_answered_all_the_same(self, offline, caplog):
        answer = await offline.says(SUPPLY)
        assert FACT in answer.text
        assert {record.levelname for record in caplog.records} == {"ERROR"}
        assert all("not kept: attempt to write a readonly database" in line for line in caplog.messages)

    async def test_so_is_one_without_an_answer(self, offline):
        assert (await offline.says("giá vàng hôm nay")).text.startswith(VI.refusal)

    async def test_an_inline_query_is_too(self, offline):
        query = offline.an.inline(SUPPLY)
        await offline.handle()
        assert (await query.answer(within=0)).results

    async def test_talk_of_a_group_is_passed_over(self, offline, caplog):
        group = offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")
        offline.an.send(group, "chuyện phiếm")
        await offline.handle()
        assert "what was said is not kept" in caplog.text

    async def test_a_choice_that_cannot_be_kept_is_not_pretended(self, offline):
        offline.an.write("/ngonngu en")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await offline.handle()
        assert offline.an.chat.bot_messages[-1].text == VI.went_wrong


async def test_a_vote_that_cannot_be_kept_is_not_thanked_for(offline):
    answer = await offline.says(SUPPLY)
    await offline.chats.updates._database._writer.execute_fetchall("PRAGMA query_only = ON")
    query = offline.an.press(answer, "👍")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await offline.handle()
    assert (await query.answer(within=0)).text == VI.went_wrong


class TestTurns:
    """Where somebody stands moves on with the answer, not before it."""

    @pytest.fixture
    def handle(self, offline):
        """Handle what An writes, after what was open, as a bot does that has just started; it may be killed at the end."""

        async def handle(number, text, *, killed=False):
            inbox = Inbox(offline.chats.updates)
            await inbox.reopen(offline.application.bot)
            update = message(number, chat=offline.an.id, text=text, **{"from": PERSON | {"id": offline.an.id}})
            await inbox.put(Update.de_json(update.to_dict(), offline.application.bot))
            before = len(offline.an.chat.bot_messages)
            while not inbox.empty():
                taken = await inbox.get()
                await asyncio.wait([asyncio.create_task(process(inbox, taken, killed=killed))])
            return offline.an.chat.bot_messages[before:]

        async def process(inbox, update, *, killed):
            async def work():
                await offline.application.process_update(update)
                if killed:
                    raise Killed

            await Processor(inbox).do_process_update(update, work())

        return handle

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    async def test_next_passes_over_no_answer_though_the_bot_was_killed_before_it_was_done(self, handle):
        await handle(1, "đất hiếm")
        (sent,) = await handle(2, "/tiep", killed=True)
        again, following = await handle(3, "/tiep")
        assert again.text == sent.text
        assert again.labels[1].startswith("2/")
        assert following.labels[1].startswith("3/")


class Killed(Exception):
    """Ends what is being done, as a kill does."""


PERSON = {"is_bot": False, "first_name": "An"}
