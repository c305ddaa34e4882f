"""Replies as messages: what is bold, quoted and linked, in Telegram's HTML."""

from collections.abc import Iterator
from html import escape

from bot.replies import (
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Line,
    Part,
    Refusal,
    Reply,
    Suggestions,
    Understood,
)
from bot.telegram.splitting import Piece, Run, pieces
from bot.texts import TEXTS, Language, Texts
from index.documents import Source, Span

_BOLD = "b"
_QUOTED = "blockquote expandable"
_FILE = "code"
_LIGHT = "i"
_LONGEST_LINK = 2048
"""Characters: an address longer than this is not linked to."""


def rendered(reply: Reply, language: Language) -> list[Piece]:
    """The messages that a reply takes, in order."""
    texts = TEXTS[language]
    runs: list[Run] = []
    for part in reply.parts:
        if runs:
            runs.append(Run("\n\n"))
        runs += _rendered(part, texts)
    return pieces(runs)


def _rendered(part: Part, texts: Texts) -> Iterator[Run]:
    match part:
        case Line(text) | Refusal(text):
            yield Run(text)
        case Understood(question):
            yield Run(texts.understood(question), (_LIGHT,))
        case Suggestions(lead, questions):
            yield Run("\n".join([lead, *(f"• {question}" for question in questions)]))
        case Answered():
            yield from _answered(part, texts)
        case DocumentSummary(source, summary):
            yield from _cited(source, texts)
            yield Run(f"\n\n{summary}")
        case DocumentList():
            for number, source in enumerate(part.sources, part.first):
                yield Run(f"{texts.number(number)}. " if number == part.first else f"\n{texts.number(number)}. ")
                yield from _cited(source, texts)
        case CommandList(listed):
            yield Run("\n".join(f"{command} – {description}" for command, description in listed))


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


def _cited(source: Source, texts: Texts, heading: str | None = None) -> Iterator[Run]:
    """A document's title, linked to its source, with the heading quoted from and the date where they are known.

    A document without a link is cited by its title and its file.
    """
    yield Run(source.title, _link(source))
    if heading:
        yield Run(f" › {heading}")
    if source.date:
        yield Run(f" ({texts.day(source.date)})")
    if not source.url:
        yield Run(" · ")
        yield Run(source.key, (_FILE,))


def _link(source: Source) -> tuple[str, ...]:
    if not source.url or len(source.url) > _LONGEST_LINK:
        return ()
    return (f'a href="{escape(source.url)}"',)
