import asyncio
import math

import pytest

from bot.chats import Chats
from bot.telegram.flights import Flight
from bot.telegram.handling import in_hand
from bot.telegram.inbox import Inbox
from bot.telegram.processor import Processor
from bot.turns import Asker, Turn
from tests.bot.telegram.incoming import message


@pytest.fixture
async def chats(tmp_path):
    async with Chats.open(tmp_path / "chats.sqlite3") as chats:
        yield chats


@pytest.fixture
async def processor(chats):
    async with Processor(Inbox(chats.updates, at_once=2)) as processor:
        yield processor


async def begin(processor, update, coroutine):
    """Take an update, and begin to handle it."""
    await processor.inbox.put(update)
    assert await processor.inbox.get() == update
    return asyncio.create_task(processor.process_update(update, coroutine))


async def open_numbers(chats):
    return [one.number for one in await chats.updates.open()]


async def test_an_update_is_struck_off_when_it_was_handled(processor, chats):
    held = asyncio.Event()
    task = await begin(processor, message(1), held.wait())
    assert await open_numbers(chats) == [1]
    held.set()
    await task
    assert await open_numbers(chats) == []


async def test_the_update_in_hand_is_known_to_what_is_done_for_it(processor):
    known = []

    async def look():
        known.append(in_hand.get().update.update_id)

    await asyncio.gather(
        await begin(processor, message(1, chat=1), look()), await begin(processor, message(2, chat=2), look())
    )
    assert known == [1, 2]
    assert in_hand.get() is None


async def test_what_it_leads_to_is_kept_when_it_was_handled(processor, chats):
    asker = Asker("11", "11")
    held = asyncio.Event()

    async def lead_on():
        await chats.turns.keep(asker, Turn("Nga"))
        await held.wait()

    task = await begin(processor, message(1), lead_on())
    await asyncio.sleep(0)
    assert await chats.turns.last(asker) is None
    held.set()
    await task
    assert await chats.turns.last(asker) == Turn("Nga")


async def test_one_that_could_not_be_answered_comes_again(processor, chats):
    async def give_up():
        in_hand.get().undelivered = True

    await (await begin(processor, message(1), give_up()))
    assert await open_numbers(chats) == [1]
    assert (await processor.inbox.get()).update_id == 1


async def test_when_one_was_handled_the_next_answer_is_sent_at_once(processor):
    flights = processor.inbox.flights
    flights.request = flights.striking_off = math.inf

    async def answer():
        await in_hand.get().begin_sending()
        in_hand.get().arrive()

    await (await begin(processor, message(1), answer()))
    async with asyncio.timeout(5):
        await Flight(flights).begin()


async def test_no_more_is_worked_on_than_can_be_sent(processor):
    flights = processor.inbox.flights
    flights.request = flights.striking_off = math.inf
    on_its_way = Flight(flights)
    await on_its_way.begin()

    async def answer():
        await in_hand.get().begin_sending()

    waiting = [await begin(processor, message(number, chat=number), answer()) for number in (1, 2)]
    await processor.inbox.put(message(3, chat=3))
    for _ in range(5):
        await asyncio.sleep(0)
    assert processor.inbox.empty()
    on_its_way.end()
    async with asyncio.timeout(5):
        await asyncio.gather(*waiting)
        assert (await processor.inbox.get()).update_id == 3


async def test_what_is_no_update_is_just_done(processor):
    await processor.process_update("signal", asyncio.sleep(0))


class TestFinishing:
    async def test_what_is_under_way_is_finished(self, processor, chats):
        held = asyncio.Event()
        task = await begin(processor, message(1), held.wait())
        await asyncio.sleep(0)
        finishing = asyncio.create_task(processor.finish(60))
        await asyncio.sleep(0)
        held.set()
        await finishing
        await task
        assert await open_numbers(chats) == []

    async def test_what_takes_too_long_stays_open(self, processor, chats):
        task = await begin(processor, message(1), asyncio.Event().wait())
        await asyncio.sleep(0)
        await processor.finish(0)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await open_numbers(chats) == [1]

    async def test_what_was_sent_in_part_is_not_begun_again(self, processor, chats):
        async def send_and_wait():
            in_hand.get().arrive()
            await asyncio.Event().wait()

        task = await begin(processor, message(1), send_and_wait())
        await asyncio.sleep(0)
        await processor.finish(0)
        assert task.cancelled()
        assert await open_numbers(chats) == []

    async def test_what_rests_is_not_waited_for(self, processor, chats):
        resting = asyncio.Event()

        async def pause():
            resting.set()
            await asyncio.Event().wait()

        async def rest():
            await in_hand.get().rest(pause())

        task = await begin(processor, message(1), rest())
        await resting.wait()
        await processor.finish(60)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await open_numbers(chats) == [1]

    async def test_what_would_rest_meanwhile_is_not_waited_for_either(self, processor, chats):
        held = asyncio.Event()

        async def rest_later():
            await held.wait()
            await in_hand.get().rest(asyncio.Event().wait())

        task = await begin(processor, message(1), rest_later())
        await asyncio.sleep(0)
        finishing = asyncio.create_task(processor.finish(60))
        await asyncio.sleep(0)
        held.set()
        await finishing
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await open_numbers(chats) == [1]

    async def test_nothing_more_is_taken(self, processor):
        await processor.finish(0)
        await processor.inbox.put(message(1))
        assert processor.inbox.empty()
