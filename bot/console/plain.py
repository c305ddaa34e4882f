"""The conversation through a pipe: a message a line in, plain replies out."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from bot.commands import Face
from bot.console.streams import decoded
from bot.conversation import Conversation, Message
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
from bot.texts import TEXTS, Language, Texts
from bot.turns import Asker
from index.documents import Source

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


def _lines(part: Part, texts: Texts) -> Iterator[str]:
    match part:
        case Line(text) | Refusal(text):
            yield text
        case Understood(question):
            yield texts.understood(question)
        case Suggestions(lead, questions):
            yield lead
            yield from (f"- {question}" for question in questions)
        case Answered():
            yield part.quotation.text if part.wider else part.quotation.answer
            yield cited(part.source, texts, part.heading)
            yield part.source.url or part.source.key
        case DocumentSummary(source, summary):
            yield cited(source, texts)
            yield summary
            yield source.url or source.key
        case DocumentList():
            yield from (f"{number}. {cited(source, texts)}" for number, source in enumerate(part.sources, part.first))
        case CommandList(listed):
            yield from (f"{command}: {description}" for command, description in listed)
