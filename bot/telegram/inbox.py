"""The queue between Telegram and the handlers: on the disk before Telegram may forget, struck off when answered.

python-telegram-bot awaits ``put`` before it asks for the next updates, which is what acknowledges the ones before, and
before it answers a webhook's request with 200. Where the disk takes nothing, ``put`` waits until it does, so that
nothing is acknowledged; so it does where too many wait already: they are safe with Telegram for a day.

A crash loses no question, and answers none twice but the one that was just being sent (or the few, where Telegram is slow):
between a request to send an answer and its being struck off here, nobody can know afterwards whether it was sent. Such a one
is answered again: twice is better than not at all, and answers are sent one at a time (:mod:`bot.telegram.flights`). What an
answer leads to is written in the same transaction as its end (:meth:`bot.chats.database.Database.write_with_the_end`), so that
this moment is short, and nothing is noted twice.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

import aiosqlite
from telegram import Bot, Update

from bot.chats.database import Statement
from bot.chats.updates import Updates
from bot.faults import Fault, fault_of
from bot.telegram.flights import Flights
from bot.telegram.receiving import read_update

_MOST = 2000
"""Updates that wait in memory; Telegram is asked for no more while there are so many."""
_TRIED_AGAIN = 5.0
"""Seconds until what the disk did not take is written again."""
_AT_ONCE = 4
"""Updates worked on at once. Each question keeps a processor busy, so more of them would only make each slower."""

T = TypeVar("T")

_LOGGER = logging.getLogger(__name__)

Lane = tuple[str, int]
"""Updates of one lane are handled one after the other: those of a chat, or the inline queries of a person."""


def lane_of(update: Update) -> Lane:
    """The lane of an update: that of its chat, or where it has none, of its person."""
    if chat := update.effective_chat:
        return "chat", chat.id
    if person := update.effective_user:
        return "person", person.id
    return "update", update.update_id


class Inbox(asyncio.Queue[object]):
    """Updates not handled yet. They come in order within a lane, lanes in turn, and so many at once.

    What python-telegram-bot puts besides updates is its signal to stop: it comes at once, and nothing after it; updates
    that were not taken stay open.

    Attributes:
        flights: Which answers may be on their way at once.
    """

    def __init__(  # Each is a choice of its own.
        self,
        updates: Updates,
        *,
        at_once: int = _AT_ONCE,
        most: int = _MOST,
        waits: bool = True,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make a queue without anything in it.

        Args:
            updates: Where they are kept.
            at_once: How many are worked on at once, not counting those that rest.
            most: How many may wait in memory before :meth:`put` waits too.
            waits: Whether :meth:`put` waits for a disk that takes nothing, else it fails: who sends updates to a webhook
                sends them again, and is not to be kept waiting.
            sleep: Waits so many seconds.
        """
        super().__init__()
        self.flights = Flights()
        self._updates = updates
        self._most = most
        self._waits = waits
        self._sleep = sleep
        self._failing = False
        self._free = at_once
        self._lanes: dict[Lane, deque[Update]] = {}
        self._ready: deque[Lane] = deque()
        self._signals: deque[object] = deque()
        self._closed = False
        self._changed = asyncio.Event()
        self._settled = asyncio.Event()

    async def reopen(self, bot: Bot) -> int:
        """Take up again what was open when the bot stopped last. What this version cannot read stays open.

        Returns:
            How many there were.
        """
        count = 0
        for stored in await self._updates.open():
            if update := read_update(json.loads(stored.content), bot):
                self._line_up(update)
                count += 1
        return count

    async def put(self, item: object) -> None:
        """Keep an update on the disk, then line it up; one that was put before is left out.

        Raises:
            sqlite3.Error: It cannot be kept, and that will not pass, or is not waited for.
        """
        if not isinstance(item, Update):
            self._signals.append(item)
            self._changed.set()
            return
        number, content = item.update_id, item.to_json()
        keep = partial(self._updates.put, number, content)
        if await (self._until_written(keep) if self._waits else keep()):
            self._line_up(item)
        while self.qsize() >= self._most and not self._closed:
            self._settled.clear()
            await self._settled.wait()

    async def get(self) -> object:
        """The next update whose lane is free, once there is one and not too many are being handled."""
        while self.empty():
            self._changed.clear()
            await self._changed.wait()
        return self.get_nowait()

    def get_nowait(self) -> object:
        """What :meth:`get` gives, if it need not be waited for.

        Raises:
            asyncio.QueueEmpty: It must be waited for.
        """
        if self._signals:
            return self._signals.popleft()
        if self.empty():
            raise asyncio.QueueEmpty
        self._free -= 1
        return self._lanes[self._ready.popleft()].popleft()

    def empty(self) -> bool:
        """Whether there is nothing to be had at once."""
        return not self._signals and (self._closed or not self._ready or self._free <= 0)

    def qsize(self) -> int:
        """How many updates wait."""
        return sum(map(len, self._lanes.values()))

    def task_done(self) -> None:
        """Do nothing: :meth:`settle` says more."""

    async def settle(self, update: Update, *, done: bool, with_it: Sequence[Statement] = ()) -> None:
        """Let the next one of the lane come, after striking this one off or putting it in line again.

        Args:
            update: What was handled.
            done: Whether it was answered; else it stays open, and comes again after all that wait in its lane.
            with_it: What is to be written together with that it was answered.
        """
        try:
            if done:
                await self._strike_off(update, with_it)
        finally:
            lane = lane_of(update)
            waiting = self._lanes[lane]
            if not done:
                waiting.append(update)
            if waiting:
                self._ready.append(lane)
            else:
                del self._lanes[lane]
            self._free += 1
            self._changed.set()
            self._settled.set()

    async def _strike_off(self, update: Update, with_it: Sequence[Statement]) -> None:
        try:
            await self._until_written(partial(self._updates.strike_off, update.update_id, *with_it))
        except aiosqlite.Error as error:
            if not with_it or fault_of(error) is Fault.DAMAGED:
                raise
            _LOGGER.error("what update %d led to is not kept: %s", update.update_id, error)  # noqa: TRY400
            await self._until_written(partial(self._updates.strike_off, update.update_id))

    @contextmanager
    def resting(self) -> Iterator[None]:
        """While an update in hand waits for Telegram or for a time to pass, another may be worked on in its place."""
        self._free += 1
        self._changed.set()
        try:
            yield
        finally:
            self._free -= 1

    def close(self) -> None:
        """Give no more updates: those that wait stay open."""
        self._closed = True
        self._settled.set()

    @property
    def is_well(self) -> bool:
        """Whether the disk takes what is written."""
        return not self._failing

    async def _until_written(self, write: Callable[[], Awaitable[T]]) -> T:
        """Write until the disk takes it; nothing is sent or acknowledged before, and what is to be done waits.

        Raises:
            sqlite3.Error: What is wrong will not pass by itself.
        """
        while True:
            try:
                written = await write()
            except aiosqlite.Error as error:
                fault = fault_of(error)
                if fault is None or not fault.may_pass:
                    raise
                if not self._failing:
                    _LOGGER.error("the inbox cannot be written, and everything waits for that: %s", error)  # noqa: TRY400
                self._failing = True
            else:
                if self._failing:
                    _LOGGER.info("the inbox can be written again")
                self._failing = False
                return written
            await self._sleep(_TRIED_AGAIN)

    def _line_up(self, update: Update) -> None:
        lane = lane_of(update)
        if (waiting := self._lanes.get(lane)) is not None:
            waiting.append(update)
            return
        self._lanes[lane] = deque([update])
        self._ready.append(lane)
        self._changed.set()
