"""The world's records as the JSON objects of the Bot API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatID, ChatMemberStatus, ChatType

from tests.telegram_server.records import ADMIN_RIGHTS, CHANNEL_RIGHTS, GROUP_RIGHTS, Json

if TYPE_CHECKING:
    from tests.telegram_server.records import Chat, Content, Entity, Member, Message, StoredFile, User

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_PERMISSIONS = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes "
    "can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_edit_tag "
    "can_react_to_messages can_change_info can_invite_users can_pin_messages can_manage_topics"
).split()


def user_json(user: User) -> Json:
    """User."""
    optional = {"last_name": user.last_name, "username": user.username, "language_code": user.language_code}
    return {
        "id": user.id,
        "is_bot": user.is_bot,
        "first_name": user.first_name,
        **{name: value for name, value in optional.items() if value},
    }


def chat_json(chat: Chat) -> Json:
    """Chat."""
    rendered: Json = {"id": chat.id, "type": str(chat.type)}
    if chat.peer:
        rendered |= {"first_name": chat.peer.first_name}
        optional = {"last_name": chat.peer.last_name, "username": chat.peer.username}
    else:
        rendered |= {"title": chat.title}
        optional = {"username": chat.username}
    rendered |= {name: value for name, value in optional.items() if value}
    return rendered | ({"is_forum": True} if chat.is_forum else {})


def full_chat_json(chat: Chat) -> Json:
    """ChatFullInfo."""
    rendered = chat_json(chat) | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        rendered["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    linked = chat.discussion or chat.discussed
    if linked:
        rendered["linked_chat_id"] = linked.id
    if chat.pinned:
        rendered["pinned_message"] = message_json(chat.pinned, nested=True)
    return rendered


def member_json(member: Member, chat: Chat) -> Json:
    """ChatMember."""
    rendered: Json = {"user": user_json(member.user), "status": str(member.status)}
    if member.status == ChatMemberStatus.OWNER:
        rendered["is_anonymous"] = member.anonymous
    elif member.status == ChatMemberStatus.ADMINISTRATOR:
        hidden = GROUP_RIGHTS if chat.is_channel else CHANNEL_RIGHTS
        rights = {right: right in member.rights for right in ADMIN_RIGHTS if right not in hidden}
        rendered |= {"can_be_edited": False, "is_anonymous": member.anonymous, **rights, "can_manage_chat": True}
    elif member.status == ChatMemberStatus.RESTRICTED:
        rendered |= {"is_member": member.present, "until_date": 0, **dict.fromkeys(_PERMISSIONS, False)}
    elif member.status == ChatMemberStatus.BANNED:
        rendered["until_date"] = 0
    return rendered


def file_json(stored: StoredFile) -> Json:
    """What Document, PhotoSize and the like have in common."""
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.content)}


def document_json(stored: StoredFile) -> Json:
    """Document."""
    return file_json(stored) | {"file_name": stored.name, "mime_type": stored.mime_type}


def entity_json(entity: Entity) -> Json:
    """MessageEntity."""
    rendered: Json = {"offset": entity.offset, "length": entity.length, "type": str(entity.type)}
    for name in ("url", "language", "custom_emoji_id"):
        if value := getattr(entity, name):
            rendered[name] = value
    return rendered | ({"user": user_json(entity.user)} if entity.user else {})


def content_json(content: Content) -> Json:
    """The fields of a message that hold what it says."""
    rendered: Json = dict(content.media or {})
    name, marks = ("caption", "caption_entities") if content.media else ("text", "entities")
    if content.text:
        rendered[name] = content.text
        if content.entities:
            rendered[marks] = [entity_json(entity) for entity in content.entities]
    if content.link_preview:
        rendered["link_preview_options"] = content.link_preview
    return rendered


def message_json(message: Message, *, nested: bool = False) -> Json:
    """Message; a nested one does not tell what it replies to."""
    rendered: Json = {"message_id": message.id, "date": message.date, "chat": chat_json(message.chat)}
    users = {"from": message.sender, "via_bot": message.via_bot}
    rendered |= {name: user_json(user) for name, user in users.items() if user}
    optional = {
        "sender_chat": chat_json(message.sender_chat) if message.sender_chat else None,
        "author_signature": _name(message.author) if message.chat.is_signed else "",
        "edit_date": message.edit_date,
        "message_thread_id": message.thread_id,
        "is_topic_message": message.is_topic,
    }
    rendered |= {name: value for name, value in optional.items() if value}
    if message.forwarded_from:
        rendered |= _forward_json(message, message.forwarded_from)
    if not nested:
        rendered |= _reply_json(message)
    rendered |= content_json(message.content) | message.service
    if message.markup and "inline_keyboard" in message.markup:
        rendered["reply_markup"] = message.markup
    return rendered


def _name(user: User) -> str:
    return f"{user.first_name} {user.last_name}".rstrip()


def _forward_json(message: Message, source: Message) -> Json:
    origin: Json = {"date": source.date}
    if source.chat.is_channel:
        origin |= {"type": "channel", "chat": chat_json(source.chat), "message_id": source.id}
    elif source.sender_chat:
        origin |= {"type": "chat", "sender_chat": chat_json(source.sender_chat)}
    elif source.sender:
        origin |= {"type": "user", "sender_user": user_json(source.sender)}
    automatic = message.author.id == ChatID.SERVICE_CHAT
    return {"forward_origin": origin} | ({"is_automatic_forward": True} if automatic else {})


def _reply_json(message: Message) -> Json:
    """What it replies to; in a topic everything replies at least to the message that opened it."""
    replied = message.reply_to
    if replied is None and message.is_topic and message.thread_id != message.id:
        replied = message.chat.store.get(message.thread_id or 0)
    if replied is None or replied.deleted:
        return {}
    rendered: Json = {"reply_to_message": message_json(replied, nested=True)}
    if message.quote:
        position = len(replied.text[: replied.text.index(message.quote)].encode("utf-16-le")) // 2
        rendered["quote"] = {"text": message.quote, "position": position, "is_manual": True}
    return rendered


def member_update_json(chat: Chat, by: User, before: Member, after: Member, date: int) -> Json:
    """ChatMemberUpdated."""
    return {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": date,
        "old_chat_member": member_json(before, chat),
        "new_chat_member": member_json(after, chat),
    }
