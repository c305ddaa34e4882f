import datetime as dt
import json

import pytest

from index.documents import Document, Skipped
from index.readers import Reason, Unreadable, jsonl, read_bytes, stream


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows).encode()


def read(*rows):
    return read_bytes(lines(*rows), "tin.jsonl")


CHO = {"title": "Chợ nổi", "text": "Chợ họp sớm.\nGhe về đông.", "url": "https://example.org/cho", "date": "2025-02-12"}
BEN = {"title": "Bến đò", "text": "Bến đò mở lại.", "url": "https://example.org/ben"}


def test_every_line_is_a_document():
    cho, ben = read(CHO, "", BEN).documents
    assert (cho.title, cho.text, cho.url) == ("Chợ nổi", "Chợ họp sớm.\nGhe về đông.", "https://example.org/cho")
    assert (cho.date, ben.date) == (dt.date(2025, 2, 12), None)


def test_a_text_is_all_that_a_line_must_have():
    document = read({"text": "Chợ nổi họp từ sáng sớm."}).document
    assert (document.title, document.url) == ("Chợ nổi họp từ sáng sớm", None)


def test_a_document_keeps_its_key_when_lines_move_and_when_its_text_is_mended():
    first = read(CHO, BEN).documents[0].key
    assert read(BEN, {**CHO, "text": "Chợ họp rất sớm."}).documents[1].key == first
    assert read({"id": "tin-7", **CHO}).document.key == "tin.jsonl#tin-7"
    assert read({"text": "Một."}).document.key != read({"text": "Hai."}).document.key


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", Reason.BROKEN),
        ("[1]", Reason.BROKEN),
        ("null", Reason.BROKEN),
        ('{"title": "Chợ"}', Reason.BROKEN),
        ('{"text": ["Chợ"]}', Reason.BROKEN),
        ('{"text": "  "}', Reason.EMPTY),
        ("\0\0\0", Reason.BROKEN),
        ("[" * 100_000, Reason.BROKEN),
        ("9" * 10_000, Reason.BROKEN),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_the_others_are_read(bad, reason):
    contents = read(CHO, bad, BEN)
    assert [document.title for document in contents.documents] == ["Chợ nổi", "Bến đò"]
    assert [(one.key, one.reason) for one in contents.skipped] == [("tin.jsonl:2", reason)]


def test_a_line_in_another_encoding_is_named():
    contents = read_bytes(lines(BEN) + b'\n{"text": "\xff\xff"}', "tin.jsonl")
    assert [(one.key, one.reason) for one in contents.skipped] == [("tin.jsonl:2", Reason.ENCODING)]


def test_a_byte_order_mark_is_passed_over():
    assert len(read_bytes(b"\xef\xbb\xbf" + lines(CHO), "a.jsonl").documents) == 1


def test_the_second_of_two_documents_with_one_key_is_passed_over():
    assert read(CHO, CHO).skipped == (Skipped("tin.jsonl:2", "duplicate", "tin.jsonl:1"),)


def test_of_many_bad_lines_the_first_are_named_and_all_counted():
    skipped = read(CHO, *["{"] * 250).skipped
    assert len(skipped) == 101
    assert skipped[-1] == Skipped("tin.jsonl", "broken", "250 lines in all")


def test_a_line_too_long_is_passed_over_without_the_rest(monkeypatch):
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 200)
    contents = read(BEN, {"text": "dài " * 1000}, CHO)
    assert [document.title for document in contents.documents] == ["Bến đò", "Chợ nổi"]
    assert [(one.key, one.reason) for one in contents.skipped] == [("tin.jsonl:2", Reason.TOO_LARGE)]


def test_a_file_is_read_line_by_line(tmp_path):
    path = tmp_path / "tin.jsonl"
    path.write_bytes(lines(CHO, "{", BEN))
    parts = stream(path, "tin.jsonl")
    assert isinstance(next(parts), Document)
    path.write_bytes(b"")  # nothing was read ahead but a buffer
    assert isinstance(next(parts), Skipped)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_lines_is_empty(data):
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, "a.jsonl")
    assert caught.value.reason == Reason.EMPTY
