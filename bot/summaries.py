"""``/tomtat`` over documents: the collection at a glance, one document, a subject, or a text that somebody sent."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from textwrap import shorten
from typing import TYPE_CHECKING

from bot.commands import SUMMARY, Chat, find_call
from bot.listing import (
    choices,
    document_asked_for,
    is_number,
    is_short_name,
    page_asked_for,
    show_document,
    show_page,
)
from bot.replies import (
    Action,
    Choice,
    DocumentSummary,
    Line,
    Overview,
    Refusal,
    Reply,
    SubjectSummary,
    Suggestions,
    TextSummary,
    Understood,
)
from bot.texts import TEXTS, Language, Texts
from bot.turns import Summarised, Turn, Turns
from index.documents import Length, Source
from index.vietnamese import clean, fold, sentence_spans, syllables

if TYPE_CHECKING:
    from bot.conversation import Message
    from index.collection import Collection

LENGTH_WORDS: Mapping[Length, Mapping[Language, str]] = {
    Length.SHORT: {Language.VI: "ngan", Language.EN: "short"},
    Length.NORMAL: {Language.VI: "vua", Language.EN: "normal"},
    Length.LONG: {Language.VI: "dai", Language.EN: "long"},
}
"""What a person types after the command to see the same shorter or longer."""

_LENGTHS = {
    Length.SHORT: ("ngắn", "ngắn hơn", "ngắn gọn", "ngắn gọn hơn", "ngắn lại", "gọn hơn", "short", "shorter"),
    Length.NORMAL: ("vừa", "vừa phải", "normal", "medium"),
    Length.LONG: ("dài", "dài hơn", "chi tiết", "chi tiết hơn", "đầy đủ", "đầy đủ hơn", "long", "longer"),
}
_DOCUMENTS = {"tailieu", "documents", "document", "docs"}
_THIS = re.compile("(?:bai|bai bao|bai viet|tai lieu|van ban|tin) (?:nay|do|tren|vua roi|vua xong)|no")
"""What means the document that was quoted or summarised last, without diacritics."""
_ALL = re.compile(
    "het|tat ca|het tat ca|toan bo|all|everything|"
    "(?:(?:het|tat ca|toan bo|moi)(?: cac)?|cac|nhung) (?:bai|bai bao|bai viet|tai lieu|van ban|tin)"
)
"""What means every document, without diacritics."""
_ABOUT = re.compile(r"(?:về|about)\s+", re.IGNORECASE)
_PAGE = 5
"""Documents on a page of the collection at a glance."""
_GLANCE = 2
"""Sentences of each of them."""
_TOO_SHORT = 2
"""Sentences that need no summary."""
_TEXT_CHARACTERS, _TEXT_SENTENCES = 200, 3
"""What is longer than either is no subject: it is a text."""
_LONGEST = 1000
"""Characters that a quotation may have."""
_TITLES = 5
"""Documents whose titles may name a subject."""
_ECHO = 80
"""Characters of a subject that are repeated."""


class Summaries:
    """Summarises documents, and texts that people send."""

    def __init__(self, collection: "Collection", turns: Turns) -> None:
        """Make it.

        Args:
            collection: The documents.
            turns: Remembers where each person stands.
        """
        self._collection = collection
        self._turns = turns

    async def concerns(self, message: "Message", argument: str) -> bool:
        """Whether the command is about documents or a text, where it could be about the talk of a chat too.

        Outside of private chats it is where it names documents, has a text after it or replies to one, or is said to an
        answer or a summary of documents. In private it is, but where it is said to a digest of talk that was sent there.
        """
        private = message.chat is Chat.PRIVATE
        length = length_asked_for(argument)
        if length or not argument:
            turn = message.earlier or (await self._turns.last(message.asker) if length else None) or Turn()
            if turn.summarised:
                return bool(message.replied) or not turn.summarised.of_talk
            answers = message.earlier is not None and turn.place > 0
            return bool(message.replied) or private or answers
        if private or page_asked_for(argument) or is_short_name(argument) or _is_text(argument):
            return True
        return _after_documents(argument) is not None

    async def reply(self, message: "Message", argument: str) -> Reply:
        """The reply to the command."""
        reply = await self._summarise(message, argument)
        if reply.turn:
            await self._turns.keep(message.asker, reply.turn)
        return reply

    async def _summarise(self, message: "Message", argument: str) -> Reply:
        texts = TEXTS[message.language]
        turn = message.earlier or await self._turns.last(message.asker) or Turn()
        named = _after_documents(argument)
        if _is_text(argument):
            call = find_call(clean(message.text).strip(), message.face)
            return await self._text(call.text if call else argument, Length.NORMAL, turn, texts, pasted=True)
        argument = argument if named is None else named
        length = length_asked_for(argument)
        if length or (not argument and named is None):
            if message.replied and named is None:
                pasted = message.in_place and turn.summarised is not None and turn.summarised.pasted
                return await self._text(message.replied, length or Length.NORMAL, turn, texts, pasted=pasted)
            if length or message.earlier:
                return await self._again(message, length or Length.NORMAL, turn, texts)
        return await self._asked_for(argument, turn, message.chat, texts)

    async def _asked_for(self, argument: str, turn: Turn, chat: Chat, texts: Texts) -> Reply:
        """The page of the collection, the document or the subject that some words mean."""
        if page := page_asked_for(argument):
            return await self.show_page(replace(turn, page=page), chat, texts)
        if is_number(argument) or is_short_name(argument):
            return await self._numbered(argument, turn, chat, texts)
        plain = fold(argument).lower()
        if _ALL.fullmatch(plain):
            return await self.show_page(replace(turn, page=1), chat, texts)
        if _THIS.fullmatch(plain) and turn.summarised and turn.summarised.document:
            return await self._document(turn.summarised.document, Length.NORMAL, turn, texts)
        if _THIS.fullmatch(plain) and turn.place:
            return await self._quoted(turn, texts)
        return await self._subject(_ABOUT.sub("", argument, count=1), Length.NORMAL, turn, texts)

    async def _again(self, message: "Message", length: Length, turn: Turn, texts: Texts) -> Reply:
        """What was summarised, or quoted, in another length; where there is nothing of the kind, all at a glance."""
        match turn.summarised:
            case Summarised(document=key) if key:
                return await self._document(key, length, turn, texts)
            case Summarised(subject=subject) if subject:
                return await self._subject(subject, length, turn, texts)
            case Summarised(text=True):
                return _say(texts.text_not_kept)
            case None if message.earlier and turn.place:
                return await self._quoted(turn, texts, length)
        return await self.show_page(replace(turn, page=turn.page if is_glance(turn) else 1), message.chat, texts)

    # --- Documents ---------------------------------------------------------------------------------------------------

    async def _quoted(self, turn: Turn, texts: Texts, length: Length = Length.NORMAL) -> Reply:
        """The document that the answer of a turn was quoted from."""
        findings = await self._collection.ask(turn.question, first=turn.place - 1)
        if not findings.answers:
            return _say(texts.document_gone)
        return await self._document(findings.answers[0].source.key, length, turn, texts)

    async def show_page(self, turn: Turn, chat: Chat, texts: Texts) -> Reply:
        """The collection at a glance, at the turn's page, as it is shown in a kind of chat."""
        held = (await self._collection.statistics()).documents
        pages = -(-held // _PAGE)
        if not held:
            return _say(texts.no_documents)
        if turn.page > pages:
            return _say(texts.no_more_summaries)
        first = (turn.page - 1) * _PAGE
        entries = await self._collection.page(first, _PAGE)
        shown = [await self.of_document(entry.source, Length.SHORT, _GLANCE) for entry in entries]
        part = Overview(tuple(shown), first + 1, turn.page, pages)
        return Reply(
            (Line(texts.overview(held, chat is Chat.PRIVATE)), part),
            (Action.NEXT,) if turn.page < pages else (),
            replace(turn, summarised=Summarised()),
            choices(SUMMARY, part, texts),
        )

    async def of_document(self, source: Source, length: Length, sentences: int | None = None) -> DocumentSummary:
        """The summary of a document, of so many sentences at most; empty where the document is gone."""
        summary = await self._collection.summarise(source.key, length)
        paragraphs = [_bounded(point.text) for point in summary.points] if summary else []
        text = (" " if length is Length.SHORT else "\n").join(paragraphs)
        if sentences is not None:
            text = text[: max((end for _, end in islice(sentence_spans(text), sentences)), default=0)]
        return DocumentSummary(source, text)

    async def _numbered(self, argument: str, turn: Turn, chat: Chat, texts: Texts) -> Reply:
        held = (await self._collection.statistics()).documents
        if not held:
            return _say(texts.no_documents)
        found = await document_asked_for(argument, self._collection)
        if found is None:
            return _say(texts.choose_summary(held, chat is Chat.PRIVATE))
        return await self._document(found[1].source.key, Length.NORMAL, turn, texts)

    async def _document(self, key: str, length: Length, turn: Turn, texts: Texts) -> Reply:
        place, entries = await self._collection.place(key), await self._collection.entries([key])
        if place is None or not entries:
            return _say(texts.document_gone)
        part = await self.of_document(entries[0].source, length)
        others = Choice(texts.other_documents, show_page(SUMMARY, place // _PAGE + 1))
        summarised = Summarised(document=key, length=length)
        return Reply(
            (part,),
            turn=replace(turn, page=0, summarised=summarised),
            choices=(lengths(length, texts), (others,)),
        )

    # --- Subjects and texts ------------------------------------------------------------------------------------------

    async def _subject(self, subject: str, length: Length, turn: Turn, texts: Texts) -> Reply:
        if not any(character.isalnum() for character in subject):
            return _say(texts.no_words)
        echo = shorten(subject, _ECHO, placeholder="…")
        summary = await self._collection.summarise_subject(subject, length)
        understood = (Understood(summary.understood),) if summary.understood else ()
        if not summary.points:
            if titled := await self._titled(subject):
                return await self._document(titled.key, length, turn, texts)
            if not (await self._collection.statistics()).documents:
                return Reply((Refusal(texts.no_documents),))
            nearest = [Suggestions(texts.covered, summary.suggestions)] if summary.suggestions else []
            return Reply((*understood, Refusal(texts.unknown_subject(echo), (echo,)), *nearest))
        points = tuple(replace(point, text=_bounded(point.text)) for point in summary.points)
        return Reply(
            (*understood, Line(texts.about_subject(echo), (echo,)), SubjectSummary(points)),
            turn=replace(turn, page=0, summarised=Summarised(subject=subject, length=length)),
            choices=(lengths(length, texts),),
        )

    async def _titled(self, subject: str) -> Source | None:
        """The document whose title names a subject that no text speaks of: "nội quy" means "Nội quy thư viện"."""
        wanted = fold(" ".join(syllables(subject)))
        for source, _ in await self._collection.search_documents(subject, top=_TITLES):
            if f" {wanted} " in f" {fold(' '.join(syllables(source.title)))} ":
                return source
        return None

    async def _text(self, said: str, length: Length, turn: Turn, texts: Texts, *, pasted: bool) -> Reply:
        text = clean(said).strip()
        long = len(list(sentence_spans(text))) > _TOO_SHORT
        sentences = await self._collection.summarise_text(text, length) if long else ()
        if not sentences:
            return _say(texts.too_short_to_summarise)
        return Reply(
            (Line(texts.about_text), TextSummary(sentences)),
            turn=replace(turn, page=0, summarised=Summarised(text=True, length=length, pasted=pasted)),
            choices=(lengths(length, texts),),
        )


def length_asked_for(argument: str) -> Length | None:
    """The length that is asked for, with or without diacritics, or ``None`` where something else is."""
    asked = argument.lower()
    named = (length for length, names in _LENGTHS.items() if any(asked in {name, fold(name)} for name in names))
    return next(named, None)


def _is_text(argument: str) -> bool:
    """Whether what follows the command is too much for a subject."""
    return len(argument) > _TEXT_CHARACTERS or len(list(sentence_spans(argument))) > _TEXT_SENTENCES


def is_glance(turn: Turn) -> bool:
    """Whether the collection at a glance was shown last."""
    return turn.summarised is not None and replace(turn.summarised, length=Length.NORMAL) == Summarised()


def longer(source: Source, texts: Texts) -> Choice:
    """What shows more of a document than its short summary."""
    return Choice(texts.longer_summary, show_document(SUMMARY, source))


def _after_documents(argument: str) -> str | None:
    """What follows the word for documents that an argument begins with; ``None`` where it begins otherwise."""
    words = argument.split()
    for count in (2, 1):
        if fold("".join(words[:count])).lower() in _DOCUMENTS:
            return " ".join(words[count:])
    return None


def lengths(shown: Length, texts: Texts) -> tuple[Choice, ...]:
    """What shows the same shorter or longer; the length that is shown is marked."""
    return tuple(
        Choice(f"✓ {name}" if length is shown else name, f"/{SUMMARY.name} {LENGTH_WORDS[length][Language.VI]}")
        for length, name in texts.lengths.items()
    )


def _bounded(text: str) -> str:
    """A quotation on one line; a sentence that never ends is cut."""
    return shorten(text, _LONGEST, placeholder="…")


def _say(text: str) -> Reply:
    return Reply((Line(text),))
