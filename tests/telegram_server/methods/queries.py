"""Answers to pressed buttons and to inline queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from telegram.constants import (
    CallbackQueryLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    InlineQueryResultsButtonLimit,
    MessageLimit,
)

from tests.telegram_server.entities import utf16_length
from tests.telegram_server.errors import ApiError, bad_request, not_covered
from tests.telegram_server.formatting import format_text
from tests.telegram_server.keyboards import check_markup
from tests.telegram_server.parameters import object_field, string_field
from tests.telegram_server.queries import CallbackAnswer, InlineAnswer

if TYPE_CHECKING:
    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.records import Json
    from tests.telegram_server.world import World

_FIELDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("title",),),
    "audio": (("audio_url", "audio_file_id"),),
    "contact": (("phone_number",), ("first_name",)),
    "document": (("title",), ("document_url", "document_file_id")),
    "gif": (("gif_url", "gif_file_id"),),
    "location": (("latitude",), ("longitude",), ("title",)),
    "mpeg4_gif": (("mpeg4_url", "mpeg4_file_id"),),
    "photo": (("photo_url", "photo_file_id"),),
    "sticker": (("sticker_file_id",),),
    "venue": (("latitude",), ("longitude",), ("title",), ("address",)),
    "video": (("title",), ("video_url", "video_file_id")),
    "voice": (("title",), ("voice_url", "voice_file_id")),
}
_DAY = 24 * 60 * 60


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    text = parameters.text("text")
    if utf16_length(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    cache_time = min(max(parameters.integer("cache_time"), 0), 30 * _DAY)
    answer = CallbackAnswer(text, parameters.flag("show_alert"), parameters.text("url"), cache_time)
    world.presses.settle(parameters.text("callback_query_id"), answer)
    world.watch.notify()
    return True


def answer_inline_query(world: World, parameters: Parameters) -> bool:
    button = parameters.json("button", "inline query results button JSON object")
    if button is not None:
        _check_button(button)
    results = parameters.json("results", "JSON encoded inline query results") or []
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > InlineQueryLimit.RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_check_result(world, result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = parameters.text("next_offset")
    if len(next_offset.encode()) > InlineQueryLimit.MAX_OFFSET_LENGTH:
        raise bad_request("NEXT_OFFSET_INVALID")
    cache_time = min(max(parameters.integer("cache_time", 300), 0), _DAY)
    answer = InlineAnswer(checked, next_offset, cache_time, parameters.flag("is_personal"), button)
    world.inline_queries.settle(parameters.text("inline_query_id"), answer)
    world.watch.notify()
    return True


def _check_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline query results button: InlineQueryResultsButton must be an Object")
    string_field(button, "text", required=True)
    if "web_app" in button:
        raise not_covered("a web_app button over inline results")
    start = string_field(button, "start_parameter", required=True)
    if not start:
        raise bad_request("START_PARAM_EMPTY")
    if len(start) > InlineQueryResultsButtonLimit.MAX_START_PARAMETER_LENGTH:
        raise bad_request("START_PARAM_TOO_LONG")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", start):
        raise bad_request("START_PARAM_INVALID")


def _check_result(world: World, result: Any) -> Json:
    """A result as it would be shown: checked, with the text it sends parsed."""
    try:
        return _read_result(world, result)
    except ApiError as error:
        if error.code != 400 or error.description.split()[-1].isupper():
            raise
        reason = error.description.removeprefix("Bad Request: ")
        raise bad_request(f"can't parse inline query result: {reason}") from None


def _read_result(world: World, result: Any) -> Json:
    if not isinstance(result, dict):
        raise bad_request("Inline query result must be an object")
    kind = string_field(result, "type", required=True)
    if kind not in _FIELDS:
        raise bad_request(f'type "{kind}" is unsupported for the inline query result')
    identifier = string_field(result, "id", required=True)
    if not InlineQueryResultLimit.MIN_ID_LENGTH <= len(identifier.encode()) <= InlineQueryResultLimit.MAX_ID_LENGTH:
        raise bad_request("RESULT_ID_INVALID")
    for alternatives in _FIELDS[kind]:
        if not any(name in result for name in alternatives):
            raise bad_request(f'can\'t find field "{alternatives[-1]}"')
    if kind == "article" and not string_field(result, "title").strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = object_field(result, "input_message_content")
    if kind == "article" and content is None:
        raise bad_request('can\'t find field "message_text"')
    if content is not None:
        _check_content(world, content)
    caption, _ = format_text(
        string_field(result, "caption"), string_field(result, "parse_mode"), result.get("caption_entities"), world.met
    )
    if utf16_length(caption) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("MEDIA_CAPTION_TOO_LONG")
    check_markup(result.get("reply_markup"), inline_only=True)
    return result


def _check_content(world: World, content: Json) -> None:
    if "message_text" not in content:
        raise not_covered("message contents other than text in inline results")
    text, _ = format_text(
        string_field(content, "message_text"), string_field(content, "parse_mode"), content.get("entities"), world.met
    )
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
