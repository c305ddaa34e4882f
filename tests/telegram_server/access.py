"""Which chats, messages and threads the bot can reach, and how Telegram says that it cannot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus, ChatType

from tests.telegram_server.errors import bad_request, forbidden
from tests.telegram_server.parameters import string_field

if TYPE_CHECKING:
    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.records import Chat, Message
    from tests.telegram_server.world import World


def find_chat(world: World, raw: str) -> Chat:
    """A chat by id or @name that the bot knows of.

    Raises:
        ApiError: there is none.
    """
    if not raw:
        raise bad_request("chat_id is empty")
    if raw.startswith("@"):
        named = (chat for chat in world.chats.values() if chat.is_large and chat.username)
        chat = next((chat for chat in named if chat.username.lower() == raw[1:].lower()), None)
    else:
        chat = world.chats.get(int(raw)) if raw.lstrip("-").isdigit() else None
    met = chat and (not chat.peer or chat.peer.seen) and (chat.peer or chat.username or world.bot.id in chat.members)
    if not chat or not met:
        raise bad_request("chat not found")
    return chat


def readable_chat(world: World, parameters: Parameters) -> Chat:
    """The chat of a request that only looks."""
    chat = find_chat(world, parameters.text("chat_id"))
    if chat.is_large:
        _check_membership(world, chat)
    return chat


def writable_chat(world: World, parameters: Parameters) -> Chat:
    """The chat of a request that changes something in it; whether sending is allowed is a question of its own."""
    chat = find_chat(world, parameters.text("chat_id"))
    if chat.migrated_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": chat.migrated_to.id},
            excused=True,
        )
    if chat.peer and chat.peer.deactivated:
        raise forbidden("user is deactivated")
    if not chat.is_private:
        _check_membership(world, chat)
    return chat


def _check_membership(world: World, chat: Chat) -> None:
    member = chat.member(world.bot)
    if member.status == ChatMemberStatus.BANNED:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not member.present:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def check_may_send(world: World, chat: Chat, what: str) -> None:
    """Whether Telegram would deliver: the person began and has not blocked the bot, the chat lets it write.

    Raises:
        ApiError: it would not.
    """
    if chat.peer:
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return
    member = chat.member(world.bot)
    if chat.is_channel and not member.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat", excused=True)
    if member.status == ChatMemberStatus.RESTRICTED:
        raise bad_request(f"not enough rights to send {what} to the chat", excused=True)


def find_message(chat: Chat, message_id: int, role: str) -> Message:
    """A message that is still there; `role` names it in the refusal ("message to edit")."""
    message = chat.store.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"{role} not found", excused=message is not None)
    return message


@dataclass(frozen=True)
class Target:
    """Where in a chat a message goes."""

    reply_to: Message | None = None
    quote: str = ""
    topic: int | None = None


def find_target(world: World, chat: Chat, parameters: Parameters) -> Target:
    """What a new message replies to, and its topic.

    Raises:
        ApiError: the message or the topic does not exist.
    """
    reply_to, quote = _find_replied(world, chat, parameters)
    thread = parameters.integer("message_thread_id")
    if thread <= 0:
        topic = chat.topics.get(reply_to.thread_id or 0) if reply_to and reply_to.is_topic else None
    else:
        topic = chat.topics.get(thread)
        if topic is None or topic.deleted:
            raise bad_request("message thread not found", excused=topic is not None)
    if topic and topic.closed and not chat.member(world.bot).is_admin:
        raise bad_request("TOPIC_CLOSED", excused=True)
    if thread > 0 and reply_to and reply_to.thread_id != thread:
        reply_to = None
    return Target(reply_to, quote if reply_to else "", topic.id if topic else None)


def _find_replied(world: World, chat: Chat, parameters: Parameters) -> tuple[Message | None, str]:
    if "reply_parameters" in parameters.fields:
        given = parameters.json("reply_parameters", "reply parameters JSON object")
        if not isinstance(given, dict):
            raise bad_request("object expected as reply parameters")
    else:
        fields = {"reply_to_message_id": "message_id", "allow_sending_without_reply": "allow_sending_without_reply"}
        given = {new: json.loads(parameters.text(old).lower()) for old, new in fields.items() if parameters.text(old)}
    if not given:
        return None, ""
    if not isinstance(given.get("message_id"), int):
        raise bad_request('can\'t find field "message_id"')
    source = find_chat(world, string_field(given, "chat_id")) if given.get("chat_id") else chat
    replied = source.store.get(given["message_id"])
    if replied is None or replied.deleted:
        if given.get("allow_sending_without_reply"):
            return None, ""
        raise bad_request("message to be replied not found")
    quote = string_field(given, "quote")
    if quote not in replied.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return (replied, quote) if source is chat else (None, "")


def check_right(world: World, chat: Chat, right: str, refusal: str) -> None:
    """Whether the bot holds an admin right where one is needed: everywhere but in private chats and basic groups."""
    if chat.type in {ChatType.PRIVATE, ChatType.GROUP} or chat.member(world.bot).may(right):
        return
    raise bad_request(refusal, excused=True)
