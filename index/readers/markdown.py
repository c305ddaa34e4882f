"""Markdown (``.md``): its structure is read, its marks are left out."""

import html
import re
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.readers import front_matter
from index.readers.encodings import decode
from index.readers.lines import Anchor, Line, tidy
from index.readers.parts import Part
from index.readers.tables import named_row
from index.vietnamese import clean

_OPTIONS = {"maxNesting": 100}  # what is nested deeper is left out
_BLOCKS = MarkdownIt("commonmark", _OPTIONS).enable("table").disable("inline")
_INLINE = MarkdownIt("commonmark", _OPTIONS).enable("strikethrough")
_MARKED = re.compile(r"[\\`*_\[\]<&~!]")
_LONGEST_MARKED = 20_000
"""Characters of a paragraph whose emphasis and links are read; a longer one is no prose, and stays as it is."""
_MOST_HEADING_WORDS = 25
"""Words of an underlined line that is a heading, not a paragraph with a rule below it."""
_TASK = re.compile(r"\[[ xX]\] ")
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|li|tr|h\d|div|hr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")

Environment = MutableMapping[str, Any]
"""What the parser remembers of a document: the links that are defined away from where they are used."""


def parse(data: bytes) -> Iterator[Part]:
    """The lines of a Markdown file.

    Raises:
        Unreadable: It is no text.
    """
    matter, body = front_matter.split(clean(decode(data)))
    yield Part(tuple(_lines(body)), matter)


def _lines(text: str) -> Iterator[Line]:
    """A line for each line of a paragraph, heading, row of a table, and line of code or HTML.

    Lines that Markdown would join stay apart: whether they are one paragraph shows in the whole document.
    """
    environment: Environment = {}
    tokens = iter(_BLOCKS.parse(text, environment))
    marker, level = "", 0
    for token in tokens:
        match token.type:
            case "list_item_open":
                marker = f"{token.info}{token.markup} " if token.info else "• "
            case "heading_open":
                level = int(token.tag.removeprefix("h")) * (-1 if token.markup in {"-", "="} else 1)
            case "table_open":
                yield from _rows(tokens, environment)
            case "fence" | "code_block":
                yield from _plain_lines(token.content)
            case "html_block":
                yield from _plain_lines(_without_tags(token.content))
            case "inline" if level:
                yield from _heading(token.content, level, environment)
                marker, level = "", 0
            case "inline":
                for line in _paragraph(_TASK.sub("", token.content, count=1) if marker else token.content, environment):
                    yield Line(marker + line.text, opens=line.opens, anchors=line.anchors) if marker else line
                    marker = ""


def _heading(content: str, level: int, environment: Environment) -> Iterator[Line]:
    """A heading on one line; a negative level is that of an underlined one, which may be a paragraph above a rule."""
    parts = list(_paragraph(content, environment))
    text = " ".join(part.text for part in parts)
    if level < 0 and (text.endswith(".") or text.count(" ") >= _MOST_HEADING_WORDS):
        yield from parts
    elif text:
        yield Line(text, level=abs(level))


def _paragraph(content: str, environment: Environment) -> Iterator[Line]:
    """The lines of a paragraph as plain text with their links; the first, and one after a hard break, open one."""
    opens = True
    for text, anchors, is_hard in _plain(content, environment):
        if shown := tidy(text):
            yield Line(shown, opens=opens, anchors=anchors)
            opens = False
        opens = opens or is_hard


def _plain(content: str, environment: Environment) -> Iterator[tuple[str, tuple[Anchor, ...], bool]]:
    """Each line of some inline Markdown without its marks, its links, and whether a hard break ends it."""
    if len(content) > _LONGEST_MARKED or not _MARKED.search(content):
        yield from ((line, (), False) for line in content.split("\n"))
        return
    children = _INLINE.parseInline(content, environment)[0].children or []
    if all(child.type == "image" or not child.content.strip() for child in children):
        return  # pictures alone
    parts: list[str] = []
    anchors: list[Anchor] = []
    link_url, link_start = "", 0
    for child in children:
        if child.type == "link_open":
            link_url, link_start = str(child.attrs["href"]), len(parts)
        elif child.type == "link_close":
            anchors.append(Anchor("".join(parts[link_start:]), link_url))
        elif child.type in {"softbreak", "hardbreak"} or (child.type == "html_inline" and _BREAK.match(child.content)):
            yield "".join(parts), tuple(anchors), child.type != "softbreak"
            parts, anchors, link_start = [], [], 0
        elif child.type != "html_inline":
            parts.append(clean(child.content) if "&" in content else child.content)  # &nbsp; is a space by now
    yield "".join(parts), tuple(anchors), False


def _rows(tokens: Iterable[Token], environment: Environment) -> Iterator[Line]:
    """A line for each row of a table, every cell after the name of its column: ``Nước: Nga; Hạng: 5``."""
    names: list[str] = []
    cells: list[str] = []
    has_rows = False
    for token in tokens:
        match token.type:
            case "tr_open":
                cells = []
            case "inline":
                cells.append(tidy(" ".join(text for text, _, _ in _plain(token.content, environment))))
            case "thead_close":
                names = cells
            case "tr_close" if names:
                has_rows = True
                yield from _plain_lines(named_row(names, cells))
            case "table_close":
                break
    if not has_rows:
        yield from _plain_lines("; ".join(filter(None, names)))


def _without_tags(content: str) -> str:
    return clean(html.unescape(_TAG.sub("", _BREAK.sub("\n", _HIDDEN.sub("", content)))))


def _plain_lines(text: str) -> Iterator[Line]:
    """Lines that stay as they are."""
    return (Line(shown) for line in text.split("\n") if (shown := tidy(line)))
