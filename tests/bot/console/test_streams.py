import io
import os

import pytest

from bot.console.streams import decoded, make_writable, silence


def written(text: str, encoding: str) -> bytes:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    make_writable(stream)
    stream.write(text)
    stream.flush()
    return stream.buffer.getvalue()


def test_what_can_be_encoded_is_written_as_it_is():
    assert written("Đất hiếm “quý” 🙂", "utf-8") == "Đất hiếm “quý” 🙂".encode()


def test_what_cannot_be_encoded_is_written_without_diacritics():
    assert written("│ Trữ lượng ĐẤT HIẾM – “quý”… 🙂", "ascii") == b'| Tru luong DAT HIEM - "quy"... ?'


def test_letters_that_the_encoding_has_keep_their_marks():
    assert written("là đất", "latin-1") == "là dat".encode("latin-1")


def test_a_stream_that_is_no_file_is_left_alone():
    make_writable(stream := io.StringIO())
    stream.write("đất")
    assert stream.getvalue() == "đất"


def test_a_line_in_utf_8_is_read():
    assert decoded("đất hiếm\n".encode()) == "đất hiếm\n"


def test_a_line_in_another_encoding_does_not_fail(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(), encoding="cp1258"))
    assert decoded("chào".encode("cp1258")) == "chào"


def test_a_silenced_stream_takes_what_is_written_to_it():
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        os.close(reading)
        silence(stream)
        stream.write("nothing reads this")


def test_only_writing_is_helped():
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "bot.unmarked")
