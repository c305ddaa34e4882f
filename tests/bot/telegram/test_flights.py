import asyncio
import math

import pytest

from bot.telegram.flights import Flight, Flights


async def begin(flight):
    """Begin, if it need not wait, or else wait."""
    task = asyncio.create_task(flight.begin())
    for _ in range(5):
        await asyncio.sleep(0)
    return task


async def go(flight):
    """Begin, which nothing keeps from it: a test is to fail where something does, not to wait."""
    async with asyncio.timeout(5):
        await flight.begin()


@pytest.fixture
def three():
    flights = Flights(request=math.inf, striking_off=math.inf)
    return Flight(flights), Flight(flights), Flight(flights)


async def test_the_next_waits_for_the_one_on_its_way(three):
    first, second, _ = three
    await go(first)
    waiting = await begin(second)
    assert not waiting.done()
    first.end()
    await asyncio.wait_for(waiting, 5)


async def test_they_go_in_the_order_in_which_they_came(three):
    first, second, third = three
    await go(first)
    one, other = await begin(second), await begin(third)
    first.end()
    await asyncio.wait_for(one, 5)
    assert not other.done()
    second.end()
    await asyncio.wait_for(other, 5)


async def test_one_on_its_way_goes_on_without_waiting(three):
    first, second, _ = three
    await go(first)
    await begin(second)
    await go(first)


async def test_one_that_telegram_takes_long_with_keeps_nobody_back():
    flights = Flights(request=0)
    await go(Flight(flights))
    await go(Flight(flights))


async def test_one_that_was_sent_is_waited_for_until_it_is_struck_off():
    flights = Flights(request=0, striking_off=math.inf)
    first = Flight(flights)
    await go(first)
    first.arrive()
    waiting = await begin(Flight(flights))
    assert not waiting.done()
    first.end()
    await asyncio.wait_for(waiting, 5)


async def test_one_that_is_not_struck_off_for_long_keeps_nobody_back():
    flights = Flights(request=math.inf, striking_off=0)
    first = Flight(flights)
    await go(first)
    first.arrive()
    await go(Flight(flights))


async def test_one_that_arrives_when_the_next_has_gone_changes_nothing(three):
    first, second, third = three
    await go(first)
    first.end()
    await go(second)
    first.arrive()
    first.end()
    assert not (await begin(third)).done()


async def test_its_end_counts_once(three):
    first, second, third = three
    await go(first)
    first.end()
    first.end()
    await go(second)
    assert not (await begin(third)).done()


async def test_one_that_gives_up_waiting_holds_up_nobody(three):
    first, second, third = three
    await go(first)
    (await begin(second)).cancel()
    second.end()
    first.end()
    await go(third)
