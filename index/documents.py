"""The plain things that travel between the rooms: documents, passages, hits and answers."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Span = tuple[int, int]
"""Start and end offsets in a text, the end excluded, in characters."""

Progress = Callable[[int, int], None]
"""Called with how much is done, and how much there is in all."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a document's text: where it stands, and how deep (1 is the highest)."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer cites. Without a ``url``, the title and the ``key`` are the citation."""

    key: str
    title: str
    url: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read, ready to be cut into passages.

    Attributes:
        key: Where it came from, unique in a collection: for a file, its path below the documents folder.
        title: The author's, or one made from the text; never empty.
        text: The body that is quoted from: cleaned, without title, front matter and source line.
        url: The link to its source, or ``None``.
        date: When it was published, or ``None``.
        summary: The author's own summary, or ``None``. It is part of ``text`` too.
        headings: The headings in ``text``, in order.
    """

    key: str
    title: str
    text: str
    url: str | None = None
    date: dt.date | None = None
    summary: str | None = None
    headings: tuple[Heading, ...] = ()

    @property
    def source(self) -> Source:
        """How the document is cited."""
        return Source(self.key, self.title, self.url, self.date)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some whole sentences of a document, about 100 words.

    Attributes:
        source: The document it was cut from.
        number: Its place among the document's passages, from 0.
        start: Offset of its first character in ``Document.text``.
        text: ``Document.text[start:end]``.
        sentences: Where its sentences stand, as offsets in its own ``text``.
        heading: The heading it stands under, or ``None``.
    """

    source: Source
    number: int
    start: int
    text: str
    sentences: tuple[Span, ...]
    heading: str | None = None

    @property
    def end(self) -> int:
        """Offset in ``Document.text`` just after its last character."""
        return self.start + len(self.text)

    @property
    def id(self) -> str:
        """Names the passage in a collection: the document's key and the passage's number."""
        return f"{self.source.key}#{self.number}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    Attributes:
        passage: The passage.
        score: BM25 of the passage plus that of its whole document, both summed over the fields; above 0, no upper end.
        document_score: The document's part of ``score``.
        parts: BM25 of the passage and of its document, field by field.
        relevance: What hits are ordered by, once their passages have been read: the log-odds of answering, without a
            zero that would mean the same for every question.
        clues: What of the question was found in the passage, once it has been read.
    """

    passage: Passage
    score: float
    document_score: float
    parts: Mapping[str, float] = field(default_factory=dict, compare=False)
    relevance: float = 0.0
    clues: Mapping[str, float] = field(default_factory=dict, compare=False)


class Grade(StrEnum):
    """How sure an answer is, in a word."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, quoted from a passage.

    Attributes:
        text: Whole sentences, as they stand in the document, or clauses of one that is very long.
        span: The words of ``text`` that answer, as offsets in ``text``; empty (0, 0) where none stand out.
        start: Offset of ``text`` in ``passage.text``.
        passage: The passage it was quoted from.
        confidence: How sure it is that this answers the question, from 0 to 1.
        grade: The same in a word.
    """

    text: str
    span: Span
    start: int
    passage: Passage
    confidence: float
    grade: Grade = Grade.SURE

    @property
    def source(self) -> Source:
        """The document that it cites."""
        return self.passage.source

    @property
    def marked(self) -> str:
        """The words of ``text`` that answer."""
        return self.text[slice(*self.span)]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document's text, wider than a passage; ``start`` is its offset in ``Document.text``."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What a collection has to say to a question.

    Attributes:
        question: The question as it was understood.
        answers: Those that were wanted, the best first.
        total: How many there are in all; none when the documents hold no answer.
        otherwise: What other documents answer that cannot be right where the best answer is, the likeliest first; hardly
            ever anything.
        suggestions: When there is no answer: what the documents do cover, nearest first, as titles of documents.
        understood: The question with its diacritics, where something was read into it that could surprise whoever typed
            it: a slip mended, keys of Telex or VNI, an abbreviation that may stand for several things; else empty.
        unmentioned: When there is no answer: what the question names that no document mentions.
    """

    question: str
    answers: tuple[Answer, ...] = ()
    total: int = 0
    otherwise: tuple[Answer, ...] = ()
    suggestions: tuple[str, ...] = ()
    understood: str = ""
    unmentioned: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the documents hold an answer."""
        return self.total > 0


class Length(StrEnum):
    """How much a summary tells."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Point:
    """What a summary quotes from one place of a document: whole sentences, as they stand there."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Summary:
    """What some documents say, in the order it is best read.

    Attributes:
        points: Empty when there is nothing to say.
        suggestions: When there is nothing: what the documents do cover, nearest first, as titles of documents.
        understood: The subject as it was read, where something was read into it; else empty.
    """

    points: tuple[Point, ...] = ()
    suggestions: tuple[str, ...] = ()
    understood: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A link or a file that somebody shared; a file has no ``url``."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Something said in a chat.

    Attributes:
        key: Names it among all posts.
        person: Names who said it, for telling people apart; never shown.
        author: What they are called.
        sent: When, with a time zone.
        text: What was said, cleaned; may be empty where something was only shared.
        reply_to: The key of the post that it replies to, or ``None``.
        link: Where it can be read, or ``None``.
        shared: The links and files in it.
    """

    key: str
    person: str
    author: str
    sent: dt.datetime
    text: str
    reply_to: str | None = None
    link: str | None = None
    shared: tuple[Shared, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What is quoted of a post: its text, or the weightiest sentences of a long one."""

    text: str
    post: Post


@dataclass(frozen=True, slots=True)
class Thread:
    """Posts that belong together.

    Attributes:
        subject: The words that tell it from the other threads, as they were typed, the weightiest first.
        posts: How many posts it has.
        people: How many people took part.
        remarks: Its weightiest posts, in the order they were sent.
    """

    subject: tuple[str, ...]
    posts: int
    people: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What was said in a chat.

    Attributes:
        posts: How many posts it is made from, those that do not count (greetings, single words) left out.
        people: How many people wrote them.
        threads: The weightiest threads, in the order they began.
        questions: Questions that nobody answered, in the order they were asked.
        shared: Links and files, each once, with the post that it came in.
    """

    posts: int
    people: int
    threads: tuple[Thread, ...] = ()
    questions: tuple[Remark, ...] = ()
    shared: tuple[tuple[Shared, Post], ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not indexed, and why.

    Attributes:
        key: The file's path below the documents folder.
        reason: A word for each cause, as in ``readers.Unreadable``.
        detail: What a person needs to mend it; may be empty.
    """

    key: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What indexing a folder changed, by the keys of the documents."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as a list tells of it.

    Attributes:
        source: How it is cited.
        passages: How many passages it has.
        syllables: About how many syllables: titles and headings count wherever they are searched with.
        origin: The key of what it came from with others; empty if it came by itself.
    """

    source: Source
    passages: int
    syllables: int
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What took the place of what under a key, so that it can be undone.

    Attributes:
        key: The document's key.
        before: Hash of the content before; empty where there was none.
        after: Hash of the content after; empty where there is none.
    """

    key: str
    before: str
    after: str


class Outcome(StrEnum):
    """What came of adding a document."""

    ADDED = "added"
    REPLACED = "replaced"
    """Another was there under its key, and was replaced."""
    REMOVED = "removed"
    """It came from the same origin, which does not hold it any more."""
    UNCHANGED = "unchanged"
    """It was there already."""
    DUPLICATE = "duplicate"
    """Its content was there already, under another key."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding one document.

    Attributes:
        outcome: What was done.
        entry: The document as it is there now; of one that is removed, as it was; of a duplicate, the one that was there.
        replacement: What that was in the collection, or ``None`` where it was nothing.
        replaced: How the document was cited that it replaced, or ``None``.
    """

    outcome: Outcome
    entry: Entry
    replacement: Replacement | None = None
    replaced: Source | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was removed by hand, and what that was in the collection."""

    entry: Entry
    replacement: Replacement


@dataclass(frozen=True, slots=True)
class Undone:
    """A document whose replacement was undone, and whether it is there now."""

    source: Source
    there: bool


@dataclass(frozen=True, slots=True)
class Statistics:
    """The size of a collection."""

    documents: int
    passages: int
    words: int
