"""What to reply to what: takes a message, gives a reply, and knows nothing of how either travels."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import commands
from bot.adding import is_address
from bot.commands import Chat, Command, Face, commands_in, find_call, nearest_command
from bot.digests import is_request
from bot.earlier import asks
from bot.followups import asked_instead, asks_who_says, in_full
from bot.listing import choices, document_asked_for, names_number, page_asked_for, show_page
from bot.replies import (
    Action,
    Answered,
    Choice,
    CommandList,
    DocumentList,
    DocumentSummary,
    Entries,
    Line,
    Part,
    Quotation,
    Refusal,
    Reply,
    SaidOtherwise,
    Suggestions,
    Understood,
)
from bot.smalltalk import Talk, recognise, without_courtesies
from bot.spoken import says, summary_asked_for, wanted
from bot.summaries import LENGTH_WORDS, Summaries, is_glance, length_asked_for, longer
from bot.texts import TEXTS, Language, Texts
from bot.turns import Asker, Summarised, Turn, Turns
from index.documents import Answer, Findings, Grade, Length
from index.vietnamese import clean

if TYPE_CHECKING:
    from bot.adding import Given
    from bot.digests import Digests
    from bot.housekeeping import Housekeeping
    from index.collection import Collection
    from index.documents import Progress

QUESTION_LIMIT = 1000
"""Characters that a question may have."""

_OF_GROUPS = {commands.SCHEDULE, commands.KEEPING}
"""Commands that are known where they can do nothing."""
_PAGE = 10
"""Documents on a page of the list."""
_WIDEST = 8000
"""Characters up to which an answer is shown in a wider context."""
_EXAMPLES = 50
"""Titles, the newest, among which that is looked for."""
_EXAMPLE = 50
"""Characters of a title that makes a good example question."""
_ECHO = 30
"""Characters of an unknown command that are repeated."""
_SOURCE = (
    *(
        "nguồn",
        "nguồn đâu",
        "nguồn ở đâu",
        "nguồn nào",
        "nguồn gì",
        "nguồn là gì",
        "có nguồn",
        "dẫn nguồn",
        "từ nguồn nào",
    ),
    *("link", "link đâu", "link bài", "link bài báo", "link bài viết", "link gốc", "link nguồn", "có link", "gửi link"),
    *("bài gốc", "bài gốc đâu", "source"),
)
"""What asks for the source of what was shown."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something a person said.

    Attributes:
        text: As it was typed, without the bot's own name.
        asker: Who said it, and in which chat.
        language: The language to reply in.
        face: Where it was said.
        earlier: The turn of the reply that it answers, or that its button is on, where there is one.
        manages: Whether who said it may choose for everybody in the chat.
        chat: The kind of chat that it was said in.
        replied: What somebody else said that it replies to; empty where it replies to nothing.
        hears_all: Whether Telegram shows the bot every message of the chat.
        in_place: Whether the reply takes the place of an earlier one, instead of being a message more.
        given: What it brings that can be added to the documents.
        progress: Is told how far something is that takes long.
    """

    text: str
    asker: Asker
    language: Language
    face: Face
    earlier: Turn | None = None
    manages: bool = True
    chat: Chat = Chat.PRIVATE
    replied: str = ""
    hears_all: bool = True
    in_place: bool = False
    given: "Given | None" = None
    progress: "Progress | None" = None


Answering = Callable[[Message, str], Awaitable[Reply]]
"""What replies to a command, given the message and the text after the command."""


class Conversation:
    """Replies to messages out of a collection, and remembers where each person stands."""

    def __init__(
        self,
        collection: "Collection",
        turns: Turns,
        housekeeping: "Housekeeping | None" = None,
        digests: "Digests | None" = None,
        others: Mapping[Command, Answering] | None = None,
    ) -> None:
        """Begin a conversation.

        Args:
            collection: The documents.
            turns: Remembers where each person stands.
            housekeeping: Carries out the commands that concern what is kept of chats and people, where anything is.
            digests: Carries out the commands that concern the talk of groups and channels, where it is kept.
            others: What replies to other commands.
        """
        self._collection = collection
        self._turns = turns
        self._housekeeping = housekeeping
        self._summaries = Summaries(collection, turns)
        of_talk = digests.commands if digests else {}
        self._digested = of_talk.get(commands.SUMMARY)
        self._called: dict[Command, Answering] = {
            commands.START: self._start,
            commands.HELP: self._help,
            commands.DOCUMENTS: self._documents,
            commands.NEXT: self._next,
            commands.CONTEXT: self._wider,
            commands.QUIT: self._quit,
            commands.ASK: self._hear,
            **(housekeeping.commands if housekeeping else {}),
            **of_talk,
            **(others or {}),
            commands.SUMMARY: self._summarise,
        }

    async def reply(self, message: Message) -> Reply:
        """The reply to a message."""
        texts = TEXTS[message.language]
        text = clean(message.text).strip()
        call = find_call(text, message.face)
        if len(text) > QUESTION_LIMIT and not (call and call.command is commands.SUMMARY):
            return _say(texts.too_long(len(text), QUESTION_LIMIT))
        if call and call.command in self._called:
            return await self._called[call.command](message, call.argument)
        if text == "/":
            return await self._help(message, "")
        if text.startswith("/"):
            return _known_elsewhere(text, message, texts) or _unknown(text, message)
        if message.face is Face.CONSOLE and commands.ADD in self._called and self._owns(message) and _is_link(text):
            return _say(texts.how_to_add_here)
        return await self._answer(message, text)

    async def _answer(self, message: Message, text: str) -> Reply:
        """The reply to what is no command."""
        texts = TEXTS[message.language]
        if shown := await self._of_what_is_shown(message, wanted(text)):
            return shown
        if talk := recognise(text):
            return await self._chat(talk, message, texts)
        if not any(character.isalnum() for character in text):
            return _say(texts.no_words if message.text.strip() else texts.empty)
        question = " ".join(without_courtesies(text).split())
        if message.chat is Chat.PRIVATE and (argument := summary_asked_for(question)) is not None:
            return await self._summarise(message, argument)
        if says(text, _SOURCE) and (source := await self._source(await self._turn(message), texts)):
            return source
        return await self._ask(message, question)

    async def _of_what_is_shown(self, message: Message, asked: str) -> Reply | None:
        """The reply to what is asked of a list or a summary: a document of the one, by its number, the other in another length.

        It is ``None`` where something else is asked, or neither was shown last.
        """
        in_length, by_number = length_asked_for(asked), names_number(asked)
        if not in_length and not by_number:
            return None
        turn = await self._turn(message)
        summarised = turn.summarised
        if summarised and in_length:
            return await self._summarise(replace(message, earlier=turn), asked)
        if not by_number:
            return None
        if turn.page and not is_glance(turn):
            return await self._documents(message, asked)
        if is_glance(turn) or (summarised and summarised.document):
            return await self._summaries.reply(replace(message, earlier=turn), asked)
        return None

    async def act(
        self, action: Action, turn: Turn | None, asker: Asker, language: Language, chat: Chat = Chat.PRIVATE
    ) -> Reply:
        """The reply to an action on an earlier reply, given that reply's turn (``None`` where it is gone).

        Where it shows another page, that tells how to go on in that kind of chat.
        """
        texts, turn = TEXTS[language], turn or Turn()
        acted = self._show_next(turn, chat, texts) if action is Action.NEXT else self._show_wider(turn, texts)
        return await self._kept(asker, await acted)

    async def offers(self, text: str, *, first: int, count: int) -> Sequence[Answered | DocumentSummary]:
        """Answers to a question while it is typed: nothing of it is remembered.

        Args:
            text: What was typed so far. Where that is nothing, documents are offered.
            first: How many offers to leave out.
            count: How many to give at most.
        """
        text = clean(text).strip()
        if not any(character.isalnum() for character in text):
            entries = await self._collection.page(first, count)
            return [await self._summaries.of_document(entry.source, Length.SHORT) for entry in entries]
        if text.startswith("/") or len(text) > QUESTION_LIMIT:
            return []
        findings = await self._collection.ask(without_courtesies(text), first=first, count=count, limit=first + count)
        return [
            Answered(_quoted(answer), answer.source, answer.passage.heading, place, findings.total)
            for place, answer in enumerate(findings.answers, first + 1)
        ]

    async def _kept(self, asker: Asker, reply: Reply) -> Reply:
        if reply.turn:
            await self._turns.keep(asker, reply.turn)
        return reply

    # --- Questions ---------------------------------------------------------------------------------------------------

    async def _ask(self, message: Message, question: str) -> Reply:
        begun = time.perf_counter()
        earlier = await self._turn(message)
        stem = earlier.stem or earlier.question
        full = await self._in_full(question, stem) if stem else None
        findings = await self._collection.ask(full or question)
        turn = Turn(findings.question, place=1, stem=stem if full and asks_who_says(full) else "")
        reply = await self._show_answer(findings, turn, TEXTS[message.language])
        read_in_vain = full and not findings.answered and not earlier.place
        if (understood := findings.understood or full) and not read_in_vain:
            reply = replace(reply, parts=(Understood(understood), *reply.parts))
        if self._housekeeping:
            seconds = time.perf_counter() - begun
            await self._housekeeping.note_question(full or question, answered=findings.answered, seconds=seconds)
        is_remark = not asks(full or question)  # Or a subject in passing.
        if is_remark and not findings.answered and earlier != Turn():
            await self._turns.keep(message.asker, earlier if stem else replace(earlier, question=findings.question))
            return replace(reply, turn=None)
        return await self._kept(message.asker, reply)

    async def _turn(self, message: Message) -> Turn:
        """What a message goes on from: the reply that it answers, or what was said last."""
        return message.earlier or await self._turns.last(message.asker) or Turn()

    async def _in_full(self, question: str, stem: str) -> str | None:
        """What a follow-up on a question asks, as the documents would write it; ``None`` where it stands by itself."""
        if await asyncio.to_thread(in_full, question, stem) is None:
            return None
        subject = asked_instead(question)
        stem, subject = await self._collection.written(stem), await self._collection.written(subject)
        full = await asyncio.to_thread(in_full, question, stem, subject)
        return full and await self._collection.written(full)

    async def _show_answer(self, findings: Findings, turn: Turn, texts: Texts) -> Reply:
        """The answer at the turn's place, given the findings from there on, or what is said where there is none."""
        if not findings.answered:
            return await self._refuse(findings, replace(turn, place=0), texts)
        total = findings.total
        if not findings.answers:
            return _say(texts.no_more_answers(total))
        (answer,) = findings.answers
        part = Answered(_quoted(answer), answer.source, answer.passage.heading, turn.place, total)
        actions = (Action.NEXT, Action.WIDER) if turn.place < total else (Action.WIDER,)
        doubt = {Grade.LIKELY: texts.likely, Grade.UNSURE: texts.unsure}.get(answer.grade)
        otherwise = [_said_otherwise(other, answer, texts) for other in findings.otherwise if turn.place == 1]
        return Reply((*([Line(doubt)] if doubt else []), part, *otherwise), actions, turn)

    async def _refuse(self, findings: Findings, turn: Turn, texts: Texts) -> Reply:
        named = findings.unmentioned
        parts: list[Part] = [Refusal(texts.unmentioned(named), named) if named else Refusal(texts.refusal)]
        if findings.suggestions:
            parts.append(Suggestions(texts.covered, findings.suggestions))
        elif example := await self._example(texts):
            parts += example
        else:
            parts = [Refusal(texts.no_documents)]
        return Reply(tuple(parts), turn=turn)

    # --- Actions -----------------------------------------------------------------------------------------------------

    async def _show_next(self, turn: Turn, chat: Chat, texts: Texts) -> Reply:
        if turn.page:
            paged = replace(turn, page=turn.page + 1)
            return await (
                self._summaries.show_page(paged, chat, texts) if is_glance(turn) else self._show_page(paged, texts)
            )
        if not turn.question:
            return _say(texts.nothing_asked)
        findings = await self._collection.ask(turn.question, first=turn.place)
        return await self._show_answer(findings, replace(turn, place=turn.place + 1, summarised=None, around=0), texts)

    async def _show_wider(self, turn: Turn, texts: Texts) -> Reply:
        findings = await self._collection.ask(turn.question, first=turn.place - 1) if turn.place else Findings("")
        if not findings.answers:
            return _say(texts.nothing_to_widen)
        (answer,) = findings.answers
        shown = await self._collection.context(answer.passage, turn.around)
        excerpt = await self._collection.context(answer.passage, turn.around + 1)
        if len(excerpt.text) <= len(shown.text):
            return _say(texts.nothing_wider)
        if len(excerpt.text) > _WIDEST:
            entries = await self._collection.entries([answer.source.key])
            return Reply((Line(texts.no_wider), Entries(tuple(entries))))
        quotation = _quoted(answer, excerpt.text, answer.passage.start - excerpt.start)
        part = Answered(quotation, answer.source, answer.passage.heading, turn.place, findings.total, wider=True)
        wider = replace(turn, page=0, summarised=None, around=turn.around + 1)
        return Reply((part,), (Action.NEXT,) if turn.place < findings.total else (), wider)

    async def _source(self, turn: Turn, texts: Texts) -> Reply | None:
        """The document that was summarised or quoted last, or where the sources stand of several; ``None`` where none was."""
        summarised = turn.summarised
        if summarised and (summarised.document or summarised.text):  # A text that somebody sent is no document.
            keys = [summarised.document]
        elif summarised or turn.page:
            return _say(texts.sources_above)
        else:
            findings = await self._collection.ask(turn.question, first=turn.place - 1) if turn.place else Findings("")
            keys = [answer.source.key for answer in findings.answers]
        entries = await self._collection.entries(keys)
        return Reply((Entries(tuple(entries)),)) if entries else None

    async def _show_page(self, turn: Turn, texts: Texts) -> Reply:
        held = await self._documents_held()
        pages = -(-held // _PAGE)
        if not held:
            return _say(texts.no_documents)
        if turn.page > pages:
            return _say(texts.no_more_documents)
        first = (turn.page - 1) * _PAGE
        part = DocumentList(tuple(await self._collection.page(first, _PAGE)), first + 1, turn.page, pages)
        actions = (Action.NEXT,) if turn.page < pages else ()
        listed = replace(turn, summarised=None)
        return Reply((Line(texts.documents(held)), part), actions, listed, choices(commands.DOCUMENTS, part, texts))

    # --- Commands ----------------------------------------------------------------------------------------------------

    async def _start(self, message: Message, _: str) -> Reply:
        texts = TEXTS[message.language]
        return Reply((Line(texts.welcome(await self._documents_held())), *await self._example(texts)))

    async def _help(self, message: Message, _: str) -> Reply:
        texts, language, in_private = TEXTS[message.language], message.language, message.chat is Chat.PRIVATE
        listed = CommandList(
            tuple(
                (command.typed(language), command.description(language, message.face))
                for command in commands_in(message.face)
                if command in self._called
                and (not command.owners or self._owns(message))
                and (in_private or Chat.GROUP in command.chats)
            )
        )
        if in_private:
            return Reply((Line(texts.help), listed, *await self._example(texts)))
        return Reply((Line(texts.help_in_group), listed, *([Line(texts.help_with_talk)] if self._digested else [])))

    async def _documents(self, message: Message, argument: str) -> Reply:
        texts = TEXTS[message.language]
        turn = await self._turns.last(message.asker) or Turn()
        page = page_asked_for(argument)
        if argument and not page:
            return await self._kept(message.asker, await self._document(argument, turn, texts))
        return await self._kept(message.asker, await self._show_page(replace(turn, page=page), texts))

    async def _document(self, argument: str, turn: Turn, texts: Texts) -> Reply:
        held = await self._documents_held()
        if not held:
            return _say(texts.no_documents)
        found = await document_asked_for(argument, self._collection)
        if found is None:
            return _say(texts.choose_document(held))
        number, source = found[0], found[1].source
        back = Choice(texts.all_documents, show_page(commands.DOCUMENTS, (number - 1) // _PAGE + 1))
        return Reply(
            (await self._summaries.of_document(source, Length.SHORT),),
            turn=replace(turn, summarised=Summarised(document=source.key, length=Length.SHORT)),
            choices=((longer(source, texts), back),),
        )

    async def _summarise(self, message: Message, argument: str) -> Reply:
        of_documents = not is_request(argument) and await self._summaries.concerns(message, argument)
        if self._digested and not of_documents:
            return await self._digested(message, argument)
        return await self._summaries.reply(message, argument)

    async def _hear(self, message: Message, question: str) -> Reply:
        if not question:
            texts = TEXTS[message.language]
            return Reply((Line(texts.go_ahead if message.face is Face.CONSOLE else texts.what_to_ask),), asks=True)
        return await self._answer(message, question)

    async def _next(self, message: Message, _: str) -> Reply:
        return await self.act(Action.NEXT, await self._turn(message), message.asker, message.language, message.chat)

    async def _wider(self, message: Message, _: str) -> Reply:
        turn = await self._turn(message)
        in_words = not message.text.lstrip().startswith("/")
        if in_words and turn.summarised and not is_glance(turn):  # More of a summary is a longer one.
            return await self._summarise(replace(message, earlier=turn), LENGTH_WORDS[Length.LONG][Language.VI])
        if in_words and turn.page:  # More of a list is its next page.
            return await self._next(message, "")
        return await self.act(Action.WIDER, turn, message.asker, message.language)

    async def _quit(self, message: Message, _: str) -> Reply:
        return Reply((Line(TEXTS[message.language].goodbye),), leaves=True)

    # --- Small talk --------------------------------------------------------------------------------------------------

    async def _chat(self, talk: Talk, message: Message, texts: Texts) -> Reply:
        match talk:
            case Talk.ABOUT:
                return Reply((Line(texts.about(await self._documents_held())), *await self._example(texts)))
            case Talk.GREETING:
                return Reply((Line(texts.greeting), *await self._example(texts)))
            case Talk.REQUEST:
                return Reply((Line(texts.go_ahead), *await self._example(texts)), asks=True)
            case Talk.COMPLAINT:
                return _say(texts.sorry(await self._has_next(await self._turn(message))))
            case Talk.THANKS | Talk.GOODBYE | Talk.AGREEMENT:
                lines = {Talk.THANKS: texts.thanks, Talk.GOODBYE: texts.goodbye, Talk.AGREEMENT: texts.agreement}
                return _say(lines[talk])

    async def _has_next(self, turn: Turn) -> bool:
        """Whether the documents hold another answer than the one that was shown last."""
        if not turn.place or turn.page or turn.summarised:
            return False
        return turn.place < (await self._collection.ask(turn.question)).total

    def _owns(self, message: Message) -> bool:
        """Whether someone owns the bot; where nothing is kept of people, whoever sits at the terminal does."""
        return self._housekeeping is None or self._housekeeping.owns(message.asker)

    async def _documents_held(self) -> int:
        return (await self._collection.statistics()).documents

    async def _example(self, texts: Texts) -> Sequence[Part]:
        """A question that the collection is sure to answer: the title of one of its documents."""
        titles = await self._collection.titles(_EXAMPLES)
        if not titles:
            return []
        return [Suggestions(texts.try_asking, (min(titles, key=lambda title: abs(len(title) - _EXAMPLE)),))]


def _say(text: str, *cited: str) -> Reply:
    return Reply((Line(text, cited),))


def _is_link(text: str) -> bool:
    """Whether a text is a web address that nobody would type for a name, as "TP.HCM"."""
    return ("/" in text or text.lower().startswith("www.")) and is_address(text)


def _known_elsewhere(text: str, message: Message, texts: Texts) -> Reply | None:
    """What is said to a command that is for another kind of chat; ``None`` where there is none of that name."""
    elsewhere = find_call(text, Face.TELEGRAM)
    if elsewhere and elsewhere.command in _OF_GROUPS:
        return _say(texts.in_groups_only)
    return _say(texts.in_telegram_only) if elsewhere and message.face is Face.CONSOLE else None


def _unknown(text: str, message: Message) -> Reply:
    typed = text.split(maxsplit=1)[0]
    nearest = nearest_command(text, message.face)
    shown = typed if len(typed) <= _ECHO else typed[:_ECHO] + "…"
    meant = nearest.typed(message.language) if nearest else None
    return _say(TEXTS[message.language].unknown_command(shown, meant), shown)


def _said_otherwise(other: Answer, answer: Answer, texts: Texts) -> SaidOtherwise:
    dates = other.source.date, answer.source.date
    newer = dates[0] > dates[1] if dates[0] and dates[1] and dates[0] != dates[1] else None
    return SaidOtherwise(texts.otherwise(newer), _quoted(other), other.source, other.passage.heading)


def _quoted(answer: Answer, text: str | None = None, offset: int = 0) -> Quotation:
    """An answer in its passage, or in a wider text in which the passage begins at ``offset``."""
    start = offset + answer.start
    words_start, words_end = answer.span
    return Quotation(
        text or answer.passage.text,
        sentence=(start, start + len(answer.text)),
        words=(start + words_start, start + words_end),
    )
