"""What the bot may learn about chats, and do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatAction, ChatMemberStatus, ChatType

from tests.telegram_server.access import (
    check_may_send,
    check_right,
    find_message,
    find_target,
    readable_chat,
    writable_chat,
)
from tests.telegram_server.errors import bad_request
from tests.telegram_server.records import Content, Json, Member
from tests.telegram_server.rendering import full_chat_json, member_json, message_json

if TYPE_CHECKING:
    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.records import Chat
    from tests.telegram_server.world import World


def send_chat_action(world: World, parameters: Parameters) -> bool:
    action = parameters.text("action")
    if action not in set(ChatAction):
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, parameters)
    find_target(world, chat, parameters)
    check_may_send(world, chat, "text messages")
    chat.actions.append(action)
    world.watch.notify(chat.id)
    return True


def get_chat(world: World, parameters: Parameters) -> Json:
    return full_chat_json(readable_chat(world, parameters))


def get_chat_member(world: World, parameters: Parameters) -> Json:
    user_id = parameters.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    chat = _chat_with_members(world, parameters)
    user = world.bot if user_id == world.bot.id else world.met(user_id)
    if user is None:
        raise bad_request("user not found")
    if chat.is_private:
        if user not in {world.bot, chat.peer}:
            raise bad_request("user not found")
        return member_json(Member(user), chat)
    return member_json(chat.member(user), chat)


def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    chat = _chat_with_members(world, parameters)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    listed = [member for member in chat.members.values() if member.is_admin]
    return [member_json(member, chat) for member in listed if not member.user.is_bot or member.user is world.bot]


def get_chat_member_count(world: World, parameters: Parameters) -> int:
    chat = readable_chat(world, parameters)
    return 2 if chat.is_private else sum(member.present for member in chat.members.values())


def leave_chat(world: World, parameters: Parameters) -> bool:
    chat = writable_chat(world, parameters)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    world.seat(chat, Member(world.bot, ChatMemberStatus.LEFT), world.bot)
    return True


def pin_chat_message(world: World, parameters: Parameters) -> bool:
    chat = writable_chat(world, parameters)
    message = find_message(chat, parameters.integer("message_id"), "message to pin")
    _check_may_pin(world, chat)
    chat.pinned = message
    service = {"pinned_message": message_json(message, nested=True)}
    world.send(chat, world.bot, Content(), service=service)
    return True


def unpin_chat_message(world: World, parameters: Parameters) -> bool:
    chat = writable_chat(world, parameters)
    if chat.pinned is None:
        raise bad_request("message to unpin not found")
    _check_may_pin(world, chat)
    chat.pinned = None
    return True


def _check_may_pin(world: World, chat: Chat) -> None:
    right = "can_edit_messages" if chat.is_channel else "can_pin_messages"
    check_right(world, chat, right, "not enough rights to manage pinned messages in the chat")


def _chat_with_members(world: World, parameters: Parameters) -> Chat:
    chat = readable_chat(world, parameters)
    if chat.type == ChatType.GROUP:
        return writable_chat(world, parameters)
    if chat.is_channel and not chat.member(world.bot).is_admin:
        raise bad_request("member list is inaccessible", excused=True)
    return chat
