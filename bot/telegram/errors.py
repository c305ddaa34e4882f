"""What is said when something goes wrong: to the owner on one line, to people in Telegram kindly."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import CallbackContext

from bot.telegram.context import Context
from bot.telegram.gatekeeper import is_addressed
from bot.telegram.handling import in_hand
from bot.texts import TEXTS, Texts

_LOGGER = logging.getLogger(__name__)

_NO_RIGHT_TO_WRITE = ("not enough rights", "need administrator rights", "chat_write_forbidden", "topic_closed")
"""Beginnings of what Telegram says where the admins of a chat do not let the bot write."""

ErrorHandler = Callable[[object, CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, None]]


class CannotStart(Exception):
    """The bot cannot start.

    Attributes:
        status: What the program exits with: 1, or 2 where a setting is wrong.
    """

    def __init__(self, said: str, status: int = 1) -> None:
        """Keep what the owner is told, on one line."""
        super().__init__(said)
        self.status = status


def said_of_telegram(error: TelegramError, texts: Texts) -> str:
    """What the owner is told when the bot cannot start for Telegram's sake, on one line."""
    reason = " ".join(error.message.split())
    if isinstance(error, InvalidToken):
        return texts.unknown_bot
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return texts.unreachable(reason)
    return texts.refused(reason)


def on_error(context: Context) -> ErrorHandler:
    """What is done about an error that no handler foresaw.

    A chat that cannot be written to, and a Telegram out of reach or in want of patience, are nobody's mistake. Anything
    else is logged with its traceback, and who asked is told that there is no answer.
    """

    async def answer(update: object, library: CallbackContext[Any, Any, Any, Any]) -> None:
        error, handling = library.error, in_hand.get()
        number = update.update_id if isinstance(update, Update) else 0
        if _is_nobodys_mistake(error):
            later = " It is tried again." if handling and handling.undelivered else ""
            _LOGGER.warning("update %d could not be answered: %s.%s", number, error, later)
            return
        _LOGGER.error("update %d failed", number, exc_info=error)
        if isinstance(update, Update) and not (handling and handling.has_sent):
            await _apologise(update, context)

    return answer


def _is_nobodys_mistake(error: Exception | None) -> bool:
    if isinstance(error, BadRequest):
        return error.message.lower().startswith(_NO_RIGHT_TO_WRITE)
    return isinstance(error, Forbidden | ChatMigrated | RetryAfter | NetworkError)


async def _apologise(update: Update, context: Context) -> None:
    text = TEXTS[await context.gatekeeper.language(update)].went_wrong
    message = update.message or update.channel_post
    try:
        if update.callback_query:
            await update.callback_query.answer(text)
        elif message and is_addressed(message, context.me()):
            await message.reply_text(text)
    except TelegramError as error:
        _LOGGER.warning("nor could update %d be apologised for: %s", update.update_id, error)
