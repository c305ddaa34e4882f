"""What a bot writes into text and entities: HTML with Telegram's refusals, or entities given as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from telegram.constants import MessageEntityType

from tests.telegram_server.entities import settle, utf16_length
from tests.telegram_server.errors import ApiError, bad_request, not_covered
from tests.telegram_server.records import Entity, User

_SIMPLE = {
    "b": MessageEntityType.BOLD,
    "strong": MessageEntityType.BOLD,
    "i": MessageEntityType.ITALIC,
    "em": MessageEntityType.ITALIC,
    "u": MessageEntityType.UNDERLINE,
    "ins": MessageEntityType.UNDERLINE,
    "s": MessageEntityType.STRIKETHROUGH,
    "strike": MessageEntityType.STRIKETHROUGH,
    "del": MessageEntityType.STRIKETHROUGH,
    "tg-spoiler": MessageEntityType.SPOILER,
    "span": MessageEntityType.SPOILER,
}
_TAGS = {*_SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji"}
_PLAIN_ENTITIES = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
_RAW_BYTES = 1 << 15
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_PLAIN = re.compile(r"[^<&]+")
_SPACE = re.compile(r"[ \t\r\n\v]*")
_TAG_NAME = re.compile(r"[^ \t\r\n\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\v=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.-]*")
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}|\d+(?:\.\d+){3}")

FindUser = Callable[[int], User | None]


class _ParseError(Exception):
    pass


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


def format_text(text: str, parse_mode: str, entities: Any, find_user: FindUser) -> tuple[str, tuple[Entity, ...]]:
    """A text and its entities as they would be kept.

    Args:
        text: as it came.
        parse_mode: empty or HTML; the Markdown modes are not covered.
        entities: a list of MessageEntity as JSON, used where there is no parse mode.
        find_user: gives the user a mention by id is of, where the bot knows that user.

    Raises:
        ApiError: worded as Telegram words it.
    """
    if len(text.encode()) > _RAW_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if not text or mode in {"", "none"}:
        return settle(text, _read_entities(text, entities, find_user))
    if mode in {"markdown", "markdownv2"}:
        raise not_covered(f"parse_mode {parse_mode}")
    if mode != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return settle(*_Html(text, find_user).parse())
    except _ParseError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def checked_link(url: str) -> str:
    """An address as Telegram keeps it in a link, or nothing where it would drop the link without a word."""
    with_scheme = url if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url) and "://" in url else f"http://{url}"
    try:
        parts = urlsplit(with_scheme.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme in {"tg", "ton", "tonsite"}:
        return with_scheme.strip() if host else ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or re.search(r"\s", with_scheme.strip()):
        return ""
    return parts._replace(path=parts.path or "/").geturl()


class _Html:
    """A reader of the one dialect of HTML that Telegram takes; offsets in its complaints are in bytes."""

    def __init__(self, source: str, find_user: FindUser) -> None:
        self._source = source
        self._find_user = find_user
        self._position = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self._next:
            if self._source.startswith("</", self._position):
                self._read_end()
            elif self._next == "<":
                self._read_start()
            else:
                self._add(self._take(_PLAIN) or self._read_character())
        if self._open:
            raise _ParseError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        plain = [replace(entity, language="") if entity.type == "code" else entity for entity in self._entities]
        return "".join(self._text), plain

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._offset += utf16_length(text)

    def _read_character(self) -> str:
        reference = _REFERENCE.match(self._source, self._position)
        if reference:
            hexadecimal, decimal, name = reference.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
            if 0xD800 <= code <= 0xDFFF:
                raise _ParseError("Text contains invalid Unicode characters after decoding HTML entities")
            if name or 0 < code < 0x10FFFF:
                self._position = reference.end()
                return _NAMED[name] if name else chr(code)
        self._position += 1
        return self._source[self._position - 1]

    def _at(self, position: int) -> str:
        return f"at byte offset {len(self._source[:position].encode())}"

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._source, self._position)
        taken = match.group() if match else ""
        self._position += len(taken)
        return taken

    @property
    def _next(self) -> str:
        return self._source[self._position : self._position + 1]

    def _read_start(self) -> None:
        begin = self._position
        self._position += 1
        tag = self._take(_TAG_NAME).lower()
        if not self._next:
            raise _ParseError(f"Unclosed start tag {self._at(begin)}")
        if tag not in _TAGS:
            raise _ParseError(f'Unsupported start tag "{tag}" {self._at(begin)}')
        attributes = self._read_attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _ParseError(f'Tag "span" must have class "tg-spoiler" {self._at(begin)}')
        self._open.append(_Open(tag, attributes, self._offset, len(self._text)))

    def _read_attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACE)
            if self._next == ">":
                self._position += 1
                return attributes
            name = self._take(_ATTRIBUTE_NAME)
            if not self._next and not name:
                raise _ParseError(f"Unclosed start tag {self._at(begin)}")
            if not name:
                raise _ParseError(f'Empty attribute name in the tag "{tag}" {self._at(begin)}')
            self._take(_SPACE)
            if self._next == "=":
                self._position += 1
                self._take(_SPACE)
                attributes[name] = self._read_value(tag, begin)
            else:
                attributes[name] = ""

    def _read_value(self, tag: str, begin: int) -> str:
        if not self._next:
            raise _ParseError(f'Unclosed start tag "{tag}" {self._at(begin)}')
        if self._next not in {"'", '"'}:
            token_begin = self._position
            token = self._take(_BARE_VALUE)
            if self._next and self._next not in " \t\r\n\v>":
                raise _ParseError(f"Unexpected end of name token {self._at(token_begin)}")
            return token.lower()
        quote = self._next
        self._position += 1
        value: list[str] = []
        while self._next and self._next != quote:
            value.append(self._read_character())
        self._position += 1
        if not self._next:
            raise _ParseError(f"Unclosed start tag {self._at(begin)}")
        return "".join(value)

    def _read_end(self) -> None:
        begin = self._position
        if not self._open:
            raise _ParseError(f"Unexpected end tag {self._at(begin)}")
        self._position += 2
        tag = self._take(_TAG_NAME).lower()
        self._take(_SPACE)
        if self._next != ">":
            raise _ParseError(f"Unclosed end tag {self._at(begin)}")
        self._position += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise _ParseError(f'Unmatched end tag {self._at(begin)}, expected "</{opened.tag}>", found "</{tag}>"')
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        tag, attributes = opened.tag, opened.attributes
        span = Entity("", opened.offset, self._offset - opened.offset)
        if tag in _SIMPLE:
            self._entities.append(replace(span, type=_SIMPLE[tag]))
        elif tag == "a":
            self._close_link(attributes.get("href") or "".join(self._text[opened.start :]), span)
        elif tag == "blockquote":
            wide = "expandable" in attributes
            kind = MessageEntityType.EXPANDABLE_BLOCKQUOTE if wide else MessageEntityType.BLOCKQUOTE
            self._entities.append(replace(span, type=kind))
        elif tag == "tg-emoji":
            emoji = attributes.get("emoji-id", "")
            if not emoji.isdigit() or int(emoji) == 0:
                raise _ParseError("Invalid custom emoji identifier specified")
            self._entities.append(replace(span, type=MessageEntityType.CUSTOM_EMOJI, custom_emoji_id=emoji))
        else:
            self._close_verbatim(opened, span)

    def _close_link(self, url: str, span: Entity) -> None:
        mention = re.fullmatch(r"tg://user\?id=(\d+)", url)
        if mention:
            user = self._find_user(int(mention.group(1)))
            if user:
                self._entities.append(replace(span, type=MessageEntityType.TEXT_MENTION, user=user))
        elif link := checked_link(url):
            self._entities.append(replace(span, type=MessageEntityType.TEXT_LINK, url=link))

    def _close_verbatim(self, opened: _Open, span: Entity) -> None:
        """Close `pre` or `code`; the two over the same text are one block with a language."""
        language = opened.attributes.get("class", "").removeprefix("language-") if opened.tag == "code" else ""
        last = self._entities[-1] if self._entities else None
        same = last and (last.offset, last.length) == (span.offset, span.length)
        if last and same and {last.type, opened.tag} == {"pre", "code"}:
            merged = replace(last, type=MessageEntityType.PRE, language=last.language or language)
            self._entities[-1] = merged
        else:
            self._entities.append(replace(span, type=MessageEntityType(opened.tag), language=language))


def _read_entities(text: str, given: Any, find_user: FindUser) -> list[Entity]:
    if not isinstance(given, list):
        return []
    length = utf16_length(text)
    entities = []
    for item in given:
        try:
            entity = _read_entity(item, find_user)
        except (KeyError, TypeError, ValueError) as error:
            raise bad_request(f"can't parse MessageEntity: {error}") from None
        if entity is None:
            continue
        if entity.end > length:
            raise ApiError(
                400,
                f"Bad Request: entity beginning at UTF-16 offset {entity.offset} ends after the end of the text at "
                f"UTF-16 offset {entity.end}",
            )
        entities.append(entity)
    return entities


def _read_entity(item: Any, find_user: FindUser) -> Entity | None:
    kind = item["type"]
    if kind in _PLAIN_ENTITIES:
        return None
    entity = Entity(MessageEntityType(kind), int(item["offset"]), int(item["length"]))
    if kind == MessageEntityType.TEXT_LINK:
        link = checked_link(item["url"])
        return replace(entity, url=link) if link else None
    if kind == MessageEntityType.TEXT_MENTION:
        user = find_user(int(item["user"]["id"]))
        return replace(entity, user=user) if user else None
    if kind == MessageEntityType.CUSTOM_EMOJI:
        return replace(entity, custom_emoji_id=str(item["custom_emoji_id"]))
    return replace(entity, language=item.get("language", ""))
