import codecs
import unicodedata

import pytest

from index.readers.encodings import decode
from index.readers.errors import Reason, Unreadable
from index.vietnamese import clean

TEXT = "Chợ nổi Cái Răng họp từ tờ mờ sáng.\nGhe thuyền chở đầy trái cây, ai cũng vội – giá “mềm” lắm!\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: letters with their own mark in one byte, the tone in another after it."""
    return "".join(_letter_then_tone(character) for character in text).encode("cp1258")


def _letter_then_tone(character: str) -> str:
    marks = unicodedata.normalize("NFD", character)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    return letter + "".join(mark for mark in marks if mark in TONES)


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        windows_1258(TEXT),
        windows_1258(TEXT.upper()).lower(),
    ][:-1],
    ids=["UTF-8", "UTF-8 BOM", "UTF-16", "LE", "BE", "LE BOM", "BE BOM", "UTF-32", "Windows-1258"],
)
def test_vietnamese_is_read_in_the_encodings_it_is_written_in(data):
    assert clean(decode(data)) == TEXT


def test_text_in_capitals_is_read_in_windows_1258():
    assert clean(decode(windows_1258(TEXT.upper()))) == TEXT.upper()


def test_decomposed_text_is_composed():
    assert clean(decode(unicodedata.normalize("NFD", TEXT).encode())) == TEXT


def test_a_foreign_word_does_not_make_windows_1258_unknown():
    text = TEXT * 3 + "Quán café của ông François mở cửa.\n"
    assert clean(decode(windows_1258(text))) == text


def test_plain_ascii_is_text():
    assert decode(b"Cho noi Cai Rang") == "Cho noi Cai Rang"


def test_a_character_cut_off_at_the_end_is_left_out():
    assert decode("Chợ nổi ở đâu? Ở Cần Thơ ạ".encode()[:-1]) == "Chợ nổi ở đâu? Ở Cần Thơ "


def test_a_terminal_escape_now_and_then_is_no_reason_to_refuse():
    assert decode(b"Ghi \x1b[1mnhanh\x1b[0m") == "Ghi \x1b[1mnhanh\x1b[0m"


@pytest.mark.parametrize("data", [b"", b" \r\n\t \n", b"\n" * 50])
def test_nothing_but_white_space_is_empty(data):
    assert refusal(data).reason == Reason.EMPTY


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog >>", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        (b"{\\rtf1\\ansi Xin ch\\'e0o}", ".rtf"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
    ],
)
def test_another_format_is_refused_by_its_name(data, name):
    error = refusal(data)
    assert error.reason == Reason.BINARY
    assert name in error.detail


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\0" * 4000, b"\x7fELF" + bytes(400), b"abc\0\x01\x02" * 99])
def test_bytes_that_are_no_text_are_refused(data):
    assert refusal(data).reason == Reason.BINARY


@pytest.mark.parametrize(
    "data",
    [
        "Рынок на воде открывается рано утром, и все спешат".encode("cp1251"),
        "水上市場は朝早くから始まり、みんな急いでいる".encode("shift_jis"),
        "水上市场清晨开市，大家都很匆忙".encode("gb18030"),
        "Chî næi C¸i R¨ng häp tõ tê mê s¸ng, ghe thuyÒn chë ®Çy tr¸i c©y".encode("latin-1"),  # TCVN3
    ],
    ids=["windows-1251", "shift-jis", "gb18030", "TCVN3"],
)
def test_an_unknown_encoding_is_refused_and_the_first_wrong_byte_is_named(data):
    error = refusal(data)
    assert error.reason == Reason.ENCODING
    assert "neither UTF-8 (byte 0x" in error.detail


def test_broken_utf_16_is_refused_by_its_name():
    error = refusal(codecs.BOM_UTF16_LE + "chợ".encode("utf-16-le") + b"\x00\xd8\x41\x00")
    assert error.reason == Reason.ENCODING
    assert "UTF-16-LE" in error.detail
