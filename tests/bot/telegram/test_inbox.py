import asyncio
import json
import sqlite3

import pytest
from telegram import Update

from bot.chats import Chats
from bot.chats.updates import Updates
from bot.telegram.inbox import Inbox, lane_of
from tests.bot.telegram.incoming import AN, BINH, BOT, inline, message


@pytest.fixture
async def chats(tmp_path):
    async with Chats.open(tmp_path / "chats.sqlite3") as chats:
        yield chats


@pytest.fixture
def inbox(chats):
    return Inbox(chats.updates, at_once=2)


def ready(inbox):
    """The numbers of all that can be had at once."""
    numbers = []
    while not inbox.empty():
        numbers.append(inbox.get_nowait().update_id)
    return numbers


class TestLanes:
    def test_a_chat_has_one_whoever_speaks(self):
        assert lane_of(message(1, -5)) == lane_of(message(2, -5, **{"from": BINH})) != lane_of(message(3, -6))

    def test_topics_of_a_chat_share_it(self):
        assert lane_of(message(1, -5, message_thread_id=7, is_topic_message=True)) == lane_of(message(2, -5))

    def test_inline_queries_go_by_person(self):
        assert lane_of(inline(1, AN)) == lane_of(inline(2, AN)) != lane_of(inline(3, BINH))
        assert lane_of(inline(1, AN)) != lane_of(message(2, AN["id"]))

    def test_an_update_without_either_goes_alone(self):
        assert lane_of(Update(1)) != lane_of(Update(2))


class TestOrder:
    async def test_one_of_a_lane_comes_after_the_other(self, inbox):
        for number in (1, 2):
            await inbox.put(message(number))
        assert ready(inbox) == [1]
        await inbox.settle(message(1), done=True)
        assert ready(inbox) == [2]

    async def test_other_lanes_do_not_wait(self, inbox):
        for number, chat in ((1, 11), (2, 11), (3, 12)):
            await inbox.put(message(number, chat))
        assert ready(inbox) == [1, 3]

    async def test_no_more_come_than_may_be_handled_at_once(self, inbox):
        for number in (1, 2, 3):
            await inbox.put(message(number, chat=number))
        assert ready(inbox) == [1, 2]
        await inbox.settle(message(2, chat=2), done=True)
        assert ready(inbox) == [3]

    async def test_one_that_rests_takes_nobodys_place(self, inbox):
        for number in (1, 2, 3):
            await inbox.put(message(number, chat=number))
        assert ready(inbox) == [1, 2]
        with inbox.resting():
            assert ready(inbox) == [3]
        await inbox.settle(message(3, chat=3), done=True)
        await inbox.put(message(4, chat=4))
        assert ready(inbox) == []

    async def test_lanes_take_turns(self, chats):
        inbox = Inbox(chats.updates, at_once=1)
        for number, chat in ((1, 11), (2, 11), (3, 12)):
            await inbox.put(message(number, chat))
        came = []
        while not inbox.empty():
            update = await inbox.get()
            came.append(update.update_id)
            await inbox.settle(update, done=True)
        assert came == [1, 3, 2]

    async def test_what_comes_is_waited_for(self, inbox):
        waiting = asyncio.create_task(inbox.get())
        await asyncio.sleep(0)
        await inbox.put(message(1))
        assert (await waiting).update_id == 1

    async def test_what_is_not_there_is_not_given(self, inbox):
        with pytest.raises(asyncio.QueueEmpty):
            inbox.get_nowait()

    async def test_what_was_not_delivered_comes_again(self, inbox, chats):
        for number in (1, 2):
            await inbox.put(message(number))
        assert ready(inbox) == [1]
        await inbox.settle(message(1), done=False)
        assert ready(inbox) == [2]
        await inbox.settle(message(2), done=True)
        assert ready(inbox) == [1]
        assert [one.number for one in await chats.updates.open()] == [1]


class TestDisk:
    async def test_an_update_is_on_the_disk_when_put_returns(self, inbox, chats):
        await inbox.put(message(1, text="trữ lượng đất hiếm"))
        [kept] = await chats.updates.open()
        assert json.loads(kept.content)["message"]["text"] == "trữ lượng đất hiếm"

    async def test_one_that_comes_twice_is_handled_once(self, inbox):
        await inbox.put(message(1))
        await inbox.put(message(1))
        assert inbox.qsize() == 1

    async def test_one_that_comes_again_after_it_was_answered_is_left_out(self, inbox):
        await inbox.put(message(1))
        assert ready(inbox) == [1]
        await inbox.settle(message(1), done=True)
        await inbox.put(message(1))
        assert ready(inbox) == []

    async def test_what_was_open_comes_first_after_a_restart(self, inbox, chats):
        for number in (1, 2, 3):
            await inbox.put(message(number, chat=number))
        assert ready(inbox) == [1, 2]
        await inbox.settle(message(1, chat=1), done=True)
        restarted = Inbox(chats.updates)
        assert await restarted.reopen(BOT) == 2
        await restarted.put(message(4, chat=4))
        assert ready(restarted) == [2, 3, 4]

    async def test_it_comes_back_as_it_was(self, inbox, chats):
        update = message(1, -5, reply_to_message=message(2, -5).message.to_dict(), is_topic_message=True)
        await inbox.put(update)
        restarted = Inbox(chats.updates)
        await restarted.reopen(BOT)
        again = restarted.get_nowait()
        assert again.to_dict() == update.to_dict()
        assert again.message.get_bot() is BOT

    async def test_what_an_answer_leads_to_comes_with_its_end(self, inbox, chats):
        await inbox.put(message(1))
        update = await inbox.get()
        await inbox.settle(update, done=True, with_it=[("INSERT INTO moves VALUES (-4, -5)", ())])
        assert await chats.places.former_numbers(-5) == [-4]

    async def test_where_that_cannot_be_kept_it_ends_all_the_same(self, inbox, chats, caplog):
        await inbox.put(message(1))
        update = await inbox.get()
        await inbox.settle(update, done=True, with_it=[("INSERT INTO nowhere VALUES (1)", ())])
        assert await chats.updates.open() == []
        assert caplog.messages == ["what update 1 led to is not kept: no such table: nowhere"]


class FullDisk:
    """A database without room, and what is done in the pauses in which it is waited for."""

    def __init__(self, chats):
        self.writer = chats.updates._database._writer
        self.pauses = 0
        self.room_after = 3

    async def fill(self):
        """Take the room that there is."""
        [(pages,)] = await self.writer.execute_fetchall("PRAGMA page_count")
        await self.writer.execute_fetchall(f"PRAGMA max_page_count = {pages}")

    async def empty(self):
        await self.writer.execute_fetchall("PRAGMA max_page_count = 1000000")

    async def sleep(self, _):
        self.pauses += 1
        if self.pauses == self.room_after:
            await self.empty()


class TestFullDisk:
    LONG = "dài " * 5000

    @pytest.fixture
    def disk(self, chats):
        return FullDisk(chats)

    async def test_an_update_waits_until_there_is_room(self, chats, disk, caplog):
        caplog.set_level("INFO")
        inbox = Inbox(chats.updates, sleep=disk.sleep)
        await disk.fill()
        await inbox.put(message(1, text=self.LONG))
        assert disk.pauses == 3
        assert ready(inbox) == [1]
        assert [one.number for one in await chats.updates.open()] == [1]
        assert caplog.messages == [
            "the inbox cannot be written, and everything waits for that: database or disk is full",
            "the inbox can be written again",
        ]

    async def test_nothing_is_acknowledged_before(self, chats, disk):
        never = asyncio.Event()
        waiting = asyncio.Event()

        async def sleep(_):
            waiting.set()
            await never.wait()

        inbox = Inbox(chats.updates, sleep=sleep)
        await disk.fill()
        putting = asyncio.create_task(inbox.put(message(1, text=self.LONG)))
        await waiting.wait()
        assert not putting.done()
        assert inbox.empty()
        putting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await putting

    async def test_a_webhook_is_told_at_once_so_that_telegram_sends_again(self, chats, disk):
        inbox = Inbox(chats.updates, waits=False, sleep=disk.sleep)
        await disk.fill()
        with pytest.raises(sqlite3.OperationalError, match="full"):
            await inbox.put(message(1, text=self.LONG))
        await disk.empty()
        await inbox.put(message(1, text=self.LONG))
        assert ready(inbox) == [1]

    async def test_what_was_done_is_written_when_it_can_be(self, chats, disk):
        async def sleep(_):
            await disk.writer.execute_fetchall("PRAGMA query_only = OFF")

        inbox = Inbox(chats.updates, sleep=sleep)
        await inbox.put(message(1))
        await inbox.get()
        await disk.writer.execute_fetchall("PRAGMA query_only = ON")
        await inbox.settle(message(1), done=True)
        assert await chats.updates.open() == []

    async def test_damage_is_not_waited_for(self, chats, monkeypatch):
        async def put(*_):
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error

        monkeypatch.setattr(Updates, "put", put)
        with pytest.raises(sqlite3.DatabaseError, match="malformed"):
            await Inbox(chats.updates).put(message(1))


async def until(happens):
    """Let other tasks go on until something happens."""
    while not happens():  # noqa: ASYNC110  # Nothing tells of it.
        await asyncio.sleep(0)


class TestMemory:
    async def test_where_many_wait_no_more_are_taken_until_some_are_done(self, chats):
        inbox = Inbox(chats.updates, at_once=1, most=2)
        await inbox.put(message(1, chat=1))
        second = asyncio.create_task(inbox.put(message(2, chat=2)))
        await until(lambda: inbox.qsize() == 2)
        assert not second.done()
        await inbox.settle(await inbox.get(), done=True)
        await second
        assert [one.number for one in await chats.updates.open()] == [2]

    async def test_a_stop_is_not_held_up(self, chats):
        inbox = Inbox(chats.updates, most=1)
        putting = asyncio.create_task(inbox.put(message(1)))
        await until(inbox.qsize)
        inbox.close()
        await putting
        await inbox.put(message(2))

    async def test_the_signal_to_stop_does_not_wait_either(self, chats):
        inbox = Inbox(chats.updates, most=0)
        await inbox.put(object())


class TestStopping:
    async def test_the_signal_to_stop_comes_before_what_waits(self, inbox, chats):
        signal = object()
        await inbox.put(message(1))
        inbox.close()
        await inbox.put(signal)
        assert await inbox.get() is signal
        assert inbox.empty()
        assert len(await chats.updates.open()) == 1

    async def test_a_closed_one_keeps_what_comes_for_later(self, inbox, chats):
        inbox.close()
        await inbox.put(message(1))
        assert inbox.empty()
        assert len(await chats.updates.open()) == 1
