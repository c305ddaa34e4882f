"""A reply and what it is made of: plain things, without a word on how a face shows them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.counts import DayCount, share
from bot.turns import Turn
from index.documents import Digest, Entry, Point, Source, Span


class Action(StrEnum):
    """What a person can do with a reply: a button in one face, a command in another."""

    NEXT = "next"
    WIDER = "wider"


@dataclass(frozen=True, slots=True)
class Line:
    """Something the bot says, in one or more lines.

    Attributes:
        text: What it says.
        cited: What in it others wrote or named, word for word.
    """

    text: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A document's own text, word for word.

    Attributes:
        text: The passage, or a wider stretch around it.
        sentence: Where the answering sentence stands in ``text``.
        words: Where the words that answer stand in ``text``; empty where none stand out.
    """

    text: str
    sentence: Span
    words: Span

    @property
    def answer(self) -> str:
        """The answering sentence."""
        return self.text[slice(*self.sentence)]

    @property
    def answer_words(self) -> Span:
        """Where the words that answer stand in :attr:`answer`."""
        start = self.sentence[0]
        return self.words[0] - start, self.words[1] - start


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of those found.

    Attributes:
        quotation: What is quoted.
        source: The document it is quoted from.
        heading: The heading it stands under, or ``None``.
        place: Its place among the answers found, from 1.
        total: How many were found.
        wider: Whether more is quoted than at first, because the person asked for it.
    """

    quotation: Quotation
    source: Source
    heading: str | None
    place: int
    total: int
    wider: bool = False


@dataclass(frozen=True, slots=True)
class SaidOtherwise:
    """What another document answers to the same question, and cannot be right where the answer above is.

    Attributes:
        lead: Tells so.
        quotation: What is quoted.
        source: The document it is quoted from.
        heading: The heading it stands under, or ``None``.
    """

    lead: str
    quotation: Quotation
    source: Source
    heading: str | None


@dataclass(frozen=True, slots=True)
class Understood:
    """The question that was read, where it was written out with the one before it, or mended."""

    question: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The documents hold no answer.

    Attributes:
        text: What is said of it.
        cited: As in :class:`Line`.
    """

    text: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Things that can be asked, each as a person would type it."""

    lead: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A page of the list of documents; ``first`` is the number of the page's first document, from 1."""

    entries: tuple[Entry, ...]
    first: int
    page: int
    pages: int

    @property
    def sources(self) -> tuple[Source, ...]:
        """How the documents are cited, in order."""
        return tuple(entry.source for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Entries:
    """Some documents, each with what a list tells of it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document: what it is about, a paragraph a line, and where it is from."""

    source: Source
    summary: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of the collection at a glance, newest first; ``first`` is the number of its first document, from 1."""

    documents: tuple[DocumentSummary, ...]
    first: int
    page: int
    pages: int

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents, in order."""
        return tuple(document.source for document in self.documents)


@dataclass(frozen=True, slots=True)
class SubjectSummary:
    """What the documents say about a subject: each point with the number of its source, the sources below."""

    points: tuple[Point, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents quoted, each once, in the order of their numbers, from 1."""
        return tuple(dict.fromkeys(point.source for point in self.points))

    @property
    def paragraphs(self) -> tuple[tuple[str, int], ...]:
        """What is quoted from one document in a row, with the number of that document."""
        numbers = {source: number for number, source in enumerate(self.sources, 1)}
        return tuple(
            (" ".join(point.text for point in points), numbers[source])
            for source, points in groupby(self.points, lambda point: point.source)
        )


@dataclass(frozen=True, slots=True)
class TextSummary:
    """The weightiest sentences of a text that somebody sent, in their order."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalkSummary:
    """What was said in a chat.

    Attributes:
        digest: The threads, the open questions, and what was shared.
        since: When it begins, in the time zone it is shown in.
        until: When it ends, in the same.
        most: Where more was said than can be told at once: how many messages, the latest, it is of.
    """

    digest: Digest
    since: dt.datetime
    until: dt.datetime
    most: int | None = None

    @property
    def on_one_day(self) -> bool:
        """Whether all of it was said on one day."""
        return self.since.date() == self.until.date()

    def shown(self, moment: dt.datetime) -> dt.datetime:
        """A moment in the time zone that the talk is shown in."""
        return moment.astimezone(self.since.tzinfo)


@dataclass(frozen=True, slots=True)
class QuestionChart:
    """How many questions were asked on each of some days, in order, and how they were answered."""

    days: tuple[DayCount, ...]

    @property
    def questions(self) -> int:
        """How many were asked in all."""
        return sum(day.questions for day in self.days)

    @property
    def share(self) -> int:
        """Whole per cent of them that were answered."""
        return share(sum(day.answered for day in self.days), self.questions)

    @property
    def slowest(self) -> DayCount:
        """The day with the slowest reply."""
        return max(self.days, key=lambda day: day.slowest)


@dataclass(frozen=True, slots=True)
class CommandList:
    """Commands, each as it is typed, with what it does."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be said to a reply.

    Attributes:
        label: What it is called.
        text: What a person would type to say it.
    """

    label: str
    text: str


Part = (
    Line
    | Answered
    | SaidOtherwise
    | Understood
    | Refusal
    | Suggestions
    | DocumentList
    | Entries
    | DocumentSummary
    | Overview
    | SubjectSummary
    | TextSummary
    | TalkSummary
    | QuestionChart
    | CommandList
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to one message.

    Attributes:
        parts: In the order they are read.
        actions: What can be done with it.
        turn: What the actions continue from; ``None`` where there is nothing to continue.
        choices: What can be said to it, in rows.
        asks: Whether it asks for a question, which is then the reply to it.
        leaves: Whether the person takes leave, and a face that can be left closes.
        privately: What stands for a digest that the person may have in their private chat; else empty.
    """

    parts: tuple[Part, ...]
    actions: tuple[Action, ...] = ()
    turn: Turn | None = None
    choices: tuple[tuple[Choice, ...], ...] = ()
    asks: bool = False
    leaves: bool = False
    privately: str = ""
