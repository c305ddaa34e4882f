"""What the bot says of itself: the command menus, by kind of chat and language, and its descriptions.

Telegram keeps them. They are read when the bot starts, and set where they say something else.
"""

import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.chats.places import Places
from bot.commands import COMMANDS, Chat, Face
from bot.settings import Settings
from bot.texts import TEXTS, Language

_LOGGER = logging.getLogger(__name__)

_SCOPES: tuple[tuple[BotCommandScope, Chat], ...] = (
    (BotCommandScopeDefault(), Chat.PRIVATE),
    (BotCommandScopeAllPrivateChats(), Chat.PRIVATE),
    (BotCommandScopeAllGroupChats(), Chat.GROUP),
)


async def introduce(bot: Bot, settings: Settings, places: Places) -> None:
    """Set what the bot says of itself, where Telegram has something else.

    Args:
        bot: The bot.
        settings: Who owns it, and what it speaks with people of other languages.
        places: Tells which owners have written to it: they have commands of their own.
    """
    try:
        for code, language in _languages(settings).items():
            for scope, chat in _SCOPES:
                await _set_menu(bot, scope, code, menu(chat, language))
            await _describe(bot, code, language)
        for owner in sorted(settings.telegram.admins):
            if (await places.get(owner)).kind == ChatType.PRIVATE:
                await introduce_to_owner(bot, settings, owner)
    except TelegramError as error:
        _LOGGER.warning("the command menu could not be set: %s", error)


async def introduce_to_owner(bot: Bot, settings: Settings, chat: int) -> None:
    """Set the menu of an owner's private chat, where it is another.

    Raises:
        TelegramError: Telegram refuses, or is out of reach.
    """
    for code, language in _languages(settings).items():
        await _set_menu(bot, BotCommandScopeChat(chat), code, menu(Chat.PRIVATE, language, owner=True))


def menu(chat: Chat, language: Language, *, owner: bool = False) -> list[BotCommand]:
    """The commands of a kind of chat, as the help describes them."""
    return [
        BotCommand(command.typed(language).removeprefix("/"), command.description(language, Face.TELEGRAM))
        for command in COMMANDS
        if chat in command.chats and (owner or not command.owners)
    ]


def _languages(settings: Settings) -> dict[str, Language]:
    """What each of Telegram's languages is told; the empty one is everybody else's."""
    return {"": settings.language} | {language.value: language for language in Language}


async def _set_menu(bot: Bot, scope: BotCommandScope, code: str, commands: Sequence[BotCommand]) -> None:
    if list(await bot.get_my_commands(scope, language_code=code)) != list(commands):
        await bot.set_my_commands(commands, scope, language_code=code)


async def _describe(bot: Bot, code: str, language: Language) -> None:
    texts = TEXTS[language]
    if (await bot.get_my_description(code)).description != texts.introduction:
        await bot.set_my_description(texts.introduction, code)
    if (await bot.get_my_short_description(code)).short_description != texts.profile:
        await bot.set_my_short_description(texts.profile, code)
