"""Replies in colour, wrapped to the width of the terminal."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot import commands
from bot.console.plain import cited
from bot.replies import (
    Action,
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Line,
    Part,
    Quotation,
    Refusal,
    Reply,
    Suggestions,
    Understood,
)
from bot.texts import TEXTS, Language, Texts
from index.documents import Source

_WIDEST = 100
"""Columns: longer lines are hard to read."""
_ANSWER = "bold green"
_LINK = "blue"
_COMMANDS = {Action.NEXT: commands.NEXT, Action.WIDER: commands.CONTEXT}


def show(reply: Reply, language: Language) -> None:
    """Print a reply to the terminal, between empty lines."""
    console = Console(highlight=False)
    texts = TEXTS[language]
    shown = [renderable for part in reply.parts for renderable in _rendered(part, texts)]
    if hint := _hint(reply, language):
        shown.append(Text(hint, style="dim"))
    console.print(Group(Text(), *shown, Text()), width=min(console.width, _WIDEST), crop=False)


def _rendered(part: Part, texts: Texts) -> Iterator[RenderableType]:
    match part:
        case Line(text) | Refusal(text):
            yield Text(text)
        case Understood(question):
            yield Text(f"{texts.understood(question)}\n", style="dim italic")
        case Suggestions(lead, questions):
            yield Text(f"\n{lead}")
            yield from (Padding(Text(question, style="italic"), (0, 0, 0, 2)) for question in questions)
        case Answered():
            yield from _answered(part, texts)
        case DocumentSummary(source, summary):
            yield from _citation(source, texts)
            yield Padding(Text(summary), (1, 0, 0, 0))
        case DocumentList():
            rows = [
                (f"{number}.", Text(cited(source, texts))) for number, source in enumerate(part.sources, part.first)
            ]
            yield _columns(rows)
        case CommandList(listed):
            yield _columns([(command, Text(description)) for command, description in listed])


def _answered(part: Answered, texts: Texts) -> Iterator[RenderableType]:
    quotation = part.quotation
    if not part.wider:
        answer = Text(quotation.answer)
        answer.stylize(_ANSWER, *quotation.answer_words)
        yield answer
    if part.wider or quotation.answer != quotation.text:
        yield Padding(_Quoted(quotation), (0 if part.wider else 1, 0, 0, 0))
    yield Text()
    yield from _citation(part.source, texts, part.heading)


def _citation(source: Source, texts: Texts, heading: str | None = None) -> Iterator[RenderableType]:
    yield Text(cited(source, texts, heading), style="bold")
    if source.url:  # Never broken, so that it can be clicked and copied.
        yield Text(source.url, style=Style(color=_LINK, link=source.url), no_wrap=True, overflow="ignore")
    else:
        yield Text(source.key, style="dim")


def _columns(rows: list[tuple[str, Text]]) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column()
    for left, right in rows:
        table.add_row(left, right)
    return Padding(table, (0, 0, 0, 2))


def _hint(reply: Reply, language: Language) -> str:
    """Where the person stands, and what they can type to go on."""
    texts = TEXTS[language]
    names = {Action.NEXT: texts.next, Action.WIDER: texts.wider}
    return " · ".join(
        [place for part in reply.parts if (place := _place(part, texts))]
        + [f"{names[action]}: {_COMMANDS[action].typed(language)}" for action in reply.actions]
    )


def _place(part: Part, texts: Texts) -> str:
    match part:
        case Answered(place=place, total=total) if total > 1:
            return f"{texts.number(place)}/{texts.number(total)}"
        case DocumentList(page=page, pages=pages) if pages > 1:
            return texts.page(page, pages)
        case _:
            return ""


class _Quoted:
    """A quotation with a bar at its left; what stands around the answering sentence is dimmed."""

    def __init__(self, quotation: Quotation) -> None:
        self._text = Text(quotation.text)
        start, end = quotation.sentence
        self._text.stylize("dim", 0, start)
        self._text.stylize("dim", end)
        self._text.stylize(_ANSWER, *quotation.words)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._text.wrap(console, options.max_width - 2):
            yield Text.assemble(("│ ", "dim"), line)
