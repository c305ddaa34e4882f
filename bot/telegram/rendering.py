"""Replies as messages: what is bold, quoted and linked, in Telegram's HTML."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from bot.replies import (
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Entries,
    Line,
    Overview,
    Part,
    QuestionChart,
    Refusal,
    Reply,
    SaidOtherwise,
    SubjectSummary,
    Suggestions,
    TalkSummary,
    TextSummary,
    Understood,
)
from bot.telegram.splitting import Piece, Run, pieces
from bot.texts import TEXTS, Language, Texts
from index.documents import Entry, Post, Remark, Shared, Source, Span, Thread

_BOLD = "b"
_QUOTED = "blockquote expandable"
_FILE = "code"
_LIGHT = "i"
_NEW_PARAGRAPH = "\n\n"
_WEB = ("http://", "https://")
_LONGEST_LINK = 2048
"""Characters: an address longer than this is not linked to."""


def rendered(reply: Reply, language: Language) -> list[Piece]:
    """The messages that a reply takes, in order."""
    texts = TEXTS[language]
    runs: list[Run] = []
    for part in reply.parts:
        if runs:
            runs.append(Run(_NEW_PARAGRAPH))
        runs += _rendered(part, texts)
    return pieces(runs)


def _rendered(part: Part, texts: Texts) -> Iterator[Run]:
    match part:
        case Line() | Refusal():
            yield from _said(part)
        case Understood(question):
            yield Run(texts.understood(question), (_LIGHT,))
        case Suggestions(lead, questions):
            yield Run(lead, own=True)
            yield Run("".join(f"\n• {question}" for question in questions))
        case Answered():
            yield from _answered(part, texts)
        case SaidOtherwise(lead, quotation, source, heading):
            yield Run(f"{lead}\n")
            yield from _marked(quotation.answer, quotation.answer_words)
            yield Run("\n\n")
            yield from _cited(source, texts, heading)
        case DocumentSummary(source, summary):
            yield from _cited(source, texts)
            yield from (Run(f"{_NEW_PARAGRAPH}{paragraph}") for paragraph in summary.splitlines())
        case DocumentList() | Entries():
            yield from _listed(part, texts)
        case Overview() | SubjectSummary() | TextSummary() | TalkSummary() | QuestionChart():
            yield from _summary(part, texts)
        case CommandList(listed):
            yield Run("\n".join(f"{command} – {description}" for command, description in listed), own=True)


def _said(part: Line | Refusal) -> Iterator[Run]:
    """What the bot says, apart from what it cites: all of it, where that does not stand by itself in it."""
    cited = sorted({text for text in part.cited if text}, key=len, reverse=True)
    by_itself = rf"((?<!\w)(?:{'|'.join(map(re.escape, cited))})(?!\w))"
    stretches = re.split(by_itself, part.text) if cited else [part.text]
    found = set(stretches[1::2])
    for place, stretch in enumerate(stretches):
        yield Run(stretch, own=place % 2 == 0 and found.issuperset(cited))


def _summary(
    part: Overview | SubjectSummary | TextSummary | TalkSummary | QuestionChart, texts: Texts
) -> Iterator[Run]:
    match part:
        case Overview():
            for number, document in enumerate(part.documents, part.first):
                yield Run(f"{'' if number == part.first else _NEW_PARAGRAPH}{texts.number(number)}. ")
                yield from _cited(document.source, texts)
                yield Run(f"\n{document.summary}")
        case SubjectSummary():
            yield from _subject(part, texts)
        case TextSummary(sentences):
            yield Run("\n".join(f"• {sentence}" for sentence in sentences))
        case TalkSummary():
            yield from _talk(part, texts)
        case QuestionChart():
            yield Run(texts.chart(part.questions, part.share, part.slowest.slowest, part.slowest.day))


def _answered(part: Answered, texts: Texts) -> Iterator[Run]:
    """The answering sentence, its passage where that says more, and the citation; in a wider context that alone."""
    quotation = part.quotation
    if not part.wider:
        yield from _marked(quotation.answer, quotation.answer_words)
    if part.wider or quotation.answer != quotation.text:
        yield Run("" if part.wider else "\n")
        yield from _marked(quotation.text, quotation.words, _QUOTED)
        yield Run("\n")
    else:
        yield Run("\n\n")
    yield from _cited(part.source, texts, part.heading)


def _marked(text: str, words: Span, *tags: str) -> Iterator[Run]:
    """A text between tags, with the words that answer in bold."""
    start, end = words
    yield Run(text[:start], tags)
    yield Run(text[start:end], (*tags, _BOLD))
    yield Run(text[end:], tags)


def _subject(part: SubjectSummary, texts: Texts) -> Iterator[Run]:
    """Paragraphs, each with the number of its source, and the sources below."""
    for text, number in part.paragraphs:
        yield Run(f"{text} ")
        yield Run(f"[{texts.number(number)}]", _link(part.sources[number - 1].url))
        yield Run(_NEW_PARAGRAPH)
    yield Run(texts.sources)
    for number, source in enumerate(part.sources, 1):
        yield Run(f"\n{texts.number(number)}. ")
        yield from _cited(source, texts)


def _talk(part: TalkSummary, texts: Texts) -> Iterator[Run]:
    """How much was said, the threads of it, the questions left open, and what was shared."""
    digest = part.digest
    yield Run(texts.talk(digest.posts, digest.people, part.since, part.until, part.most))
    for thread in digest.threads:
        yield Run(_NEW_PARAGRAPH)
        yield from _thread(thread, part, texts)
    if digest.questions:
        yield Run(_NEW_PARAGRAPH)
        yield Run(texts.open_questions, (_BOLD,))
        yield from _remarks(digest.questions, part, texts)
    if digest.shared:
        yield Run(_NEW_PARAGRAPH)
        yield Run(texts.shared, (_BOLD,))
        for shared, post in digest.shared:
            yield from _shared(shared, post, part, texts)


def _thread(thread: Thread, part: TalkSummary, texts: Texts) -> Iterator[Run]:
    size = texts.thread(thread.posts, thread.people)
    if thread.subject:
        yield Run(", ".join(thread.subject), (_BOLD,))
        yield Run(f" · {size}")
    else:
        yield Run(size)
    yield from _remarks(thread.remarks, part, texts)


def _remarks(remarks: Sequence[Remark], part: TalkSummary, texts: Texts) -> Iterator[Run]:
    """Each on a line of its own, under who said it and when: that leads to the message, where Telegram has a link."""
    for remark in remarks:
        yield Run("\n• ")
        yield from _said_by(remark.post, part, texts)
        yield Run(f": {_on_one_line(remark.text)}")


def _shared(shared: Shared, post: Post, part: TalkSummary, texts: Texts) -> Iterator[Run]:
    yield Run("\n• ")
    yield Run(_on_one_line(shared.name), _link(shared.url))
    yield Run(" (")
    yield from _said_by(post, part, texts)
    yield Run(")")


def _said_by(post: Post, part: TalkSummary, texts: Texts) -> Iterator[Run]:
    name = _on_one_line(post.author)
    yield Run(texts.said_by(name, part.shown(post.sent), not part.on_one_day), _link(post.link))


def _cited(source: Source, texts: Texts, heading: str | None = None) -> Iterator[Run]:
    """A document's title, linked to its source, with the heading quoted from and the date where they are known.

    A document without a link is cited by its title and its file.
    """
    yield Run(source.title, _link(source.url))
    if heading:
        yield Run(f" › {heading}")
    if source.date:
        yield Run(f" ({texts.day(source.date)})")
    if not source.url:
        yield Run(" · ")
        yield Run(source.key, (_FILE,))


def _listed(part: DocumentList | Entries, texts: Texts) -> Iterator[Run]:
    for place, entry in enumerate(part.entries):
        number = f"{texts.number(part.first + place)}. " if isinstance(part, DocumentList) else ""
        yield Run("\n" * bool(place) + number)
        yield from _entry(entry, texts)


def _entry(entry: Entry, texts: Texts) -> Iterator[Run]:
    """A document, cited, with its size and the site that it links to."""
    yield from _cited(entry.source, texts)
    yield Run(f" · {texts.size(entry.passages, entry.syllables)}")
    if _link(entry.source.url):
        yield Run(f" · {urlsplit(entry.source.url or '').hostname or ''}")


def web_address(url: str | None) -> str | None:
    """An address, if it is one of the web's that can be linked to: nothing that an app would open or run."""
    return url if url and len(url) <= _LONGEST_LINK and url.lower().startswith(_WEB) else None


def _link(url: str | None) -> tuple[str, ...]:
    """The tag that links to an address, if it is one of the web's."""
    return (f'a href="{escape(address)}"',) if (address := web_address(url)) else ()


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
