"""PDF (``.pdf``): text in reading order by PDFium, lines joined into paragraphs by where they stand on the page.

What runs along the top or bottom of pages is left out, and larger letters make headings.
"""

import datetime as dt
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2
import pypdfium2.raw

from index.readers.errors import Reason, Unreadable
from index.readers.front_matter import Matter
from index.readers.lines import ENDS, ITEM, Line, tidy
from index.readers.parts import Part
from index.readers.properties import real_date, real_title

MOST_PAGES = 2_000
_MOST_CHARACTERS = 20_000_000

_EDGE = 0.12
"""Share of a page's height, at its top and bottom, where what is repeated is no text."""
_REPEATED_PAGES, _REPEATED_SHARE = 3, 0.1
"""On how many pages, and which share of them, a line stands that runs along."""
_PAGE_NUMBER = re.compile(r"\W*(?:(?:trang|page)\W*)?(\d{1,4})(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:\s?[.…_]){4,}\s*(?:\d{1,4}|[ivxl]{1,6})$")
"""How a line of a table of contents ends, which says again what headings say."""
_DIGITS = re.compile(r"\d+")

_GAP = 1.35
"""Times the usual distance of lines, above which a paragraph ends."""
_TIGHTEST, _USUAL, _WIDEST = 0.5, 1.4, 1.9
"""Distances of lines in one paragraph, in sizes of their letters."""
_INDENT = 0.8
"""Times the size of the letters, by which a first line is set in."""
_SAME_SIZE = 0.06
"""Share by which the sizes of letters in one paragraph may differ."""
_NEIGHBOURS = 12
"""Lines before and after, among which the widest shows where the column ends."""
_LARGER = 1.12
"""Times the size of the text, from which letters make a heading."""
_MOST_HEADING_WORDS, _MOST_HEADINGS = 30, 0.25
"""Words of a heading, and the share of a text that is headings; more of them are no headings at all."""

_LETTERS_ON_A_SCAN = 25
"""Characters a page that a scanned document has at most: the name of the scanner, a stamp."""
_SAMPLE = 20
"""Pages, and objects on each, that are looked at for pictures."""
_HYPHEN = "\ufffe"
"""How PDFium writes the hyphen where a word is broken at the end of a line."""
_PASSWORD, _SECURITY = pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it stands on a page: left, right and bottom in points, and the size of its letters."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float
    height: float
    """How high its bottom stands, as a share of the page's height."""

    def first_word_width(self) -> float:
        return (self.right - self.left) * (len(self.text.partition(" ")[0]) + 1) / max(1, len(self.text))


def parse(data: bytes) -> Iterator[Part]:
    """The text of a PDF file.

    Raises:
        Unreadable: It is ``encrypted``, ``broken``, ``scanned``, ``empty`` or ``too_large``.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {_PASSWORD, _SECURITY}:
            raise Unreadable(Reason.ENCRYPTED) from None
        raise Unreadable(Reason.BROKEN, str(error)) from None
    if len(document) > MOST_PAGES:
        raise Unreadable(Reason.TOO_LARGE, f"{len(document):,} pages, {MOST_PAGES:,} at most")
    pages = _without_furniture(list(_pages(document)))
    if sum(len(row.text) for page in pages for row in page) <= _LETTERS_ON_A_SCAN * len(pages) and _has_pictures(
        document
    ):
        raise Unreadable(Reason.SCANNED, f"{len(pages)} pages")
    metadata = document.get_metadata_dict()
    lines = tuple(_headed(list(_paragraphs(pages))))
    yield Part(
        lines,
        Matter(title=real_title(metadata["Title"], (line.text for line in lines))),
        saved=real_date(_date(metadata["CreationDate"])),
    )


def _pages(document: pypdfium2.PdfDocument) -> Iterator[list[_Row]]:
    """The rows of each page; a page that is damaged has none."""
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            yield []
            continue
        rows = list(_rows(page, number))
        page.close()
        characters += sum(len(row.text) for row in rows)
        if characters > _MOST_CHARACTERS:
            raise Unreadable(Reason.TOO_LARGE, f"more than {_MOST_CHARACTERS:,} characters of text")
        yield rows


def _rows(page: pypdfium2.PdfPage, number: int) -> Iterator[_Row]:
    """The lines of a page in the order in which they were set."""
    text = page.get_textpage()
    box = page.get_mediabox()
    rotation = page.get_rotation()
    bottom, height = (box[1], box[3] - box[1]) if rotation in {0, 180} else (box[0], box[2] - box[0])
    start = 0
    for piece in re.split(f"(\r\n|{_HYPHEN})", text.get_text_range(errors="replace")):
        if shown := tidy(piece.replace("\n", " ").replace("\r", " ")):
            first = start + _units(piece[: len(piece) - len(piece.lstrip())])
            last = start + _units(piece.rstrip()) - 1
            left, low, _, _ = _turned(text.get_charbox(first, loose=True), rotation)
            _, low_last, right, _ = _turned(text.get_charbox(last, loose=True), rotation)
            size = pypdfium2.raw.FPDFText_GetFontSize(text, first)
            scaled = _scaled(text, first, size)
            yield _Row(
                number, shown, left, right, min(low, low_last), scaled, (min(low, low_last) - bottom) / max(1.0, height)
            )
        elif piece == _HYPHEN:
            yield _Row(number, _HYPHEN, 0, 0, 0, 0, 0.5)
        start += _units(piece)


def _units(text: str) -> int:
    """Places that a text takes in PDFium's count, which is that of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _turned(box: tuple[float, float, float, float], rotation: int) -> tuple[float, float, float, float]:
    """A box as it is seen on a page that is shown turned by so many degrees."""
    left, bottom, right, top = box
    match rotation:
        case 90:
            return bottom, -right, top, -left
        case 180:
            return -right, -top, -left, -bottom
        case 270:
            return -top, left, -bottom, right
        case _:
            return box


def _scaled(text: pypdfium2.PdfTextPage, place: int, size: float) -> float:
    """The size of a letter as it is seen: that of its font, or where this is 1 and scaled up, its box's height."""
    if size > 2:
        return round(size * 2) / 2
    _, bottom, _, top = text.get_charbox(place, loose=True)
    return float(round((top - bottom) * 2) / 2)


def _without_furniture(pages: list[list[_Row]]) -> list[list[_Row]]:
    """The pages without running heads, page numbers and tables of contents."""
    repeated = Counter(key for page in pages for key in {_as_repeated(row) for row in page if _is_at_edge(row)})
    numbered = Counter(offset for page in pages for row in page if (offset := _page_offset(row)) is not None)
    often = max(_REPEATED_PAGES, _REPEATED_SHARE * len(pages))

    def is_furniture(row: _Row) -> bool:
        if not _is_at_edge(row):
            return _CONTENTS.search(row.text) is not None
        offset = _page_offset(row)
        is_number = offset is not None and ((offset == 1 and len(pages) > 1) or numbered[offset] >= _REPEATED_PAGES)
        return is_number or repeated[_as_repeated(row)] >= often or _CONTENTS.search(row.text) is not None

    return [[row for row in page if not is_furniture(row)] for page in pages]


def _page_offset(row: _Row) -> int | None:
    """For a line at the edge that is a page's number, how far it is from the page's place, counted from 0."""
    match = _PAGE_NUMBER.fullmatch(row.text) if _is_at_edge(row) else None
    return None if match is None else int(match[1]) - row.page


def _as_repeated(row: _Row) -> tuple[str, int]:
    return _DIGITS.sub("#", row.text), round(row.height * 50)


def _is_at_edge(row: _Row) -> bool:
    return not _EDGE < row.height < 1 - _EDGE


def _has_pictures(document: pypdfium2.PdfDocument) -> bool:
    """Whether there are pictures on most pages."""
    looked_at = list(range(min(_SAMPLE, len(document))))
    found = 0
    for number in looked_at:
        try:
            objects = document[number].get_objects(max_depth=3)
            found += any(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in islice(objects, _SAMPLE))
        except pypdfium2.PdfiumError:
            continue
    return 2 * found > len(looked_at)


def _paragraphs(pages: Sequence[Sequence[_Row]]) -> Iterator[tuple[str, float]]:
    """The paragraphs of all pages, each with the size of its letters."""
    large = _LARGER * _body_size(pages)
    text, last = "", None
    for page in pages:
        rows = [row for row in page if row.text != _HYPHEN]
        broken = _broken_words(page)
        leading = _leading(rows)
        for number, row in enumerate(rows):
            if text and number in broken:
                text = _rejoined(text, row.text)
            elif last and _goes_on(last, row, leading, _column_end(rows, number), is_large=last.size >= large):
                text = f"{text} {row.text}"
            else:
                if last:
                    yield text, last.size
                text = row.text
            last = row
    if last:
        yield text, last.size


def _broken_words(page: Sequence[_Row]) -> set[int]:
    """The rows, counted without the marks of hyphens, that open with the second half of a word."""
    broken = set()
    number = 0
    for row in page:
        if row.text == _HYPHEN:
            broken.add(number)
        else:
            number += 1
    return broken - {0}


def _rejoined(text: str, rest: str) -> str:
    """A word broken at a hyphen; Vietnamese words are not broken, and the hyphen in ``Mỹ-Trung`` is the author's."""
    half, other = text.rpartition(" ")[2], rest.partition(" ")[0]
    is_broken = half.isascii() and other.isascii() and other[:1].islower()
    return f"{text}{rest}" if is_broken else f"{text}-{rest}"


def _body_size(pages: Sequence[Sequence[_Row]]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page:
            sizes[row.size] += len(row.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _leading(rows: Sequence[_Row]) -> float:
    """The usual distance from one line to the next on a page, in sizes of their letters."""
    steps = ((upper.bottom - lower.bottom) / max(1.0, lower.size) for upper, lower in pairwise(rows))
    usual = [step for step in steps if _TIGHTEST < step < _WIDEST]
    return statistics.median_low(usual) if usual else _USUAL


def _column_end(rows: Sequence[_Row], number: int) -> float:
    """Where the lines around one end at the right, in points."""
    around = rows[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS]
    row = rows[number]
    return max(other.right for other in around if other.left < row.right and other.right > row.left)


def _goes_on(previous: _Row, row: _Row, leading: float, column_end: float, *, is_large: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    step = previous.bottom - row.bottom
    if abs(row.size - previous.size) > _SAME_SIZE * previous.size:
        return False
    if previous.page != row.page or step < -row.size:  # on another page, in another column
        return _continues(previous.text, row.text)
    if step > _GAP * leading * row.size:
        return False
    if step < _TIGHTEST * row.size:  # beside it: cells of a table, words that were set apart
        return True
    has_room = previous.right + row.first_word_width() < column_end
    if ITEM.match(row.text) and (has_room or previous.text.endswith(ENDS)):
        return False
    is_set_in = row.left - previous.left > _INDENT * row.size
    return is_large or _continues(previous.text, row.text) or not (has_room or is_set_in)


def _continues(text: str, rest: str) -> bool:
    """Whether a sentence goes on."""
    return rest[0].islower() and not text.endswith(ENDS) and not ITEM.match(rest)


def _headed(paragraphs: Sequence[tuple[str, float]]) -> Iterator[Line]:
    """The paragraphs as lines, those in larger letters as headings."""
    levels = _levels(paragraphs)
    for text, size in paragraphs:
        if shown := tidy(text):
            is_heading = (
                size in levels and shown.count(" ") < _MOST_HEADING_WORDS and not shown.endswith((".", ";", ","))
            )
            yield Line(shown, level=levels[size] if is_heading else 0)


def _levels(paragraphs: Sequence[tuple[str, float]]) -> Mapping[float, int]:
    """How deep a heading letters of each size make; empty where too much is set in large letters."""
    letters: Counter[float] = Counter()
    for text, size in paragraphs:
        letters[size] += len(text)
    body = max(letters, key=lambda size: letters[size], default=0.0)
    large = sorted((size for size in letters if size >= _LARGER * body), reverse=True)
    if sum(letters[size] for size in large) > _MOST_HEADINGS * letters.total():
        return {}
    return {size: min(level, 6) for level, size in enumerate(large, start=1)}


def _date(written: str) -> dt.date | None:
    """The day in ``D:20250212080000+07'00'``."""
    match = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", written)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
