"""Handles updates as the inbox gives them, and settles each: struck off, or left open."""

import asyncio
import logging
import time
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.chats.database import Statement, with_the_end
from bot.telegram.handling import Handling, in_hand
from bot.telegram.inbox import Inbox
from bot.telegram.turns import turns_in_hand

_LOGGER = logging.getLogger(__name__)

_UNLIMITED = 1 << 30
"""How many are handled at once is the inbox's to say: here a busy chat's updates would keep out all others'."""


class Processor(BaseUpdateProcessor):
    """Handles each update in a task of its own.

    Attributes:
        inbox: Where updates come from.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(_UNLIMITED)
        self.inbox = inbox
        self._under_way: dict[asyncio.Task[Any], Handling] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update and settle it."""
        task = asyncio.current_task()
        if task is None or not isinstance(update, Update):
            await coroutine
            return
        begun = time.perf_counter()
        handling = Handling(update, self.inbox)
        in_hand.set(handling)
        written: list[Statement] = []
        with_the_end.set(written)
        turns_in_hand.set({})
        self._under_way[task] = handling
        try:
            await coroutine
            await self.inbox.settle(update, done=not handling.undelivered, with_it=written)
        except asyncio.CancelledError:
            if handling.has_sent:  # It would be sent once more.
                await self.inbox.settle(update, done=True, with_it=written)
            raise
        finally:
            handling.end()
            del self._under_way[task]
        _LOGGER.debug("update %d took %.1f ms", update.update_id, (time.perf_counter() - begun) * 1000)

    async def finish(self, within: float) -> None:
        """Take no more, and let those under way come to an end; what rests, or takes longer, stays open.

        Args:
            within: Seconds until they are interrupted.
        """
        self.inbox.close()
        for handling in self._under_way.values():
            handling.stop_resting()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=within)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: :meth:`finish` does more."""
