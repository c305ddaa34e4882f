"""Reads what is asked for after ``/tomtat`` where people talk: which talk, how much of it, and whether for one alone."""

from dataclasses import dataclass

from bot.commands import SUMMARY
from bot.summaries import length_asked_for
from index.documents import Length
from index.vietnamese import fold

_PRIVATELY = {"rieng", "rieng tu", "private", "privately", "rieng minh"}
_PRIVATE_WORD = "rieng"
_SHORT = 40
"""Characters that a wish may have to be repeated by a button."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for after the command.

    Attributes:
        period: The words for a time or a number of messages; empty for what is new.
        length: How much is to be told, where that is said.
        privately: Whether only the person who asks is to see it.
    """

    period: str
    length: Length | None
    privately: bool


def read_wish(argument: str) -> Wish:
    """What is asked for: length and privacy may stand before or after the time."""
    words, length, privately = argument.split(), None, False
    while aside := _aside(words):
        asked, words = aside
        length, privately = asked or length, privately or asked is None
    return Wish(" ".join(words), length, privately)


def privately(argument: str) -> str | None:
    """What a person would type to have the same sent privately, or ``None`` where that cannot be said in short."""
    said = fold(argument)
    if len(said) > _SHORT or not said.isascii():
        return None
    words = [SUMMARY.name, "" if read_wish(said).privately else _PRIVATE_WORD, said]
    return "/" + " ".join(filter(None, words))


def _aside(words: list[str]) -> tuple[Length | None, list[str]] | None:
    """A length, or ``None`` for the word for private, that some words begin or end with; and the other words."""
    for count in (2, 1):
        for said, others in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            text = " ".join(said)
            if length := length_asked_for(text):
                return length, others
            if fold(text).lower() in _PRIVATELY:
                return None, others
    return None
