"""HTML (``.html``): the article without the page around it, by trafilatura."""

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document as Extracted

from index.readers.dates import find_date
from index.readers.encodings import decode
from index.readers.front_matter import Matter
from index.readers.lines import Line, tidy
from index.readers.links import find_url
from index.readers.parts import Part
from index.readers.tables import rows_as_lines

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HEAD = 4096
"""Bytes among which a page declares its encoding."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEFT_OUT = frozenset(
    "script style template noscript head nav header footer aside form button select textarea iframe svg math object "
    "figcaption graphic".split()
)
_PARAGRAPHS = frozenset(
    "p div section article main body blockquote quote pre dd dt dl ul ol list figure figure address details summary "
    "center fieldset hr table tbody thead tfoot html".split()
)
_ITEMS = frozenset({"li", "item"})
_BREAKS = frozenset({"br", "lb"})
_ROWS, _CELLS = frozenset({"tr", "row"}), frozenset({"td", "th", "cell"})
_AROUND = 1.2
"""Times the length of its article that a page has which is nothing but the article."""
_MOST_HEADING_WORDS = 25
"""Words of a heading: a longer one is the lead of the article, set in large type."""
_LEAD_OPENING, _SHORTEST_LEAD, _LONGEST_LEAD = 40, 20, 1_000
"""Characters of a lead: those it is known by, and how many it has at least and at most."""
_SITE_NAME = re.compile(r" +[|–—-] +[^|–—]{2,40}$")


def parse(data: bytes) -> Iterator[Part]:
    """The article of a page.

    Raises:
        Unreadable: It is ``empty``, ``binary`` or in an ``encoding`` not known here.
    """
    text = decoded_page(data)
    extracted = bare_extraction(
        text,
        include_comments=False,
        include_formatting=True,  # headings are, too
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    whole = _whole(text)
    if not isinstance(extracted, Extracted):
        yield whole
        return
    lead = _lead(extracted.description or "", whole.lines)
    article = Part(tuple(lines_of(extracted.body)), replace(_matter(extracted), summary=lead))
    is_run_together = 2 * len(article.lines) <= len(whole.lines) and whole.size <= _AROUND * article.size
    yield replace(article, lines=whole.lines) if is_run_together else article  # as trafilatura gives short pages


def decoded_page(data: bytes) -> str:
    """The text of a page: in UTF-8 or what it declares, or else in an encoding that text is read in.

    Raises:
        Unreadable: It is ``empty``, ``binary`` or in an ``encoding`` not known here.
    """
    declared = _DECLARED.search(data[:_HEAD])
    if declared is not None and not _is_utf_8(data):
        with suppress(LookupError, ValueError):  # not the name of an encoding of text, or not that one
            return data.decode(codecs.lookup(declared[1].decode()).name)
    return decode(data)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def lines_in(fragment: str) -> tuple[Line, ...]:
    """The lines of some HTML that is all content, as an entry of a feed."""
    if not fragment.strip():
        return ()
    try:
        return tuple(lines_of(html.fragment_fromstring(fragment, create_parent="div")))
    except (etree.ParserError, ValueError):  # comments alone, say
        return ()


def lines_of(root: etree._Element) -> Iterator[Line]:
    """A line for each paragraph, heading, item of a list and row of a table below an element."""
    written = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in {"start", "end"}:
            yield from written.enter(element) if event == "start" else written.leave(element)
        elif element.tail:
            written.write(element.tail)
    yield from written.close()


def _level(element: etree._Element, tag: str) -> int:
    """How deep a heading an element is, 0 if it is none; trafilatura calls one ``head`` and keeps what it was."""
    return _HEADINGS.get(str(element.get("rend")) if tag == "head" else tag, 0)


class _Writer:
    """Text gathered from elements as they open and close, given out as lines where a block ends."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._hidden = 0
        self._level = 0
        self._marker = ""
        self._opens = True
        self._rows: list[list[str]] | None = None
        self._tables = 0
        self._has_names = False

    def enter(self, element: etree._Element) -> Iterator[Line]:
        tag = str(element.tag).lower()
        level = _level(element, tag)
        if self._hidden or (tag in _LEFT_OUT and not level):
            self._hidden += 1
            return
        if self._rows is not None:
            self._enter_table(tag, element)
        elif tag == "table":
            yield from self.close()
            self._rows, self._has_names = [], False
            self._tables = 1
        elif level:
            yield from self.close()
            self._level = level
        elif tag in _ITEMS:
            yield from self.close()
            self._marker = "• "
        elif tag in _PARAGRAPHS:
            yield from self.close()
        elif tag in _BREAKS:
            yield from self._end_line(opens=False)
        self.write(element.text)

    def leave(self, element: etree._Element) -> Iterator[Line]:
        tag = str(element.tag).lower()
        if self._hidden:
            self._hidden -= 1
        elif self._rows is not None:
            if tag == "table":
                self._tables -= 1
            if not self._tables:
                rows, self._rows = self._rows, None
                self._text = []
                yield from self._table(rows)
            elif tag in _CELLS and self._rows and self._tables == 1:
                self._rows[-1].append(self._taken())
        elif tag in _HEADINGS or tag in _PARAGRAPHS or tag in _ITEMS or tag == "head":
            yield from self.close()
            self._level, self._marker = 0, ""
        self.write(element.tail)

    def _enter_table(self, tag: str, element: etree._Element) -> None:
        if tag == "table":
            self._tables += 1
        elif tag in _ROWS and self._tables == 1 and self._rows is not None:
            self._rows.append([])
        elif tag == "th" or element.get("role") == "head":
            self._has_names = self._has_names or (self._rows is not None and len(self._rows) == 1)
        self._text.append(" ")

    def _table(self, rows: list[list[str]]) -> Iterator[Line]:
        if max(map(len, rows), default=0) == 1 or len(rows) == 1:  # a page laid out by a table
            yield from (Line(cell) for row in rows for cell in row if cell)
        else:
            yield from map(Line, filter(tidy, rows_as_lines(rows, has_names=self._has_names)))

    def write(self, text: str | None) -> None:
        if text and not self._hidden:
            self._text.append(text)

    def _taken(self) -> str:
        text = tidy(" ".join("".join(self._text).split()))
        self._text = []
        return text

    def close(self) -> Iterator[Line]:
        """End the paragraph."""
        return self._end_line(opens=True)

    def _end_line(self, *, opens: bool) -> Iterator[Line]:
        if self._rows is not None:
            self._text.append(" ")
            return
        if text := self._taken():
            is_heading = self._level and not text.endswith(".") and text.count(" ") < _MOST_HEADING_WORDS
            if is_heading:
                yield Line(text, level=self._level)
            else:
                yield Line(self._marker + text, opens=self._opens)
            self._marker = ""
            self._opens = False
        self._opens = self._opens or opens


def _whole(text: str) -> Part:
    """A page in which no article stands out: all that it shows."""
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return Part(())
    title = root.find(".//title")
    shown = "" if title is None else " ".join("".join(title.itertext()).split())
    return Part(tuple(lines_of(root)), Matter(title=shown or None))


def _lead(description: str, lines: Iterable[Line]) -> str | None:
    """The paragraph that a page describes itself with, where it shows it: news sites set it above the article."""
    opening = " ".join(description.split())[:_LEAD_OPENING].rstrip(" .…").casefold()
    if len(opening) < _SHORTEST_LEAD:
        return None
    for line in lines:
        at = line.text.casefold().find(opening)
        if at >= 0 and not line.level and len(line.text) <= _LONGEST_LEAD:
            return line.text[at:]
    return None


def _matter(extracted: Extracted) -> Matter:
    title = " ".join((extracted.title or "").split())
    site = extracted.sitename or ""
    if (name := _SITE_NAME.search(title)) and site and name.group().strip(" |–—-").casefold() == site.casefold():
        title = title[: name.start()]
    return Matter(
        title=title if tidy(title) else None,
        url=_address(extracted.url),
        date=find_date(extracted.date or ""),
    )


def _address(url: str | None) -> str | None:
    """A canonical link that leads to a page, not to the front of its site."""
    found = find_url(url or "")
    return found if found and urlsplit(found).path.strip("/") else None
