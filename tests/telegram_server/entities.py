"""Entities: found in plain text as Telegram finds them, and settled into a text as it keeps them."""

from __future__ import annotations

import re
from dataclasses import replace

from telegram.constants import MessageEntityType, MessageLimit

from tests.telegram_server.records import Entity

_FOUND = (
    (MessageEntityType.URL, re.compile(r"(?<![\w@.-])(?:https?|tg|ton)://[^\s<>\"'“”]*[^\s<>\"'“”.,:;!?)\]}]")),
    (
        MessageEntityType.URL,
        re.compile(
            r"(?<![\w@./-])(?:[A-Za-z0-9-]+\.)+(?:com|net|org|info|edu|gov|io|me|vn|uk|de|fr|ru)(?![\w-])"
            r"(?:[/?#][^\s<>\"'“”]*[^\s<>\"'“”.,:;!?)\]}])?"
        ),
    ),
    (MessageEntityType.EMAIL, re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]++@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?!\w)")),
    (
        MessageEntityType.BOT_COMMAND,
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}+(?:@[A-Za-z0-9_]{3,32}+)?+(?![\w/<>@])"),
    ),
    (MessageEntityType.MENTION, re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}+(?!\w)")),
    (MessageEntityType.HASHTAG, re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}+(?![\w#])")),
)
_VERBATIM = {MessageEntityType.CODE, MessageEntityType.PRE}
_QUOTATIONS = {MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE}
_OPAQUE = {*_VERBATIM, MessageEntityType.TEXT_LINK, MessageEntityType.TEXT_MENTION}


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text takes, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def find_entities(text: str) -> list[Entity]:
    """What Telegram marks by itself: addresses, commands, mentions, hashtags. Earlier kinds win over later."""
    found: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = Entity(kind, utf16_length(text[: match.start()]), utf16_length(match.group()))
            if not any(_overlap(entity, other) for other in found):
                found.append(entity)
    return found


def settle(text: str, entities: list[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Text and entities as a message keeps them.

    Outer space is trimmed, nothing else is marked inside code, quotations do not nest, plain addresses and commands
    are marked too, and only the first hundred entities stay.
    """
    trimmed = text.rstrip()
    lead = utf16_length(trimmed) - utf16_length(trimmed.lstrip())
    trimmed = trimmed.lstrip()
    kept = [clipped for entity in entities if (clipped := _clip(entity, lead, utf16_length(trimmed)))]
    verbatim = [entity for entity in kept if entity.type in _VERBATIM]
    settled = [*verbatim, *_outermost([entity for entity in kept if entity.type in _QUOTATIONS])]
    for entity in kept:
        if entity.type not in _VERBATIM and entity.type not in _QUOTATIONS:
            settled += _around(entity, verbatim)
    opaque = [entity for entity in settled if entity.type in _OPAQUE]
    settled += [found for found in find_entities(trimmed) if not any(_overlap(found, other) for other in opaque)]
    settled.sort(key=lambda entity: (entity.offset, -entity.length))
    return trimmed, tuple(settled[: MessageLimit.MESSAGE_ENTITIES])


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _clip(entity: Entity, lead: int, length: int) -> Entity | None:
    start = max(entity.offset - lead, 0)
    end = min(entity.end - lead, length)
    if (start, end) == (entity.offset, entity.end):
        return entity
    return replace(entity, offset=start, length=end - start) if end > start else None


def _outermost(entities: list[Entity]) -> list[Entity]:
    outer: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: (entity.offset, -entity.length)):
        if not outer or entity.offset >= outer[-1].end:
            outer.append(entity)
    return outer


def _around(entity: Entity, holes: list[Entity]) -> list[Entity]:
    """What is left of an entity outside the holes."""
    parts: list[Entity] = []
    start = entity.offset
    for hole in sorted(holes, key=lambda hole: hole.offset):
        if _overlap(entity, hole):
            if hole.offset > start:
                parts.append(replace(entity, offset=start, length=hole.offset - start))
            start = max(start, hole.end)
    if start < entity.end:
        parts.append(replace(entity, offset=start, length=entity.end - start))
    return parts
