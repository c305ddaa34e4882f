"""Commands about the conversation itself: its language, what is stored of people, and what the owner can learn."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from bot import commands
from bot.chats.places import KEEPS_TALK, TOLD_OF_KEEPING
from bot.commands import Command
from bot.counts import DAYS, last_days
from bot.faults import passed_over
from bot.replies import Choice, Line, Part, QuestionChart, Reply, Suggestions
from bot.texts import TEXTS, Language
from bot.turns import Asker
from index.vietnamese import fold

if TYPE_CHECKING:
    from bot.chats import Chats
    from bot.chats.feedback import Asked
    from bot.conversation import Message

_NAMES: Mapping[Language, str] = {Language.VI: "Tiếng Việt", Language.EN: "English"}
_CALLED = {
    Language.VI: {"vi", "viet", "tieng viet", "vietnamese", "vietnam", "viet nam"},
    Language.EN: {"en", "anh", "tieng anh", "english", "eng"},
}
_ON, _OFF = {"bat", "on"}, {"tat", "off"}
_YES, _ALL, _NO = "xacnhan", "canhom", "thoi"
"""What confirms that data is deleted: one's own, or the whole group's; and what does not."""


class Housekeeping:
    """Carries out the commands that concern what is kept of chats and people."""

    def __init__(self, chats: "Chats", owners: Collection[int], today: Callable[[], dt.date] = dt.date.today) -> None:
        """Make it.

        Args:
            chats: What is kept.
            owners: The numbers of the people who own the bot.
            today: The day it is for the owner.
        """
        self._chats = chats
        self._owners = owners
        self._today = today
        self.commands: Mapping[Command, Callable[[Message, str], Awaitable[Reply]]] = {
            commands.LANGUAGE: self._language,
            commands.PRIVACY: self._privacy,
            commands.FORGET: self._forget,
            commands.KEEPING: self._keeping,
            commands.REPORT: self._report,
            commands.STATISTICS: self._statistics,
        }

    def owns(self, asker: Asker) -> bool:
        """Whether someone owns the bot."""
        return int(asker.person) in self._owners

    async def note_question(self, question: str, *, answered: bool, seconds: float) -> None:
        """Count a question, and note it if it found no answer. Where that cannot be written, it is answered all the same.

        Args:
            question: As it was read.
            answered: Whether the documents answer it.
            seconds: How long its reply took to be made.
        """
        with passed_over("a question is"):
            await self._chats.counts.count(self._today(), answered=answered, seconds=seconds)
            if not answered:
                await self._chats.feedback.note_unanswered(question)

    # --- Language ----------------------------------------------------------------------------------------------------

    async def _language(self, message: "Message", argument: str) -> Reply:
        typed = fold(argument).lower()
        chosen = next((one for one, names in _CALLED.items() if typed in names), None)
        if chosen is None:
            choices = tuple(Choice(name, _say(commands.LANGUAGE, one)) for one, name in _NAMES.items())
            return Reply((Line(TEXTS[message.language].choose_language),), choices=(choices,))
        if not message.manages:
            return Reply((Line(TEXTS[message.language].admins_only),))
        await self._chats.places.choose_language(_chat(message.asker), chosen)
        return Reply((Line(TEXTS[chosen].language_chosen),))

    # --- What is stored ----------------------------------------------------------------------------------------------

    async def _privacy(self, message: "Message", _: str) -> Reply:
        texts = TEXTS[message.language]
        stored = await self._chats.privacy.stored_of_person(int(message.asker.person))
        if not stored.anything:
            return Reply((Line(texts.nothing_kept), Line(texts.becomes_documents)))
        choice = Choice(texts.forget_mine, _say(commands.FORGET))
        days = self._chats.messages.days
        kept = texts.kept(stored.turns, stored.answers, stored.votes, stored.messages, days)
        return Reply((Line(kept), Line(texts.becomes_documents)), choices=((choice,),))

    async def _forget(self, message: "Message", argument: str) -> Reply:
        texts = TEXTS[message.language]
        of_group = message.manages and not _is_private(message.asker)
        match fold(argument).lower().replace(" ", ""):
            case answer if answer == _YES:
                await self._chats.privacy.forget_person(int(message.asker.person))
                return Reply((Line(texts.forgotten),))
            case answer if answer == _ALL:
                if not of_group:
                    return Reply((Line(texts.admins_only),))
                await self._chats.privacy.forget_chat(_chat(message.asker))
                return Reply((Line(texts.forgotten),))
            case answer if answer == _NO:
                return Reply((Line(texts.not_forgotten),))
        group = [Choice(texts.forget_group, _say(commands.FORGET, _ALL))] if of_group else []
        mine = Choice(texts.forget_mine, _say(commands.FORGET, _YES))
        nothing = Choice(texts.forget_nothing, _say(commands.FORGET, _NO))
        return Reply((Line(texts.forget),), choices=tuple((choice,) for choice in (mine, *group, nothing)))

    async def _keeping(self, message: "Message", argument: str) -> Reply:
        """Tell whether what is said in a group or channel is kept, or have it kept or not."""
        texts, days = TEXTS[message.language], self._chats.messages.days
        if _is_private(message.asker):
            return Reply((Line(texts.in_groups_only),))
        if not days:
            return Reply((Line(texts.never_kept_for_digests),))
        chosen = fold(argument).lower()
        if chosen in _ON | _OFF:
            if not message.manages:
                return Reply((Line(texts.admins_only),))
            if chosen in _OFF:
                return await self._stop_keeping(message)
            await self._chats.places.choose(_chat(message.asker), KEEPS_TALK, None)
        return await self._told_of_keeping(message)

    async def _stop_keeping(self, message: "Message") -> Reply:
        chat = _chat(message.asker)
        await self._chats.places.choose(chat, KEEPS_TALK, value=False)
        await self._chats.messages.forget_chat(chat)
        return Reply((Line(TEXTS[message.language].talk_erased),))

    async def _told_of_keeping(self, message: "Message") -> Reply:
        texts, chat = TEXTS[message.language], _chat(message.asker)
        if not (await self._chats.places.get(chat)).keeps_talk:
            choice = Choice(texts.keep_talk, _say(commands.KEEPING, "bat"))
            return Reply((Line(texts.not_kept_for_digests),), choices=((choice,),))
        await self._chats.places.choose(chat, TOLD_OF_KEEPING, value=True)
        choice = Choice(texts.stop_keeping_talk, _say(commands.KEEPING, "tat"))
        hidden = () if message.hears_all else (Line(texts.how_to_hear),)
        return Reply((Line(texts.kept_for_digests(self._chats.messages.days)), *hidden), choices=((choice,),))

    # --- The owner ---------------------------------------------------------------------------------------------------

    async def _report(self, message: "Message", _: str) -> Reply:
        texts = TEXTS[message.language]
        if refusal := self._refused(message):
            return refusal
        report = await self._chats.feedback.report()

        def listed(lead: str, asked: "Sequence[Asked]") -> list[Part]:
            return [Suggestions(lead, tuple(texts.times(one.question, one.times) for one in asked))] if asked else []

        return Reply(
            (
                Line(texts.report(report.up, report.down)),
                *listed(texts.report_unanswered, report.unanswered),
                *listed(texts.report_disliked, report.disliked),
            )
        )

    async def _statistics(self, message: "Message", _: str) -> Reply:
        if refusal := self._refused(message):
            return refusal
        today = self._today()
        counted = await self._chats.counts.since(today - dt.timedelta(days=DAYS))
        return Reply((QuestionChart(last_days(counted, today)),))

    def _refused(self, message: "Message") -> Reply | None:
        """What someone else than the owner, alone with the bot, is told."""
        texts = TEXTS[message.language]
        if not self.owns(message.asker):
            return Reply((Line(texts.owners_only),))
        return None if _is_private(message.asker) else Reply((Line(texts.in_private_only),))


def _say(command: Command, argument: str = "") -> str:
    return f"/{command.name} {argument}".rstrip()


def _chat(asker: Asker) -> int:
    return int(asker.chat.partition("/")[0])


def _is_private(asker: Asker) -> bool:
    """Whether someone speaks in their own private chat, which has their number; anonymous admins have their group's."""
    return _chat(asker) == int(asker.person) > 0
