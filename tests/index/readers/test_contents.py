import pytest

from index.documents import Document, Skipped
from index.readers.contents import Contents, file_of, key_in

ONE, OTHER = Document("a.jsonl#1", "Một", "Chợ nổi."), Document("a.jsonl#2", "Hai", "Chợ đêm.")


def test_documents_and_skipped_parts_are_told_apart_in_order():
    bad = Skipped("a.jsonl:2", "broken")
    assert Contents.of([ONE, bad, OTHER]) == Contents((ONE, OTHER), (bad,))


def test_only_a_file_of_one_document_has_the_document():
    assert Contents((ONE,)).document == ONE
    for documents in ((), (ONE, OTHER)):
        with pytest.raises(ValueError, match="values to unpack"):
            _ = Contents(documents).document


@pytest.mark.parametrize("identity", ["vn-2025_01", "https://example.org/a#b", "Chợ nổi họp sớm.", "", "a.b", "\ud800"])
@pytest.mark.parametrize("file", ["a.jsonl", "tin #1/a.jsonl", "https://example.org/rss", "a#b.xml"])
def test_the_file_of_a_document_is_found_from_its_key(file, identity):
    key = key_in(file, identity)
    assert file_of(key) == file
    assert key.startswith(f"{file}#")
    assert key == key_in(file, identity)


@pytest.mark.parametrize("key", ["a.txt", "tin #1.txt", "#a.md", "a#b.c/d.txt", "https://example.org/bai-viet"])
def test_a_document_alone_in_its_file_has_the_files_key(key):
    assert file_of(key) == key


def test_a_plain_identity_can_be_read_in_the_key_and_another_is_short():
    assert key_in("a.jsonl", "vn-12") == "a.jsonl#vn-12"
    assert len(key_in("a.jsonl", "https://example.org/" + "x" * 900)) < 40
