"""The bot put together: what happens to every update, whatever it says."""

import logging

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TimedOut
from telegram.ext import TypeHandler

from bot.chats.places import Place, Reach
from bot.telegram.application import ALLOWED_UPDATES
from bot.texts import TEXTS, Language
from bot.turns import Asker, Turn

VI = TEXTS[Language.VI]


class TestReach:
    async def test_a_person_who_comes_is_noted(self, offline):
        await offline.says("chào")
        assert await offline.chats.places.get(offline.an.id) == Place("private", Reach.REACHABLE)

    async def test_blocking_and_coming_back_are_followed(self, offline):
        offline.an.block_bot()
        await offline.handle()
        assert (await offline.chats.places.get(offline.an.id)).reach is Reach.BLOCKED
        offline.an.unblock_bot()
        await offline.handle()
        assert (await offline.chats.places.get(offline.an.id)).reach is Reach.REACHABLE

    async def test_coming_into_a_group_and_being_removed_are_followed(self, offline):
        group = offline.server.supergroup("Nhóm", owner=offline.an, bot=None)
        offline.an.add_bot(group)
        await offline.handle()
        assert await offline.chats.places.get(group.id) == Place("supergroup", Reach.REACHABLE)
        offline.an.remove_bot(group)
        await offline.handle()
        assert await offline.chats.places.get(group.id) == Place("supergroup", Reach.REMOVED)

    async def test_a_group_that_moved_takes_its_rows_along(self, offline):
        group = offline.server.group("Nhóm", owner=offline.an)
        await offline.chats.places.choose_language(group.id, Language.EN)
        await offline.chats.turns.keep(Asker(str(group.id), "1"), Turn("nga"))
        large = offline.an.migrate(group)
        await offline.handle()
        assert await offline.chats.places.get(large.id) == Place("supergroup", Reach.REACHABLE, Language.EN)
        assert await offline.chats.turns.last(Asker(str(large.id), "1")) == Turn("nga")


class TestErrors:
    @pytest.fixture
    def fail(self, offline):
        """Have every update fail in some way; what is raised is not raised in the test."""

        def fail(error):
            async def raise_it(*_):
                raise error

            offline.application.add_handler(TypeHandler(object, raise_it), 0)
            offline.application.handlers[0].insert(0, offline.application.handlers[0].pop())
            offline.application.remove_error_handler(offline._keep)

        return fail

    async def test_who_asked_is_told_and_the_owner_reads_why(self, offline, fail, caplog):
        fail(ZeroDivisionError("chia cho không"))
        assert (await offline.says("đất hiếm là gì?")).text == VI.went_wrong
        [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert record.name == "bot.telegram.errors"
        assert "ZeroDivisionError" in caplog.text
        assert "đất hiếm" not in caplog.text

    async def test_talk_that_was_not_for_the_bot_gets_no_apology(self, offline, fail):
        fail(ZeroDivisionError())
        group = offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")
        offline.an.send(group, "chuyện phiếm")
        assert await offline.said_in(group) is None

    async def test_a_button_is_apologised_for_on_itself(self, offline, fail):
        answer = await offline.says("trữ lượng đất hiếm của Nga là bao nhiêu?")
        fail(ZeroDivisionError())
        assert await offline.press(answer, answer.labels[0]) == VI.went_wrong

    @pytest.mark.parametrize(
        "error",
        [
            Forbidden("Forbidden: bot was blocked by the user"),
            TimedOut(),
            RetryAfter(30),
            ChatMigrated(-1001),
            BadRequest("Not enough rights to send text messages to the chat"),
            BadRequest("TOPIC_CLOSED"),
        ],
    )
    async def test_a_chat_or_a_telegram_out_of_reach_is_no_error(self, offline, fail, caplog, error):
        fail(error)
        assert await offline.says("đất hiếm là gì?") is None
        assert [record.levelname for record in caplog.records if record.name.startswith("bot")] == ["WARNING"]


def test_every_kind_of_update_that_is_asked_for_is_one_that_telegram_has():
    assert len(set(ALLOWED_UPDATES)) == 7
    assert "chat_member" not in ALLOWED_UPDATES
