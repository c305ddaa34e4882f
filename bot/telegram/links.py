"""Deep links: ``t.me/<bot>?start=<payload>`` opens a private chat with a question, a document or a command."""

import base64
import binascii
import re

from telegram.constants import MessageLimit

from bot import commands
from bot.commands import Face, find_call
from bot.digests import is_request
from bot.listing import NAME, is_short_name, short_name
from index.vietnamese import clean, fold

_LONGEST = int(MessageLimit.DEEP_LINK_LENGTH)
"""Letters, digits, ``-`` and ``_`` that a payload may have."""
_QUESTION = "q-"
_SUMMARY = "t-"
"""What the payload for a document's summary begins with, in the place of what its short name begins with."""


def to_summary(key: str) -> str:
    """The payload that summarises a document."""
    return _SUMMARY + short_name(key).removeprefix(NAME)


def to_question(question: str) -> str:
    """The payload that asks a question: word for word where it fits, else as many words as fit, without diacritics.

    Where none fits, that of the help.
    """
    exact = _QUESTION + base64.urlsafe_b64encode(question.encode()).decode().rstrip("=")
    if len(exact) <= _LONGEST:
        return exact
    payload = ""
    for word in re.findall(r"[A-Za-z0-9]+", fold(question)):
        longer = f"{payload}_{word}".lstrip("_")
        if len(longer) > _LONGEST:
            break
        payload = longer
    return payload or commands.HELP.name


def text_of(payload: str) -> str:
    """What a person would type for what a payload stands for; empty where it stands for nothing."""
    if payload.startswith(_QUESTION):
        return _decoded(payload.removeprefix(_QUESTION))
    if is_short_name(payload):
        return f"/{commands.DOCUMENTS.name} {payload}"
    if is_request(payload):
        return f"/{commands.SUMMARY.name} {payload}"
    if payload.startswith(_SUMMARY) and is_short_name(name := NAME + payload.removeprefix(_SUMMARY)):
        return f"/{commands.SUMMARY.name} {name}"
    call = find_call(f"/{payload}", Face.TELEGRAM)
    if call and not call.command.owners:  # Anybody can make a link that the owner opens.
        return f"/{payload}"
    return re.sub(r"[_-]+", " ", payload).strip()


def _decoded(encoded: str) -> str:
    """The question in a payload. Anybody can make a link, so a command in it, which may delete something, is left out."""
    try:
        text = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return "" if clean(text).lstrip().startswith("/") else text
