"""Entities: found in plain text as Telegram finds them, and settled into a text as it keeps them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram.constants import MessageEntityType, MessageLimit
from tld import is_tld

from tests.telegram_server.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYMBOL = r"-~\w\u00c0-\u167f\u1681-\u1fff\u200c\u200d\u2010-\u2015\u2070-\u2fff\u3001-\U0010ffff"
"""What names of domains may be made of: any letter, number or sign that is not of the general punctuation."""
_GAP = r"\s\u2000-\u200b\u200e\u200f\u2016-\u206f<>\"«»"
_PATH = rf"(?:[/?#][^{_GAP}]*[^{_GAP}.:;,('?!`]|/)?"
_ADDRESS = re.compile(
    rf"(?:(?<![\w+-])(?P<scheme>https?|ftp)://|(?<![\w/#@]))"
    rf"(?P<user>[^{_GAP}/\[\]{{}}()'`@]+@)?(?P<domain>[{_SYMBOL}]+(?:\.[{_SYMBOL}]+)+)(?::\d{{1,5}})?{_PATH}",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?:[\w-]{0,26}[.+]){0,10}[\w-]{1,35}@(?:(?:[A-Za-z0-9][\w-]{0,28})?[A-Za-z0-9]\.){1,6}[A-Za-z]{2,8}", re.ASCII
)
_OCTET = re.compile(r"0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]")
_FOUND = (
    (MessageEntityType.URL, re.compile(rf"(?:tg|ton)://[a-z0-9_-]{{1,253}}{_PATH}", re.IGNORECASE | re.ASCII)),
    (
        MessageEntityType.BOT_COMMAND,
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}+(?:@[A-Za-z0-9_]{3,32}+)?+(?![\w/<>@])"),
    ),
    (MessageEntityType.MENTION, re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}+(?!\w)")),
    (MessageEntityType.HASHTAG, re.compile(r"(?<![\w·])#(?=[\w·]*[^\W\d_])[\w·]{1,256}+(?!#)")),
    (MessageEntityType.CASHTAG, re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8}+)(?![\w$])")),
)
"""As tdlib finds them (``td/telegram/MessageEntity.cpp``), which Telegram's apps are built on."""
_VERBATIM = {MessageEntityType.CODE, MessageEntityType.PRE}
_QUOTATIONS = {MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE}
_OPAQUE = {*_VERBATIM, MessageEntityType.TEXT_LINK, MessageEntityType.TEXT_MENTION}


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text takes, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def find_entities(text: str) -> list[Entity]:
    """What Telegram marks by itself: addresses, commands, mentions, hashtags, cashtags. Earlier kinds win over later."""
    found = list(_addresses(text))
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = Entity(kind, utf16_length(text[: match.start()]), utf16_length(match.group()))
            if not any(_overlap(entity, other) for other in found):
                found.append(entity)
    return found


def _addresses(text: str) -> Iterator[Entity]:
    place = 0
    while match := _ADDRESS.search(text, place):
        place = match.end()
        if kind := _kind_of(match):
            yield Entity(kind, utf16_length(text[: match.start()]), utf16_length(match.group()))


def _kind_of(match: re.Match[str]) -> MessageEntityType | None:
    if _EMAIL.fullmatch(match.group()):
        return MessageEntityType.EMAIL
    labels = match["domain"].split(".")
    if len(labels) == 4 and all(_OCTET.fullmatch(label) for label in labels):
        return MessageEntityType.URL
    if any(len(label) > 63 or label.endswith("-") for label in labels) or "_" in "".join(labels[-2:]):
        return None
    last = labels[-1].lower()
    if re.fullmatch(r"xn--[a-z0-9]{2,}", last):
        return MessageEntityType.URL
    named = len(last) > 1 and not last.isdigit() and "-" not in last
    return MessageEntityType.URL if named and (match["scheme"] or is_tld(last)) else None


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
