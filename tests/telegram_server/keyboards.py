"""Reply markup: checked as Telegram checks it, kept as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from tests.telegram_server.errors import ApiError, bad_request, not_covered
from tests.telegram_server.formatting import checked_link
from tests.telegram_server.parameters import string_field

if TYPE_CHECKING:
    from tests.telegram_server.parameters import Parameters
    from tests.telegram_server.records import Json

_SWITCHES = {"switch_inline_query", "switch_inline_query_current_chat"}
_UNCOVERED = {"web_app", "login_url", "callback_game", "pay"}
_ACTIONS = {"url", "callback_data", "copy_text", "switch_inline_query_chosen_chat", *_SWITCHES, *_UNCOVERED}
_OTHERS = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(parameters: Parameters, *, inline_only: bool = False) -> Json | None:
    """The markup sent along, None where there is none or an empty keyboard.

    Raises:
        ApiError: worded as Telegram words it.
    """
    return check_markup(parameters.json("reply_markup", "reply keyboard markup JSON object"), inline_only=inline_only)


def check_markup(markup: Any, *, inline_only: bool = False) -> Json | None:
    """The same for markup that is part of something else."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _check_inline(markup["inline_keyboard"])
    if inline_only and any(markup.get(name) for name in _OTHERS):
        raise bad_request("inline keyboard expected")
    return markup if any(markup.get(name) for name in _OTHERS) else None


def _check_inline(rows: Any) -> Json | None:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_check_button(button) for button in row] for row in rows if row]
    if not kept:
        return None
    total = sum(len(row) for row in kept)
    widest = max(len(row) for row in kept)
    if total > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER or widest > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept}


def _check_button(button: Any) -> Json:
    try:
        if not isinstance(button, dict):
            raise bad_request("InlineKeyboardButton must be an Object")
        text = string_field(button, "text", required=True)
        actions = {name for name in _ACTIONS & button.keys() if button[name] != "" or name in _SWITCHES}
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        raise bad_request(f"can't parse inline keyboard button: {reason}") from None
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if actions & _UNCOVERED:
        raise not_covered(f"the button action {actions.pop()}")
    _check_action(button)
    return button


def _check_action(button: Json) -> None:
    data = string_field(button, "callback_data")
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = string_field(button, "url")
    if url and not url.startswith("tg://user?id=") and not checked_link(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text", {}).get("text", " ")
    if not 1 <= len(copied) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
