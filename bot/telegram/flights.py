"""One answer at a time on its way to Telegram, so that a crash has one repeated at most.

Between a request that sends something and its update's being struck off, nobody can know after a crash whether it was
sent. The fewer updates are there at once, the fewer are answered twice. Where Telegram is slow, though, one answer must not
keep back all others: the next one goes when the one before has been on its way for a while.
"""

import asyncio

_LAPSE = 0.1
"""Seconds after which the next answer goes, though this one is still on its way: far longer than a response takes that
nothing keeps back, and short enough for ten answers a second from anywhere."""


class Flights:
    """What all flights share: one of them at a time."""

    def __init__(self, lapse: float = _LAPSE) -> None:
        """Begin with none on its way.

        Args:
            lapse: Seconds after which the next answer goes in any case.
        """
        self.lapse = lapse
        self.turn = asyncio.Semaphore()


class Flight:
    """An answer on its way, from before its request until it is struck off."""

    def __init__(self, flights: Flights) -> None:
        self._flights = flights
        self._lapse: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        """Wait for the turn, and take it, if it is not on its way already."""
        if self._lapse is None:
            await self._flights.turn.acquire()
            self._lapse = asyncio.get_running_loop().call_later(self._flights.lapse, self.end)

    def end(self) -> None:
        """Let the next one go, if this one has the turn."""
        if self._lapse:
            self._lapse.cancel()
            self._lapse = None
            self._flights.turn.release()
