"""Styled text, and how it is cut into messages: at sentence ends, never inside a tag, as Telegram counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import takewhile

from telegram.constants import MessageLimit

from index.vietnamese import sentence_spans

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
"""UTF-16 units that a message may have once its entities are parsed."""

_DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows: a title could so make the rest of a message read backwards."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is styled alike.

    Attributes:
        text: What is read, unescaped.
        tags: The HTML tags around it with their attributes, the outermost first.
    """

    text: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one message: in Telegram's HTML, and without any styling."""

    html: str
    plain: str


def utf16_length(text: str) -> int:
    """How long a text is as Telegram counts, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def pieces(runs: Sequence[Run], *, limit: int = LONGEST) -> list[Piece]:
    """Cut styled text into messages.

    Args:
        runs: The text. White space where it is cut is left out, and so are characters that turn its direction.
        limit: UTF-16 units that a message may have, at least 2.
    """
    runs = [Run(run.text.translate(_DIRECTIONS), run.tags) for run in runs]
    text = "".join(run.text for run in runs)
    return [
        Piece(_html(_between(runs, start, end)), text[start:end])
        for start, end in _cut(text, limit, _ends(text, utf16_length(text), limit))
    ]


def _ends(text: str, length: int, limit: int) -> list[int]:
    """Where the sentences of a text that must be cut end."""
    return [end for _, end in sentence_spans(text)] if length > limit else []


def _cut(text: str, limit: int, sentence_ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each message begins and ends, without the white space around it."""
    start = 0
    while True:
        start += len(text[start:]) - len(text[start:].lstrip())
        if start == len(text):
            return
        furthest = _furthest(text, start, limit)
        end = furthest if furthest == len(text) else _best_end(text, start, furthest, sentence_ends)
        yield start, start + len(text[start:end].rstrip())
        start = end


def _furthest(text: str, start: int, limit: int) -> int:
    """Just after the last character that still fits."""
    end = min(len(text), start + limit)
    excess = utf16_length(text[start:end]) - limit
    while excess > 0:
        end -= 1
        excess -= utf16_length(text[end])
    return end


def _best_end(text: str, start: int, furthest: int, sentence_ends: Sequence[int]) -> int:
    """The last end of a sentence, else of a word, else as far as it goes."""
    inside = [end for end in sentence_ends if start < end <= furthest]
    if inside:
        return inside[-1]
    space = next((place for place in range(furthest, start, -1) if text[place].isspace()), 0)
    return space or furthest


def _between(runs: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    offset = 0
    for run in runs:
        text = run.text[max(0, start - offset) : max(0, end - offset)]
        if text:
            yield Run(text, run.tags)
        offset += len(run.text)


def _html(runs: Iterable[Run]) -> str:
    """HTML in which a tag stays open from run to run as long as they share it."""
    written: list[str] = []
    opened: tuple[str, ...] = ()
    for run in (*runs, Run("")):
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(opened, run.tags, strict=False)))
        written += [f"</{tag.split()[0]}>" for tag in reversed(opened[shared:])]
        written += [f"<{tag}>" for tag in run.tags[shared:]]
        written.append(escape(run.text, quote=False))
        opened = run.tags
    return "".join(written)
