"""Replies in colour, wrapped to the width of the terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot import commands
from bot.console.plain import cited, counted, said_by
from bot.replies import (
    Action,
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Entries,
    Line,
    Overview,
    Part,
    QuestionChart,
    Quotation,
    Refusal,
    Reply,
    SaidOtherwise,
    SubjectSummary,
    Suggestions,
    TalkSummary,
    TextSummary,
    Understood,
)
from bot.summaries import LENGTH_WORDS
from bot.texts import TEXTS, Language, Texts
from index.documents import Remark, Source

_WIDEST = 100
"""Columns: longer lines are hard to read."""
_LONGEST_BAR = 20
_ANSWER = "bold green"
_LINK = "blue"
_COMMANDS = {Action.NEXT: commands.NEXT, Action.WIDER: commands.CONTEXT}


def show(reply: Reply, language: Language) -> None:
    """Print a reply to the terminal, between empty lines."""
    console = Console(highlight=False)
    texts = TEXTS[language]
    shown = [renderable for part in reply.parts for renderable in _rendered(part, texts)]
    if hint := _hint(reply, language):
        shown += [Text(), Text(hint, style="dim")]
    console.print(Group(Text(), *shown, Text()), width=min(console.width, _WIDEST), crop=False)


def _rendered(part: Part, texts: Texts) -> Iterator[RenderableType]:
    match part:
        case Line(text=text) | Refusal(text=text):
            yield Text(text)
        case Understood(question):
            yield Text(f"{texts.understood(question)}\n", style="dim italic")
        case Suggestions(lead, questions):
            yield Text(f"\n{lead}")
            yield from (Padding(Text(question, style="italic"), (0, 0, 0, 2)) for question in questions)
        case Answered() | SaidOtherwise():
            yield from _answered(part, texts)
        case DocumentSummary(source, summary):
            yield from _citation(source, texts)
            yield from (Padding(Text(paragraph), (1, 0, 0, 0)) for paragraph in summary.splitlines())
        case DocumentList() | Entries():
            yield from _listed(part, texts)
        case Overview() | SubjectSummary() | TextSummary() | TalkSummary():
            yield from _summary(part, texts)
        case QuestionChart():
            yield from _chart(part, texts)
        case CommandList(each):
            yield _columns([(command, Text(description)) for command, description in each])


def _summary(part: Overview | SubjectSummary | TextSummary | TalkSummary, texts: Texts) -> Iterator[RenderableType]:
    match part:
        case Overview():
            for number, document in enumerate(part.documents, part.first):
                yield Text()
                yield from _entry(f"{texts.number(number)}.", document.source, texts)
                yield Text(document.summary)
        case SubjectSummary():
            for text, number in part.paragraphs:
                yield Padding(Text.assemble(text, (f" [{texts.number(number)}]", _LINK)), (1, 0, 0, 0))
            yield Text(f"\n{texts.sources}")
            for number, source in enumerate(part.sources, 1):
                yield from _entry(f"{texts.number(number)}.", source, texts)
        case TextSummary(sentences):
            yield _columns([("•", Text(sentence)) for sentence in sentences])
        case TalkSummary():
            yield from _talk(part, texts)


def _chart(part: QuestionChart, texts: Texts) -> Iterator[RenderableType]:
    """A bar a day: as long as that day had questions, and coloured as far as they were answered."""
    yield Text(texts.chart(part.questions, part.share, part.slowest.slowest, part.slowest.day))
    most = max(day.questions for day in part.days)
    rows = []
    for day in part.days:
        if day.questions:
            answered, all_of_them = (-(-_LONGEST_BAR * count // most) for count in (day.answered, day.questions))
            bar = Text.assemble(("█" * answered, "green"), ("█" * (all_of_them - answered), "dim"))
            rows.append((texts.day(day.day), Text.assemble(bar, " ", counted(day, texts))))
    yield _columns(rows)


def _answered(part: Answered | SaidOtherwise, texts: Texts) -> Iterator[RenderableType]:
    quotation = part.quotation
    wider = isinstance(part, Answered) and part.wider
    if isinstance(part, SaidOtherwise):
        yield Text(f"\n{part.lead}\n")
    if not wider:
        answer = Text(quotation.answer)
        answer.stylize(_ANSWER, *quotation.answer_words)
        yield answer
    if isinstance(part, Answered) and (wider or quotation.answer != quotation.text):
        yield Padding(_Quoted(quotation), (0 if wider else 1, 0, 0, 0))
    yield Text()
    yield from _citation(part.source, texts, part.heading)


def _listed(part: DocumentList | Entries, texts: Texts) -> Iterator[RenderableType]:
    for place, entry in enumerate(part.entries):
        mark = f"{texts.number(part.first + place)}." if isinstance(part, DocumentList) else "•"
        yield from _entry(mark, entry.source, texts, f" · {texts.size(entry.passages, entry.syllables)}")


def _entry(mark: str, source: Source, texts: Texts, size: str = "") -> Iterator[RenderableType]:
    """A document in a list, after its number or another mark, and below it its link."""
    name, address = _citation(source, texts)
    yield Text.assemble((f"{mark} ", "cyan"), name, size)
    yield address


def _talk(part: TalkSummary, texts: Texts) -> Iterator[RenderableType]:
    digest = part.digest
    yield Text(texts.talk(digest.posts, digest.people, part.since, part.until, part.most))
    for thread in digest.threads:
        yield Text(f"\n{', '.join(thread.subject)}", style="bold")
        yield Text(texts.thread(thread.posts, thread.people), style="dim")
        yield _remarks(thread.remarks, part, texts)
    if digest.questions:
        yield Text(f"\n{texts.open_questions}", style="bold")
        yield _remarks(digest.questions, part, texts)
    if digest.shared:
        yield Text(f"\n{texts.shared}", style="bold")
        yield _columns(
            [(said_by(post, part, texts), Text(shared.url or shared.name)) for shared, post in digest.shared]
        )


def _remarks(remarks: Sequence[Remark], part: TalkSummary, texts: Texts) -> Padding:
    return _columns([(said_by(remark.post, part, texts), Text(remark.text)) for remark in remarks])


def _citation(source: Source, texts: Texts, heading: str | None = None) -> Iterator[Text]:
    yield Text(cited(source, texts, heading), style="bold")
    if source.url:  # Never broken, so that it can be clicked and copied.
        yield Text(source.url, style=Style(color=_LINK, link=source.url), no_wrap=True, overflow="ignore")
    else:
        yield Text(source.key, style="dim")


def _columns(rows: list[tuple[str, Text]]) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
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
        + _lengths(reply, language)
    )


def _lengths(reply: Reply, language: Language) -> list[str]:
    """What shows the summary of a document or subject shorter or longer."""
    summarised = reply.turn.summarised if reply.turn else None
    if summarised is None or not any(isinstance(part, DocumentSummary | SubjectSummary) for part in reply.parts):
        return []
    return [
        f"{TEXTS[language].lengths[length].lower()}: {commands.SUMMARY.typed(language)} {words[language]}"
        for length, words in LENGTH_WORDS.items()
        if length is not summarised.length
    ]


def _place(part: Part, texts: Texts) -> str:
    match part:
        case Answered(place=place, total=total) if total > 1:
            return f"{texts.number(place)}/{texts.number(total)}"
        case DocumentList(page=page, pages=pages) | Overview(page=page, pages=pages) if pages > 1:
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
