"""Word (``.docx``): paragraphs, headings, lists with their numbers, and tables, by python-docx."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from index.readers.errors import Reason, Unreadable
from index.readers.front_matter import Matter
from index.readers.lines import Line, tidy
from index.readers.parts import Part
from index.readers.properties import real_date, real_title
from index.readers.tables import rows_as_lines

MOST_UNPACKED = 200_000_000
"""Bytes of all files in the archive, unpacked."""
MOST_FILES = 5_000
_MAIN = "word/document.xml"
_OTHERS = {
    "xl/workbook.xml": "an Excel workbook (.xlsx)",
    "ppt/presentation.xml": "a PowerPoint presentation (.pptx)",
    "META-INF/container.xml": "an e-book (.epub)",
    "content.xml": "an OpenDocument file (.odt)",
}
_OLD_OFFICE, _LOCKED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_FLAG_ENCRYPTED = 0x1

_P, _TABLE, _ROW, _CELL, _T = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
_BREAKS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_UNSEEN = frozenset(
    {
        qn("w:pPr"),
        qn("w:rPr"),
        qn("w:del"),
        qn("w:moveFrom"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
"""Settings, what was taken out, and what is shown by older programs in the place of something newer."""
_VALUE = qn("w:val")
_HIGHEST_LEVEL = 6
_LEVELS = 9
_BULLET = "•"


def parse(data: bytes) -> Iterator[Part]:
    """The text of a Word document.

    Raises:
        Unreadable: It is ``encrypted``, ``broken``, ``too_large``, or another kind of file (``binary``).
    """
    _check(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise Unreadable(Reason.BROKEN, str(error)) from None
    lines = tuple(_Reader(document).lines())
    properties = document.core_properties
    changed = properties.modified or properties.created
    yield Part(
        lines,
        Matter(title=real_title(properties.title, (line.text for line in lines))),
        saved=real_date(changed.date() if changed else None),
    )


def _check(data: bytes) -> None:
    """Look at the archive's list of files, before anything is unpacked."""
    if data.startswith(_OLD_OFFICE):
        if _LOCKED in data:
            raise Unreadable(Reason.ENCRYPTED)
        raise Unreadable(Reason.BINARY, "an old office document (.doc, .xls)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(Reason.BROKEN, str(error)) from None
    names = {file.filename for file in files}
    if _MAIN not in names:
        other = next((kind for name, kind in _OTHERS.items() if name in names), "a ZIP archive")
        raise Unreadable(Reason.BINARY, other)
    if any(file.flag_bits & _FLAG_ENCRYPTED for file in files):
        raise Unreadable(Reason.ENCRYPTED)
    if len(files) > MOST_FILES:
        raise Unreadable(Reason.TOO_LARGE, f"{len(files):,} files in it, {MOST_FILES:,} at most")
    if (size := sum(file.file_size for file in files)) > MOST_UNPACKED:
        raise Unreadable(Reason.TOO_LARGE, f"{size:,} bytes unpacked, {MOST_UNPACKED:,} at most")


@dataclass(slots=True)
class _Style:
    """What a paragraph style says, with what it says through the styles that it is based on."""

    level: int = 0
    numbering: tuple[str, int] | None = None


@dataclass(slots=True)
class _Level:
    """How a level of a list is numbered: the kind of number, what stands around it, where it starts."""

    kind: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    """The levels of a list, and how far each has been counted."""

    levels: dict[int, _Level]
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)

    def next_marker(self, at: int) -> str:
        """What stands before the next item at a level: ``Điều 5.``, ``a)``, ``•``."""
        level = self.levels.get(at, _Level())
        self.counts[at] = self.counts[at] + 1 if self.counts[at] else level.start
        for deeper in range(at + 1, _LEVELS):
            self.counts[deeper] = 0
        if level.kind == "none":
            return ""
        if level.kind == "bullet":
            return _BULLET
        text = level.text
        for number in range(at + 1):
            other = self.levels.get(number, _Level())
            text = text.replace(f"%{number + 1}", _written(self.counts[number] or other.start, other.kind))
        return text


class _Reader:
    """Lines of a document, with the styles and lists that it defines."""

    def __init__(self, document: WordDocument) -> None:
        self._body = document.element.body
        self._styles = _styles(document.styles.element)
        self._lists = _lists(document)

    def lines(self) -> Iterator[Line]:
        """Its paragraphs and rows of tables, in order."""
        for block in _blocks(self._body):
            yield from self._table(block) if block.tag == _TABLE else self._paragraph(block)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Line]:
        properties = paragraph.find(qn("w:pPr"))
        style = self._styles.get(_value(properties, "w:pStyle") or "", _Style())
        outline = _value(properties, "w:outlineLvl")
        level = style.level
        if outline is not None and outline.isdecimal():
            level = int(outline) + 1 if int(outline) < _HIGHEST_LEVEL else 0
        texts = [shown for line in _text(paragraph).split("\n") if (shown := tidy(line))]
        if not texts:
            return
        marker = self._marker(properties, style)
        if marker:
            texts[0] = f"{marker} {texts[0]}" if not level or marker != _BULLET else texts[0]
        if level:
            yield Line(" ".join(texts), level=level)
        else:
            yield from map(Line, texts)

    def _marker(self, properties: etree._Element | None, style: _Style) -> str:
        numbering = style.numbering
        own = None if properties is None else properties.find(qn("w:numPr"))
        if own is not None and (number := _value(own, "w:numId")) is not None:
            numbering = (number, _level_number(_value(own, "w:ilvl")))
        if numbering is None or numbering[0] not in self._lists:
            return ""
        number, level = numbering
        return self._lists[number].next_marker(level)

    def _table(self, table: etree._Element) -> Iterator[Line]:
        rows = [[list(_blocks(cell)) for cell in _own(row, _CELL, _TABLE)] for row in _own(table, _ROW, _TABLE)]
        if len(rows) == 1 or max(map(len, rows), default=0) == 1:  # a page laid out by a table, a frame
            for block in (block for row in rows for cell in row for block in cell):
                yield from self._table(block) if block.tag == _TABLE else self._paragraph(block)
            return
        texts = [[tidy(" ".join(" ".join(map(_text, cell)).split())) for cell in row] for row in rows]
        yield from map(Line, filter(tidy, rows_as_lines(texts)))


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables below an element but those inside them; content controls and insertions are looked into."""
    return _own(parent, _P, _TABLE)


def _own(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements of some tags below one, but those inside another that was given."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag in tags:
            yield element
        elif element.tag not in _UNSEEN:
            waiting.extend(reversed(element))


def _text(block: etree._Element) -> str:
    """The text below a paragraph or table, without what was deleted or moved away."""
    parts = []
    waiting = [block]
    while waiting:
        element = waiting.pop()
        if element.tag == _T:
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append(_BREAKS[element.tag])
        elif element.tag not in _UNSEEN:
            if element.tag == _P and parts:
                parts.append("\n")
            waiting.extend(reversed(element))
    return "".join(parts)


def _value(parent: etree._Element | None, name: str) -> str | None:
    """The value of a property, ``None`` where it is not given."""
    child = None if parent is None else parent.find(qn(name))
    value = None if child is None else child.get(_VALUE)
    return None if value is None else str(value)


def _level_number(value: str | None) -> int:
    return min(int(value), _LEVELS - 1) if value and value.isdecimal() else 0


def _styles(root: BaseOxmlElement) -> dict[str, _Style]:
    """The styles of paragraphs, by their ids."""
    elements = {str(element.get(qn("w:styleId"))): element for element in root.iter(qn("w:style"))}
    return {identity: _style(identity, elements) for identity in elements}


def _style(identity: str, elements: dict[str, etree._Element]) -> _Style:
    found = _Style()
    seen: set[str] = set()
    while identity in elements and identity not in seen:
        seen.add(identity)
        element = elements[identity]
        properties = element.find(qn("w:pPr"))
        found.level = found.level or _heading_level(_value(element, "w:name") or "", _value(properties, "w:outlineLvl"))
        numbered = None if properties is None else properties.find(qn("w:numPr"))
        if found.numbering is None and (number := _value(numbered, "w:numId")) is not None:
            found.numbering = (number, _level_number(_value(numbered, "w:ilvl")))
        identity = _value(element, "w:basedOn") or ""
    return found


def _heading_level(name: str, outline: str | None) -> int:
    """How deep a heading a style makes; Word keeps the English names of its own styles in every language."""
    kind, _, number = name.lower().partition(" ")
    if kind == "heading" and number.isdecimal():
        return min(int(number), _HIGHEST_LEVEL)
    if kind == "title":
        return 1
    return int(outline) + 1 if outline and outline.isdecimal() and int(outline) < _HIGHEST_LEVEL else 0


def _lists(document: WordDocument) -> dict[str, _List]:
    """The lists of a document, by their numbers."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # there is none, and python-docx makes none
        return {}
    kinds = {str(kind.get(qn("w:abstractNumId"))): _List(_levels(kind)) for kind in root.iter(qn("w:abstractNum"))}
    lists = {}
    for one in root.iter(qn("w:num")):
        kind = kinds.get(_value(one, "w:abstractNumId") or "", _List({}))
        starts_anew = one.find(qn("w:lvlOverride")) is not None
        lists[str(one.get(qn("w:numId")))] = _List(kind.levels) if starts_anew else kind
    return lists


def _levels(kind: etree._Element) -> dict[int, _Level]:
    levels = {}
    for level in kind.iter(qn("w:lvl")):
        start = _value(level, "w:start") or "1"
        levels[_level_number(level.get(qn("w:ilvl")))] = _Level(
            _value(level, "w:numFmt") or "decimal",
            _value(level, "w:lvlText") or "",
            int(start) if start.isdecimal() and len(start) < 6 else 1,
        )
    return levels


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _written(number: int, kind: str) -> str:
    """A number as a list writes it."""
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 5)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"} and number < 4000:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    parts = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        parts.append(letters * times)
    return "".join(parts)
