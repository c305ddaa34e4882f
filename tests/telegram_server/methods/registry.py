"""Every method there is, by the name Telegram gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Bot

from tests.telegram_server.errors import ApiError, not_covered
from tests.telegram_server.methods import chats, messages, profile, queries, receiving

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.world import World

    Method = Callable[[World, Parameters], Any]

GET_UPDATES = "getUpdates"
_METHODS: dict[str, Method] = {
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "close": receiving.close,
    "deleteMessage": messages.delete_message,
    "deleteMyCommands": profile.delete_my_commands,
    "deleteWebhook": receiving.delete_webhook,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "editMessageText": messages.edit_message_text,
    "getChat": chats.get_chat,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "getFile": receiving.get_file,
    "getMe": profile.get_me,
    "getMyCommands": profile.get_my_commands,
    "getMyDescription": profile.get_my_description,
    "getMyName": profile.get_my_name,
    "getMyShortDescription": profile.get_my_short_description,
    "getWebhookInfo": receiving.get_webhook_info,
    "leaveChat": chats.leave_chat,
    "logOut": receiving.log_out,
    "pinChatMessage": chats.pin_chat_message,
    "sendChatAction": chats.send_chat_action,
    "sendDocument": messages.send_document,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "setMyCommands": profile.set_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyName": profile.set_my_name,
    "setMyShortDescription": profile.set_my_short_description,
    "setWebhook": receiving.set_webhook,
    "unpinChatMessage": chats.unpin_chat_message,
}
_BY_LOWER = {name.lower(): name for name in (*_METHODS, GET_UPDATES)}


def canonical(name: str) -> str:
    """A method's name as it is written; Telegram does not mind the case."""
    return _BY_LOWER.get(name.lower(), name)


def find_method(name: str) -> Method:
    """The method of that name.

    Raises:
        ApiError: Telegram knows none, or this server does not cover it.
    """
    if name in _METHODS:
        return _METHODS[name]
    if hasattr(Bot, name):
        raise not_covered(f"the method {name}")
    raise ApiError(404, "Not Found: method not found")
