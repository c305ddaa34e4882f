"""One answer at a time on its way to Telegram, so that a crash has one repeated at most.

Between a request that sends something and its update's being struck off, nobody can know after a crash whether it was
sent. The fewer updates are there at once, the fewer are answered twice. But one answer must not keep back all others: where
Telegram is slow, or more is done after sending, the next one goes in any case after a while.
"""

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Flights:
    """What all flights share: one of them at a time.

    Attributes:
        request: Seconds from a request after which the next answer goes in any case: far longer than a response takes
            that nothing keeps back, and short enough for ten answers a second from anywhere.
        striking_off: Seconds from a response after which it does.
        turn: Held by the one that is on its way.
    """

    request: float = 0.1
    striking_off: float = 1.0
    turn: asyncio.Semaphore = field(default_factory=asyncio.Semaphore)


class Flight:
    """An answer on its way, from before its request until it is struck off."""

    def __init__(self, flights: Flights) -> None:
        self._flights = flights
        self._lapse: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        """Wait for the turn, if it is not on its way already: a request is to be made."""
        if self._lapse is None:
            await self._flights.turn.acquire()
        self._lapse_after(self._flights.request)

    def arrive(self) -> None:
        """Be struck off next, as it has been sent; where the next one has gone already, nothing."""
        if self._lapse:
            self._lapse_after(self._flights.striking_off)

    def end(self) -> None:
        """Let the next one go, if this one has the turn."""
        if self._lapse:
            self._lapse.cancel()
            self._lapse = None
            self._flights.turn.release()

    def _lapse_after(self, seconds: float) -> None:
        if self._lapse:
            self._lapse.cancel()
        self._lapse = asyncio.get_running_loop().call_later(seconds, self.end)
