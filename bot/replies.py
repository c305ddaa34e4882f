"""A reply and what it is made of: plain things, without a word on how a face shows them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.turns import Turn
from index.documents import Source, Span


class Action(StrEnum):
    """What a person can do with a reply: a button in one face, a command in another."""

    NEXT = "next"
    WIDER = "wider"


@dataclass(frozen=True, slots=True)
class Line:
    """Something the bot says, in one or more lines."""

    text: str


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
class Understood:
    """The question that was read, where it was written out with the one before it, or mended."""

    question: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The documents hold no answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Things that can be asked, each as a person would type it."""

    lead: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A page of the list of documents; ``first`` is the number of the page's first document, from 1."""

    sources: tuple[Source, ...]
    first: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document: what it is about, and where it is from."""

    source: Source
    summary: str


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


Part = Line | Answered | Understood | Refusal | Suggestions | DocumentList | DocumentSummary | CommandList


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
    """

    parts: tuple[Part, ...]
    actions: tuple[Action, ...] = ()
    turn: Turn | None = None
    choices: tuple[tuple[Choice, ...], ...] = ()
    asks: bool = False
    leaves: bool = False
