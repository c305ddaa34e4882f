"""Markdown (``.md``): its structure is read, its marks are left out."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.documents import Document
from index.readers import front_matter
from index.readers.layout import lay_out
from index.readers.lines import Anchor, Line, tidy

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_BREAK_TAG = re.compile(r"<(?:br|/p|/li|/tr|/h\d|/div)\b[^<>]*>", re.IGNORECASE)


def read(text: str, key: str) -> Document:
    """The document that a cleaned Markdown text holds.

    Raises:
        Unreadable: Nothing in it can be quoted (``empty``).
    """
    matter, body = front_matter.split(text)
    return lay_out(key, list(_lines(_PARSER.parse(body))), matter)


def _lines(tokens: Sequence[Token]) -> Iterator[Line]:
    """A line for each paragraph, heading, item, row of a table, and line of code or HTML."""
    level = 0
    cells: list[str] | None = None
    for token in tokens:
        match token.type:
            case "heading_open" | "heading_close":
                level = int(token.tag.removeprefix("h")) if token.nesting > 0 else 0
            case "tr_open":
                cells = []
            case "tr_close":
                yield from _line(" | ".join(filter(None, cells or ())))
                cells = None
            case "fence" | "code_block" | "html_block":
                yield from chain.from_iterable(map(_line, _plain_block(token).split("\n")))
            case "inline" if cells is not None:
                cells += [tidy(text) for text, _ in _inline(token.children or [])]
            case "inline":
                for text, anchors in _inline(token.children or []):
                    yield from _line(text, level, anchors)


def _line(text: str, level: int = 0, anchors: tuple[Anchor, ...] = ()) -> Iterator[Line]:
    if shown := tidy(text):
        yield Line(shown, level=level, anchors=anchors)


def _plain_block(token: Token) -> str:
    if token.type != "html_block":
        return token.content
    return _TAG.sub("", _BREAK_TAG.sub("\n", token.content))


def _inline(children: Sequence[Token]) -> Iterator[tuple[str, tuple[Anchor, ...]]]:
    """The plain text of a run of inline tokens with its links; a hard break parts it in two."""
    parts: list[str] = []
    anchors: list[Anchor] = []
    open_link: tuple[str, int] | None = None
    for token in children:
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "softbreak":
                parts.append(" ")
            case "image":
                parts.append(token.content)
            case "link_open":
                open_link = str(token.attrs["href"]), len(parts)
            case "link_close" if open_link:
                url, start = open_link
                anchors.append(Anchor("".join(parts[start:]), url))
                open_link = None
            case "hardbreak":
                yield "".join(parts), tuple(anchors)
                parts, anchors = [], []
                open_link = open_link and (open_link[0], 0)
    yield "".join(parts), tuple(anchors)
