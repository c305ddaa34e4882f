"""Bytes to text: UTF-8, UTF-16 and Windows-1258, and a clear word about anything else.

Windows-1258 gives a meaning to nearly every byte, so that text in another encoding decodes too, into nonsense. It is
believed only where the words that come out are spelt like Vietnamese.
"""

import codecs
import re
import unicodedata

from index.readers.errors import Reason, Unreadable

BYTE_ORDER_MARKS = (  # UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document (.docx, .xlsx, .odt)",
    b"\xd0\xcf\x11\xe0": "an old office document (.doc, .xls)",
    b"{\\rtf": "a rich text document (.rtf)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
}
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1a\x1b"))
_MOST_CONTROLS = 0.005
"""A larger share of control characters is no text."""

_SAMPLE = 65536
_HIGH_BYTES = bytes([0x00, 0x01, 0x03, 0x1E, 0x20])
"""First bytes of the letters, marks and punctuation of Vietnamese in UTF-16."""

_WORD_GAP = re.compile(r"[\s.,;:!?…\"'“”‘’()\[\]{}<>«»–—/*#_|&+=•-]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VIETNAMESE = re.compile(
    r"(?:ngh?|nh|ph|th|tr|ch|gh?|gi|kh|qu|[bcdđhklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_MOST_FOREIGN = 0.1


def decode(data: bytes) -> str:
    """The text of a file, without its byte order mark; neither normalised nor cleaned.

    Raises:
        Unreadable: It is ``empty``, ``binary``, or in an ``encoding`` not known here.
    """
    if not data.strip():
        raise Unreadable(Reason.EMPTY)
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(encoding, data.removeprefix(mark))
    for opening, name in _OTHER_FORMATS.items():
        if data.startswith(opening):
            raise Unreadable(Reason.BINARY, name)
    if b"\0" in data and (unmarked := _utf_16(data[:_SAMPLE])):
        return _decode_as(unmarked, data)
    if _has_controls(data):
        raise Unreadable(Reason.BINARY)
    return _decode_unmarked(data)


def _decode_as(encoding: str, data: bytes) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(Reason.ENCODING, f"not {encoding.upper()} at byte {error.start}: {error.reason}") from None


def _utf_16(sample: bytes) -> str | None:
    """The byte order of text in UTF-16 without a mark, or ``None`` where it is something else."""
    for high, encoding in ((sample[1::2], "utf-16-le"), (sample[0::2], "utf-16-be")):
        text = sample.decode(encoding, "ignore")
        foreign = len(high.translate(None, _HIGH_BYTES))
        if text and foreign <= len(high) * _MOST_FOREIGN and not _has_controls(text.encode()):
            return encoding
    return None


def _has_controls(data: bytes) -> bool:
    """Whether control characters are too many for a text."""
    return len(data) - len(data.translate(None, _CONTROLS)) > len(data) * _MOST_CONTROLS


def _decode_unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return data[: error.start].decode("utf-8")  # a character cut off at the very end is no reason to refuse
        detail = f"neither UTF-8 (byte 0x{data[error.start]:02x} at {error.start}), UTF-16 nor Windows-1258"
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        raise Unreadable(Reason.ENCODING, detail) from None
    if not _is_vietnamese(unicodedata.normalize("NFC", text[:_SAMPLE])):
        raise Unreadable(Reason.ENCODING, detail)
    return text


def _is_vietnamese(text: str) -> bool:
    """Whether the words with letters beyond ASCII are spelt like Vietnamese, apart from a foreign one now and then."""
    words = [word for word in _WORD_GAP.split(text) if word]
    foreign = sum(1 for word in words if not (word.isascii() or _is_syllable(word)))
    return foreign <= len(words) * _MOST_FOREIGN


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _VIETNAMESE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
