"""Who may speak to the bot, how often, and in which language they are answered: asked once, before every handler."""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from telegram import InlineQueryResultsButton, Message, Update, User
from telegram.constants import ChatType, MessageEntityType
from telegram.ext import ApplicationHandlerStop

from bot.chats import Chats
from bot.chats.places import Places
from bot.commands import HELP
from bot.settings import Settings, TelegramSettings
from bot.texts import TEXTS, Language

T = TypeVar("T")

_MINUTE = 60.0
_TOLD_AGAIN = 3600.0
"""Seconds until someone who may not speak here is told so again."""
_REMEMBERED = 10_000
"""People whose last questions are counted; the longest silent are forgotten first."""


def person_of(update: Update) -> int | None:
    """The number of who speaks: a person, or the chat that an anonymous admin or a channel speaks as."""
    message = update.effective_message
    if update.callback_query is None and message and message.sender_chat:
        return message.sender_chat.id
    return update.effective_user.id if update.effective_user else None


def is_addressed(message: Message, me: User) -> bool:
    """Whether a message is for the bot: in private always, elsewhere by a command, a mention or a reply to the bot."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    text = message.text or message.caption or ""
    if text.startswith("/"):
        name = text.split(maxsplit=1)[0]
        return "@" not in name or name.lower().endswith(f"@{me.username}".lower())
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id and not answered.forum_topic_created:
        return True
    kinds: list[str | None] = [MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION]
    mentions = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    return any(
        entity.user.id == me.id if entity.user else mention.lower() == f"@{me.username}".lower()
        for entity, mention in mentions.items()
    )


async def is_allowed(settings: TelegramSettings, places: Places, chat: int | None, person: int | None) -> bool:
    """Whether the owner lets somebody use the bot in a chat; one that was moved is known by its old number too."""
    if not settings.chats and not settings.users:
        return True
    if chat in settings.chats or person in settings.users | settings.admins:
        return True
    return chat is not None and not settings.chats.isdisjoint(await places.former_numbers(chat))


@dataclass(slots=True)
class _Asking:
    """When someone asked in the last minute, and whether they were told that it is too often."""

    times: deque[float] = field(default_factory=deque)
    told: bool = False


class Gatekeeper:
    """Lets updates through, or stops them."""

    def __init__(self, settings: Settings, chats: Chats, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._chats = chats
        self._clock = clock
        self._asking: OrderedDict[int, _Asking] = OrderedDict()
        self._turned_away: OrderedDict[int, float] = OrderedDict()

    async def admit(self, update: Update, me: User) -> None:
        """Let an update through, or say why not.

        Raises:
            ApplicationHandlerStop: It is not let through.
        """
        message = update.message or update.edited_message or update.channel_post or update.edited_channel_post
        chat = update.effective_chat.id if update.effective_chat else None
        if not await is_allowed(self._settings.telegram, self._chats.places, chat, person_of(update)):
            await self._turn_away(update)
            raise ApplicationHandlerStop
        person = person_of(update)
        if message and person is not None and is_addressed(message, me):
            await self._slow_down(update, message, person)

    async def language(self, update: Update) -> Language:
        """The language to answer in.

        In a group or channel what was chosen there; from a person what they chose, else what their app speaks; and
        where that says nothing, what the owner chose.
        """
        chat, person = update.effective_chat, update.effective_user
        if chat and chat.type != ChatType.PRIVATE:
            return (await self._chats.places.get(chat.id)).language or self._settings.language
        if person is None:
            return self._settings.language
        chosen = (await self._chats.places.get(person.id)).language
        return chosen or _spoken(person.language_code) or self._settings.language

    def is_owner(self, update: Update) -> bool:
        """Whether the bot's owner speaks, as themself."""
        return person_of(update) in self._settings.telegram.admins

    async def _turn_away(self, update: Update) -> None:
        """Say in private, once an hour, who can let this person in; on a button and inline, whenever that is used."""
        if query := update.callback_query:
            await query.answer(TEXTS[await self.language(update)].not_allowed(query.from_user.id))
        if inline := update.inline_query:
            button = InlineQueryResultsButton(TEXTS[await self.language(update)].not_for_all, start_parameter=HELP.name)
            await inline.answer([], cache_time=0, is_personal=True, button=button)
        message = update.message
        if message is None or message.chat.type != ChatType.PRIVATE:
            return
        told = self._turned_away.get(message.chat.id)
        if told is not None and self._clock() - told < _TOLD_AGAIN:
            return
        _keep(self._turned_away, message.chat.id, self._clock())
        await message.reply_text(TEXTS[await self.language(update)].not_allowed(message.chat.id))

    async def _slow_down(self, update: Update, message: Message, person: int) -> None:
        """Count a question, or stop it where there were too many in a minute."""
        limit = self._settings.telegram.questions_per_minute
        if not limit or person in self._settings.telegram.admins:  # They may send many files at once.
            return
        now = self._clock()
        asking = self._asking.setdefault(person, _Asking())
        _keep(self._asking, person, asking)
        while asking.times and now - asking.times[0] >= _MINUTE:
            asking.times.popleft()
        if len(asking.times) < limit:
            asking.times.append(now)
            asking.told = False
            return
        if not asking.told:
            asking.told = True
            wait = max(1, round(_MINUTE - (now - asking.times[0])))
            await message.reply_text(TEXTS[await self.language(update)].too_many_questions(wait))
        raise ApplicationHandlerStop


def _keep(memory: OrderedDict[int, T], number: int, value: T) -> None:
    memory[number] = value
    memory.move_to_end(number)
    if len(memory) > _REMEMBERED:
        memory.popitem(last=False)


def _spoken(code: str | None) -> Language | None:
    primary = (code or "").partition("-")[0].lower()
    return Language(primary) if primary in set(Language) else None
