"""Styled text, and how it is cut into messages: at sentence ends, never inside a tag, as Telegram counts.

What is not the bot's own is made inert in each of them, for where it is cut decides too what Telegram finds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise, takewhile

from telegram.constants import MessageLimit

from bot.telegram.inert import WORD_JOINER, breaks
from index.vietnamese import sentence_spans

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
"""UTF-16 units that a message may have once its entities are parsed."""

_VERBATIM = "code"
_DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows: a title could so make the rest of a message read backwards."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is styled alike.

    Attributes:
        text: What is read, unescaped.
        tags: The HTML tags around it with their attributes, the outermost first. Telegram finds nothing in ``code``.
        own: Whether the bot itself says it, so that the commands in it work.
    """

    text: str
    tags: tuple[str, ...] = ()
    own: bool = False

    @property
    def stays(self) -> bool:
        """Whether it is sent as it stands."""
        return self.own or _VERBATIM in self.tags


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
    runs = [replace(run, text=run.text.translate(_DIRECTIONS)) for run in runs]
    text = "".join(run.text for run in runs)
    sentence_ends = _ends(text, utf16_length(text) + sum(1 for _ in breaks(text)), limit)
    cut, start = [], _next_word(text, 0)
    while start < len(text):
        end, piece = _piece(runs, text, start, limit, sentence_ends)
        cut.append(piece)
        start = _next_word(text, end)
    return cut


def _next_word(text: str, place: int) -> int:
    return len(text) - len(text[place:].lstrip())


def _piece(runs: Sequence[Run], text: str, start: int, limit: int, sentence_ends: Sequence[int]) -> tuple[int, Piece]:
    """The message that begins at a place, and where it ends: there is room in it for what makes it inert."""
    room = limit
    while True:
        furthest = _furthest(text, start, room)
        end = furthest if furthest == len(text) else _best_end(text, start, furthest, sentence_ends)
        inert = _inert(list(_between(runs, start, start + len(text[start:end].rstrip()))))
        plain = "".join(run.text for run in inert)
        excess = utf16_length(plain) - limit
        if excess <= 0:
            return end, Piece(_html(inert), plain)
        room -= excess


def _inert(runs: Sequence[Run]) -> list[Run]:
    """Runs in which nothing can be tapped but links and what is the bot's own."""
    stays = [run.stays for run in runs for _ in run.text]
    places = [place for place in breaks("".join(run.text for run in runs)) if not (stays[place - 1] and stays[place])]
    broken, start = [], 0
    for run in runs:
        end = start + len(run.text)
        inside = [place - start for place in places if start < place <= end]
        stretches = [run.text[one:other] for one, other in pairwise([0, *inside, len(run.text)])]
        broken.append(replace(run, text=WORD_JOINER.join(stretches)))
        start = end
    return broken


def _ends(text: str, length: int, limit: int) -> list[int]:
    """Where the sentences of a text that must be cut end."""
    return [end for _, end in sentence_spans(text)] if length > limit else []


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
            yield replace(run, text=text)
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
