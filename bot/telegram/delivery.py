"""What was asked for in a group or channel, sent to who asked in their private chat; by a link, where they have none."""

import logging
from dataclasses import replace

from telegram import Bot, ChatMemberRestricted, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden
from telegram.helpers import create_deep_linked_url

from bot import conversation
from bot.chats.places import Reach
from bot.commands import SUMMARY, Face
from bot.replies import Line, Reply
from bot.telegram.context import Context
from bot.telegram.gatekeeper import is_allowed
from bot.telegram.keyboards import keyboard
from bot.telegram.rendering import rendered
from bot.telegram.sending import Addressee, send
from bot.texts import TEXTS, Language
from bot.turns import Asker

_LOGGER = logging.getLogger(__name__)

_INSIDE = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}


async def deliver(request: str, person: int, language: Language, bot: Bot, context: Context) -> Reply | None:
    """Send a digest to who asked for it, in their private chat and in their language.

    Args:
        request: What stands for the digest, as :attr:`bot.replies.Reply.privately` gives it.
        person: Who asked.
        language: What they are answered in, where they have not chosen.
        bot: The bot.
        context: What every handler needs.

    Returns:
        What they are told where they asked: that it was sent, or why there is none. ``None`` where it cannot be sent:
        they never opened a private chat with the bot, or have closed it.
    """
    if not await is_allowed(context.settings.telegram, context.chats.places, person, person):
        return Reply((Line(TEXTS[language].not_in_private),))
    place = await context.chats.places.get(person)
    if place.kind != ChatType.PRIVATE or place.reach is not Reach.REACHABLE:
        return None
    asker = Asker(str(person), str(person))
    message = conversation.Message(f"/{SUMMARY.name} {request}", asker, place.language or language, Face.TELEGRAM)
    reply = await context.conversation.reply(message)
    if reply.turn is None:
        return await context.conversation.reply(replace(message, language=language))
    markup = keyboard(reply, message.language)
    to = Addressee(person, None, asker.person, unasked=True)
    try:
        await send(reply, rendered(reply, message.language), to, bot=bot, chats=context.chats, markup=markup)
    except (BadRequest, Forbidden) as refusal:
        _LOGGER.info("a digest could not be sent privately: %s", refusal)
        return None
    return Reply((Line(TEXTS[language].sent_privately),))


def address_of(request: str, context: Context) -> str:
    """The link by which who asked has the digest in their private chat."""
    return create_deep_linked_url(context.me().username or "", request)


def button_to(request: str, language: Language, context: Context) -> InlineKeyboardMarkup:
    """The button with that link."""
    button = InlineKeyboardButton(TEXTS[language].open_here, url=address_of(request, context))
    return InlineKeyboardMarkup([[button]])


async def visit(bot: Bot, chat: int, person: int) -> str | None:
    """The title of a chat for a person who is in it, ``None`` for anybody else, or where Telegram does not tell."""
    try:
        member = await bot.get_chat_member(chat, person)
        inside = member.is_member if isinstance(member, ChatMemberRestricted) else member.status in _INSIDE
        return (await bot.get_chat(chat)).title or "" if inside else None
    except (BadRequest, Forbidden) as refusal:
        _LOGGER.info("it cannot be told whether somebody is in a chat: %s", refusal)
        return None
