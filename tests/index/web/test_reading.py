import pytest

from index.readers import Kind, Reason, Unreadable, file_of
from index.web import Fetched, documents_at
from index.web.reading import kind_of
from tests.index.readers.pdfs import page, pdf
from tests.index.readers.words import word

ADDRESS, LOCATION = "https://example.org/a", "https://www.example.org/bai/a"
PAGE = '<html><head><link rel="canonical" href="{}"></head><body><p>Chợ nổi họp từ sáng sớm.</p></body></html>'
RSS = "<rss><channel><item><title>Chợ</title><guid>1</guid>{}<description>Chợ họp.</description></item></channel></rss>"


def fetched(data, media_type="", location=LOCATION, charset=None):
    return Fetched(ADDRESS, location, data if isinstance(data, bytes) else data.encode(), media_type, charset)


@pytest.mark.parametrize(
    ("data", "media_type", "location", "kind"),
    [
        ("<p>Chợ", "text/html", LOCATION, Kind.HTML),
        ("<html><p>Chợ", "text/plain", LOCATION, Kind.HTML),
        ("<html><p>Chợ", "", LOCATION, Kind.HTML),
        (pdf(page("Chợ.")), "text/html", LOCATION, Kind.PDF),
        (word("Chợ."), "application/octet-stream", LOCATION, Kind.DOCX),
        ("<rss><channel/></rss>", "text/html", LOCATION, Kind.FEED),
        ("<?xml version='1.0'?><x/>", "application/xml", LOCATION, Kind.FEED),
        ("# Chợ", "text/markdown", LOCATION, Kind.MARKDOWN),
        ("# Chợ", "text/plain", "https://example.org/README.md?raw=1", Kind.MARKDOWN),
        ("{}", "", "https://example.org/tin.jsonl", Kind.JSON_LINES),
        ("Chợ", "text/plain", LOCATION, Kind.TEXT),
        ("Chợ", "", LOCATION, Kind.TEXT),
    ],
)
def test_what_was_fetched_is_known_by_its_bytes_its_type_or_its_name(data, media_type, location, kind):
    assert kind_of(fetched(data, media_type, location)) is kind


def test_a_document_is_keyed_by_what_was_asked_for_and_cites_where_it_was_found():
    for data in (
        pdf(page("Chợ nổi họp từ sáng sớm.")),
        "Chợ nổi họp từ sáng sớm.\nNguồn: https://khac.example/b",
        PAGE,
    ):
        document = documents_at(fetched(data)).document
        assert (document.key, document.url, document.text) == (ADDRESS, LOCATION, "Chợ nổi họp từ sáng sớm.")


@pytest.mark.parametrize(
    ("canonical", "cited"),
    [
        ("https://example.org/cho-noi", "https://example.org/cho-noi"),
        ("https://m.example.org/cho-noi", "https://m.example.org/cho-noi"),
        ("https://bao-khac.example/cho-noi", LOCATION),
    ],
)
def test_a_page_may_name_another_address_of_its_own_site_only(canonical, cited):
    assert documents_at(fetched(PAGE.format(canonical))).document.url == cited


def test_the_entries_of_a_feed_cite_their_own_links():
    document = documents_at(fetched(RSS.format("<link>https://example.org/1</link>"))).document
    assert (document.key, document.url) == (f"{ADDRESS}#1", "https://example.org/1")
    assert file_of(document.key) == ADDRESS
    assert documents_at(fetched(RSS.format(""))).document.url == LOCATION


def test_the_encoding_that_the_server_names_is_used():
    page = "<html><body><p>Été à la plage, déjà vu, garçon, où êtes-vous.</p></body></html>"
    for charset in ("iso-8859-1", "utf-16"):
        assert "Été à la plage" in documents_at(fetched(page.encode(charset), charset=charset)).document.text
    assert documents_at(fetched("Chợ họp sớm.", charset="khong-co")).document.text == "Chợ họp sớm."


def test_what_no_reader_takes_is_named():
    with pytest.raises(Unreadable) as caught:
        documents_at(fetched(b"\x89PNG\r\n\x1a\n" + bytes(100)))
    assert caught.value.reason == Reason.BINARY
