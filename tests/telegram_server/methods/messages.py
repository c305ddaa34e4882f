"""Messages: sending, editing, deleting."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from telegram.constants import FileSizeLimit, MessageLimit

from tests.telegram_server.access import check_may_send, find_message, find_target, writable_chat
from tests.telegram_server.entities import utf16_length
from tests.telegram_server.errors import ApiError, bad_request
from tests.telegram_server.formatting import format_text
from tests.telegram_server.keyboards import read_markup
from tests.telegram_server.records import Content, Json
from tests.telegram_server.rendering import document_json, message_json

if TYPE_CHECKING:
    from tests.telegram_server.access import Target
    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.records import Chat, Entity, Message
    from tests.telegram_server.world import World

_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_PHOTO, _LONGEST_PHOTO = 10_000, 20
"""Dots that width and height may have together, and how many times longer one may be."""
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def send_message(world: World, parameters: Parameters) -> Json:
    content = _read_text(world, parameters)
    _check_length(content.text, "message is too long")
    markup = read_markup(parameters)
    chat = writable_chat(world, parameters)
    target = find_target(world, chat, parameters)
    check_may_send(world, chat, "text messages")
    return _send(world, chat, content, markup, target)


def send_document(world: World, parameters: Parameters) -> Json:
    caption, entities = _read_caption(world, parameters)
    markup = read_markup(parameters)
    document = _read_document(world, parameters)
    chat = writable_chat(world, parameters)
    target = find_target(world, chat, parameters)
    check_may_send(world, chat, "documents")
    return _send(world, chat, Content(caption, entities, {"document": document}), markup, target)


def send_photo(world: World, parameters: Parameters) -> Json:
    caption, entities = _read_caption(world, parameters)
    markup = read_markup(parameters)
    photo = _read_photo(world, parameters)
    chat = writable_chat(world, parameters)
    target = find_target(world, chat, parameters)
    check_may_send(world, chat, "photos")
    return _send(world, chat, Content(caption, entities, {"photo": [photo]}), markup, target)


def _read_caption(world: World, parameters: Parameters) -> tuple[str, tuple[Entity, ...]]:
    caption, entities = format_text(
        parameters.text("caption"),
        parameters.text("parse_mode"),
        parameters.json("caption_entities", "caption entities JSON object"),
        world.met,
    )
    if utf16_length(caption) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return caption, entities


def edit_message_text(world: World, parameters: Parameters) -> Json | bool:
    content = _read_text(world, parameters)
    markup = read_markup(parameters, inline_only=True)
    message, answer = _find_own(world, parameters)
    if message.content.media:
        raise bad_request("there is no text in the message to edit")
    _check_length(content.text, "MESSAGE_TOO_LONG")
    _edit(world, message, content, markup)
    return answer or message_json(message)


def edit_message_reply_markup(world: World, parameters: Parameters) -> Json | bool:
    markup = read_markup(parameters, inline_only=True)
    message, answer = _find_own(world, parameters)
    _edit(world, message, message.content, markup)
    return answer or message_json(message)


def delete_message(world: World, parameters: Parameters) -> bool:
    if not parameters.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not parameters.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = writable_chat(world, parameters)
    message = find_message(chat, parameters.integer("message_id"), "message to delete")
    own = message.author is world.bot
    if not own and not chat.is_private and not chat.member(world.bot).may("can_delete_messages"):
        raise bad_request("message can't be deleted")
    world.delete(message)
    return True


def _read_text(world: World, parameters: Parameters) -> Content:
    raw = parameters.text("text")
    if not raw:
        raise bad_request("message text is empty")
    given = parameters.json("entities", "entities JSON object")
    text, entities = format_text(raw, parameters.text("parse_mode"), given, world.met)
    if not text:
        raise bad_request("message text is empty")
    preview = parameters.json("link_preview_options", "link preview options JSON object")
    if preview is not None and not isinstance(preview, dict):
        raise bad_request("object expected as link preview options")
    if parameters.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    return Content(text, entities, link_preview=preview)


def _check_length(text: str, refusal: str) -> None:
    if utf16_length(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request(refusal)


def _read_document(world: World, parameters: Parameters) -> Json:
    given = parameters.text("document")
    upload = parameters.files.get(given.removeprefix("attach://") if given else "document")
    if upload is None:
        return _find_document(world, given)
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > FileSizeLimit.FILESIZE_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    kept = world.keep_file(upload.content, upload.name, upload.mime_type)
    return kept | {"file_name": upload.name, "mime_type": upload.mime_type}


def _read_photo(world: World, parameters: Parameters) -> Json:
    """A PNG image that was sent along: its width and height stand in its first bytes."""
    given = parameters.text("photo")
    upload = parameters.files.get(given.removeprefix("attach://") if given else "photo")
    if upload is None:
        raise bad_request("there is no photo in the request")
    if len(upload.content) > FileSizeLimit.PHOTOSIZE_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if not upload.content.startswith(_PNG):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", upload.content[16:24])
    if width + height > _LARGEST_PHOTO or max(width, height) > _LONGEST_PHOTO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.keep_file(upload.content, "photo.png", "image/png") | {"width": width, "height": height}


def _find_document(world: World, given: str) -> Json:
    if not given:
        raise bad_request("there is no document in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.get(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return document_json(stored)


def _send(world: World, chat: Chat, content: Content, markup: Json | None, target: Target) -> Json:
    message = world.send(
        chat, world.bot, content, reply_to=target.reply_to, topic=target.topic, quote=target.quote, markup=markup
    )
    return message_json(message)


def _find_own(world: World, parameters: Parameters) -> tuple[Message, bool]:
    """The message to edit, and what is answered in place of it: those sent inline are never shown to the bot."""
    if not parameters.text("chat_id") and not parameters.integer("message_id"):
        inline_id = parameters.text("inline_message_id")
        if not inline_id:
            raise bad_request("message identifier is not specified")
        if inline_id not in world.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return world.inline_messages[inline_id], True
    chat = writable_chat(world, parameters)
    message = find_message(chat, parameters.integer("message_id"), "message to edit")
    keyboard = message.markup is None or "inline_keyboard" in message.markup
    editor = message.author is world.bot or (chat.is_channel and chat.member(world.bot).may("can_edit_messages"))
    if not editor or not keyboard or message.service or message.via_bot:
        raise bad_request("message can't be edited")
    return message, False


def _edit(world: World, message: Message, content: Content, markup: Json | None) -> None:
    if (content.text, content.entities, markup) == (message.text, message.entities, message.markup):
        raise bad_request(_NOT_MODIFIED)
    world.edit(message, content, markup, world.bot)
