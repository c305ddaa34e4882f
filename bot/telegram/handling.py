"""What is in hand, an update or a daily digest, known to all that is done on its account."""

import asyncio
from collections.abc import Awaitable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Protocol

from telegram import Update

from bot.telegram.flights import Flight
from bot.telegram.inbox import Inbox


class InHand(Protocol):
    """What is sent on one account.

    Attributes:
        has_sent: Whether a message of it was sent.
        undelivered: Whether Telegram was out of reach for it.
    """

    has_sent: bool
    undelivered: bool

    async def begin_sending(self) -> None:
        """Be let to make a request: wait for the turn, or claim the day."""

    async def take_back(self) -> None:
        """Give that back, as the request was refused or failed."""

    def arrive(self) -> None:
        """Note that it was sent."""

    def aside(self) -> AbstractContextManager[None]:
        """While Telegram is waited for."""

    async def rest(self, pause: Awaitable[None]) -> None:
        """Wait out a pause."""


in_hand: ContextVar[InHand | None] = ContextVar("in_hand", default=None)
"""What is being done here, if anything is."""


class Handling:
    """An update from when it is taken from the inbox until it is settled.

    Attributes:
        update: The update.
        has_sent: Whether an answer was sent, or the first part of one.
        undelivered: Whether Telegram was out of reach for the answer, so that the update is to be handled again.
    """

    def __init__(self, update: Update, inbox: Inbox) -> None:
        self.update = update
        self.has_sent = False
        self.undelivered = False
        self._inbox = inbox
        self._resting: asyncio.Task[object] | None = None
        self._stopping = False
        self._flight = Flight(inbox.flights)

    async def begin_sending(self) -> None:
        """Wait for the turn: the update stays open until it is struck off, and a crash meanwhile has it answered again.

        It keeps its place, so that no more is worked on than can be sent: the others wait in the inbox, where they are few in
        memory, and need not be waited for when the bot stops.
        """
        await self._flight.begin()

    async def take_back(self) -> None:
        """Let the next one send."""
        self._flight.end()

    def arrive(self) -> None:
        """Note that it was sent; the next one waits until that is on the disk."""
        self.has_sent = True
        self._flight.arrive()

    def end(self) -> None:
        """Let the next one send, as this one is settled."""
        self._flight.end()

    def aside(self) -> AbstractContextManager[None]:
        """While Telegram is waited for, another update may be worked on in the place of this one."""
        return self._inbox.resting()

    async def rest(self, pause: Awaitable[None]) -> None:
        """Wait out a pause while other updates are handled in the place of this one."""
        self._resting = asyncio.current_task()
        if self._stopping:
            self.stop_resting()
        try:
            with self._inbox.resting():
                await pause
        finally:
            self._resting = None

    def stop_resting(self) -> None:
        """Give up now if it is resting, or as soon as it would; the update stays open."""
        self._stopping = True
        if self._resting:
            self._resting.cancel()
