import pytest

from index.readers import Reason, Unreadable, read_bytes
from index.readers.kinds import Kind, sniff
from tests.index.readers.pdfs import page, pdf
from tests.index.readers.words import word

HTML = b"<!DOCTYPE html>\n<html><p>Cho</p></html>"
FEED = b'<?xml version="1.0"?>\n<!-- tin -->\n<rss version="2.0"></rss>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (HTML, Kind.HTML),
        (b"\xef\xbb\xbf \n<HTML lang=vi>", Kind.HTML),
        ("<html><p>Chợ".encode("utf-16"), Kind.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD"><html>', Kind.HTML),
        (FEED, Kind.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', Kind.FEED),
        (b"<rdf:RDF>", Kind.FEED),
        (pdf(page("x")), Kind.PDF),
        (word("x"), Kind.DOCX),
        (b"PK\x03\x04 something else", None),
        ("Chợ nổi <html> họp sớm.".encode(), None),
        (b"<p>Cho</p>", None),
        (b"A file of PDF opens with %PDF-1.7", None),
        (b"<!--" + b"-" * 5000, None),
        (b"", None),
    ],
)
def test_a_kind_is_known_by_its_first_bytes(data, kind):
    assert sniff(data) is kind


@pytest.mark.parametrize("key", ["a.txt", "a.md", "a.docx", "a.rss", "a.jsonl"])
def test_a_page_with_another_suffix_is_named_as_what_it_is(key):
    with pytest.raises(Unreadable) as caught:
        read_bytes(HTML, key)
    assert (caught.value.reason, caught.value.detail) == (Reason.MISNAMED, "a web page (.html)")


def test_a_pdf_file_with_words_suffix_is_named_as_what_it_is():
    with pytest.raises(Unreadable) as caught:
        read_bytes(pdf(page("Chợ.")), "a.docx")
    assert (caught.value.reason, caught.value.detail) == (Reason.MISNAMED, "a PDF file (.pdf)")
