"""Where each person stands in a conversation, kept as plain data from which the last reply can be made again."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from index.documents import Length, Replacement


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
class Summarised:
    """What a summary on the screen is of, so that it can be shown again, shorter or longer.

    It is of one of these; where it is of none, it is the collection at a glance.

    Attributes:
        subject: What the documents were asked to tell about.
        document: The key of a document.
        text: Whether it is of a message that somebody sent. What that says is not kept: it is read again where it stands.
        since: When the talk begins that it is of, in seconds since 1970; 0 where it is of something else.
        until: When that talk ends.
        length: How much it tells.
        request: The token by which that talk is shown outside of its chat, to who asked for it; else empty.
        tells_of_keeping: Whether it says below that messages are kept, which nobody was told there before.
        pasted: Whether the text stands after the command itself, instead of in the message that it replies to.
    """

    subject: str = ""
    document: str = ""
    text: bool = False
    since: float = 0.0
    until: float = 0.0
    length: Length = Length.NORMAL
    request: str = ""
    tells_of_keeping: bool = False
    pasted: bool = False

    @property
    def of_talk(self) -> bool:
        """Whether it is of what was said in a chat."""
        return self.until > 0.0


@dataclass(frozen=True, slots=True)
class Changed:
    """What the owner did to documents, so that it can be undone for a day.

    Attributes:
        at: When, in seconds since 1970.
        replacements: What took the place of what.
    """

    at: float
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person asked last, and what was shown last.

    Attributes:
        question: The last question; empty when none was asked yet.
        place: Which of its answers was shown last, from 1; 0 when none was found.
        page: Which page of the list of documents was shown since, from 1; 0 when none was.
        stem: The question that a follow-up is read with, where it is an earlier one than the last; else empty.
        summarised: What was summarised since, or ``None``.
        changed: What was done to documents since, or ``None``.
        around: How many passages were shown on either side of that answer's.
    """

    question: str = ""
    place: int = 0
    page: int = 0
    stem: str = ""
    summarised: Summarised | None = None
    changed: Changed | None = None
    around: int = 0


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
