"""Every handler of the bot's, in the order in which they are tried."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram.context import App, Context
from bot.telegram.handlers import callbacks, channels, groups, inline, private
from bot.telegram.menu import introduce

__all__ = ["add_handlers", "introduce"]

_Answer = Callable[[Update, Context], Awaitable[None]]


def add_handlers(application: App, context: Context) -> None:
    """Add every handler.

    An update is handled by the first that takes it; messages about a chat itself, as that somebody joined, by none.
    """

    async def handle(answer: _Answer, update: Update, _: object) -> None:
        await answer(update, context)

    def messages(where: filters.BaseFilter, answer: _Answer) -> MessageHandler[Any, Any]:
        return MessageHandler(where & ~filters.StatusUpdate.ALL, partial(handle, answer))

    listed: list[BaseHandler[Update, Any, Any]] = [
        messages(filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE, partial(private.answer, private.Albums())),
        messages(filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE, private.answer_again),
        messages(filters.UpdateType.MESSAGE & filters.ChatType.GROUPS, groups.answer),
        messages(filters.UpdateType.EDITED_MESSAGE & filters.ChatType.GROUPS, groups.answer_again),
        messages(filters.UpdateType.CHANNEL_POST, channels.answer),
        messages(filters.UpdateType.EDITED_CHANNEL_POST, channels.answer_again),
        CallbackQueryHandler(partial(handle, callbacks.answer)),
        InlineQueryHandler(partial(handle, inline.answer)),
        ChatMemberHandler(partial(handle, groups.greet), ChatMemberHandler.MY_CHAT_MEMBER),
    ]
    application.add_handlers(listed)
