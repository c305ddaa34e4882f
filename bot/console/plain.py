"""The conversation through a pipe: a message a line in, plain replies out."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from bot.commands import Face
from bot.console.streams import decoded
from bot.conversation import Conversation, Message
from bot.counts import DayCount, share
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
from bot.texts import TEXTS, Language, Texts
from bot.turns import Asker
from index.documents import Entry, Post, Source

ASKER = Asker(chat="console", person="console")
"""The one person in the one conversation of a terminal."""


async def answer_lines(conversation: Conversation, language: Language, lines: Iterable[bytes], out: TextIO) -> None:
    """Reply to each line, with an empty line after each reply, until the lines end or the person leaves."""
    for line in lines:
        reply = await conversation.reply(Message(decoded(line), ASKER, language, Face.CONSOLE))
        out.write(f"{plain_text(reply, language)}\n\n")
        out.flush()
        if reply.leaves:
            break


def plain_text(reply: Reply, language: Language) -> str:
    """A reply as lines of text, without colour and without what could be done next."""
    return "\n".join(line for part in reply.parts for line in _lines(part, TEXTS[language]))


def cited(source: Source, texts: Texts, heading: str | None = None) -> str:
    """A document's title, with the heading quoted from and the date where they are known."""
    date = f" ({texts.day(source.date)})" if source.date else ""
    return f"{source.title}{f' › {heading}' if heading else ''}{date}"


def listed(entry: Entry, texts: Texts) -> str:
    """A document, cited, with its size and where it is from."""
    source = entry.source
    size = texts.size(entry.passages, entry.syllables)
    return f"{cited(source, texts)} · {size} · {source.url or source.key}"


def said_by(post: Post, part: TalkSummary, texts: Texts) -> str:
    """Who said something, and when."""
    return texts.said_by(post.author, part.shown(post.sent), not part.on_one_day)


def counted(day: DayCount, texts: Texts) -> str:
    """The questions of a day."""
    return texts.day_count(day.questions, share(day.answered, day.questions), day.slowest)


def _lines(part: Part, texts: Texts) -> Iterator[str]:
    match part:
        case Line(text=text) | Refusal(text=text):
            yield text
        case Understood(question):
            yield texts.understood(question)
        case Suggestions(lead, questions):
            yield lead
            yield from (f"- {question}" for question in questions)
        case Answered() | SaidOtherwise():
            yield from _answered(part, texts)
        case DocumentSummary(source, summary):
            yield cited(source, texts)
            yield summary
            yield source.url or source.key
        case DocumentList() | Entries():
            yield from _listed(part, texts)
        case Overview() | SubjectSummary() | TextSummary() | TalkSummary():
            yield from _summary(part, texts)
        case QuestionChart(days):
            yield texts.chart(part.questions, part.share, part.slowest.slowest, part.slowest.day)
            yield from (f"- {texts.day(day.day)}: {counted(day, texts)}" for day in days if day.questions)
        case CommandList(commands):
            yield from (f"{command}: {description}" for command, description in commands)


def _answered(part: Answered | SaidOtherwise, texts: Texts) -> Iterator[str]:
    if isinstance(part, SaidOtherwise):
        yield part.lead
    yield part.quotation.text if isinstance(part, Answered) and part.wider else part.quotation.answer
    yield cited(part.source, texts, part.heading)
    yield part.source.url or part.source.key


def _listed(part: DocumentList | Entries, texts: Texts) -> Iterator[str]:
    if isinstance(part, DocumentList):
        return (f"{number}. {listed(entry, texts)}" for number, entry in enumerate(part.entries, part.first))
    return (listed(entry, texts) for entry in part.entries)


def _summary(part: Overview | SubjectSummary | TextSummary | TalkSummary, texts: Texts) -> Iterator[str]:
    match part:
        case Overview():
            for number, document in enumerate(part.documents, part.first):
                yield f"{texts.number(number)}. {cited(document.source, texts)}"
                yield document.summary
                yield document.source.url or document.source.key
        case SubjectSummary():
            yield from (f"{text} [{texts.number(number)}]" for text, number in part.paragraphs)
            yield texts.sources
            for number, source in enumerate(part.sources, 1):
                yield f"{texts.number(number)}. {cited(source, texts)}"
                yield source.url or source.key
        case TextSummary(sentences):
            yield from (f"- {sentence}" for sentence in sentences)
        case TalkSummary():
            yield from _talk(part, texts)


def _talk(part: TalkSummary, texts: Texts) -> Iterator[str]:
    digest = part.digest
    yield texts.talk(digest.posts, digest.people, part.since, part.until, part.most)
    for thread in digest.threads:
        yield " · ".join(filter(None, [", ".join(thread.subject), texts.thread(thread.posts, thread.people)]))
        yield from (f"- {said_by(remark.post, part, texts)}: {remark.text}" for remark in thread.remarks)
    if digest.questions:
        yield texts.open_questions
        yield from (f"- {said_by(remark.post, part, texts)}: {remark.text}" for remark in digest.questions)
    if digest.shared:
        yield texts.shared
        for shared, post in digest.shared:
            yield f"- {shared.url or shared.name} ({said_by(post, part, texts)})"
