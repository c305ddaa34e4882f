"""Where people stand changes with their answers: what an update moves on is kept when that update is struck off.

Were it kept before, an update that is handled again after a crash would go on from where it had led itself: "next" would
pass over an answer.
"""

from contextvars import ContextVar

from bot.chats.turns import KeptTurns
from bot.turns import Asker, Turn

turns_in_hand: ContextVar[dict[Asker, Turn] | None] = ContextVar("turns_in_hand", default=None)
"""The turns that the update in hand led to, if one is."""


class TurnsInHand:
    """The last turn of each person in each place; implements :class:`bot.turns.Turns`."""

    def __init__(self, kept: KeptTurns) -> None:
        """Stand in front of what is kept."""
        self._kept = kept

    async def last(self, asker: Asker) -> Turn | None:
        """The last turn, or ``None`` where there is none or it has expired."""
        held = turns_in_hand.get()
        return held[asker] if held and asker in held else await self._kept.last(asker)

    async def keep(self, asker: Asker, turn: Turn) -> None:
        """Put a turn in the place of the last one: on the disk with the end of the update in hand."""
        held = turns_in_hand.get()
        if held is not None:
            held[asker] = turn
        await self._kept.keep(asker, turn)
