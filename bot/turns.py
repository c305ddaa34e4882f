"""Where each person stands in a conversation, kept as plain data from which the last reply can be made again."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asker:
    """A person in a chat: follow-ups belong to both.

    Attributes:
        chat: Names the chat, and its topic where it has them.
        person: Names the person.
    """

    chat: str
    person: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person asked last, and what was shown last.

    Attributes:
        question: The last question; empty when none was asked yet.
        place: Which of its answers was shown last, from 1; 0 when none was found.
        page: Which page of the list of documents was shown since, from 1; 0 when none was.
        stem: The question that a follow-up is read with, where it is an earlier one than the last; else empty.
    """

    question: str = ""
    place: int = 0
    page: int = 0
    stem: str = ""


class Turns(Protocol):
    """Keeps the last turn of each person."""

    async def last(self, asker: Asker) -> Turn | None:
        """The last turn, or ``None`` where there is none or it has expired."""

    async def keep(self, asker: Asker, turn: Turn) -> None:
        """Put a turn in the place of the last one."""


class RecentTurns:
    """Turns in memory: for so long, and of so many people; the longest silent are forgotten first."""

    def __init__(
        self, *, lifetime: float = 3600, capacity: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Make an empty memory.

        Args:
            lifetime: Seconds after which a turn expires.
            capacity: How many people are remembered.
            clock: Gives the time in seconds.
        """
        self._lifetime = lifetime
        self._capacity = capacity
        self._clock = clock
        self._turns: OrderedDict[Asker, tuple[float, Turn]] = OrderedDict()

    async def last(self, asker: Asker) -> Turn | None:
        """The last turn, or ``None`` where there is none or it has expired."""
        kept, turn = self._turns.get(asker, (0.0, None))
        return turn if turn and self._clock() - kept < self._lifetime else None

    async def keep(self, asker: Asker, turn: Turn) -> None:
        """Put a turn in the place of the last one."""
        self._turns[asker] = self._clock(), turn
        self._turns.move_to_end(asker)
        if len(self._turns) > self._capacity:
            self._turns.popitem(last=False)
