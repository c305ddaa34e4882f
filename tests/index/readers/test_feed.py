import datetime as dt

import pytest

from index.documents import Skipped
from index.readers import Reason, Unreadable, file_of, read_bytes


def rss(*items):
    shown = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Tin sông</title>{shown}</channel></rss>'


FIRST = (
    "<title>Chợ &amp; ghe</title><link>https://example.org/1</link><guid>tin-1</guid>"
    "<pubDate>Wed, 12 Feb 2025 00:30:00 +0700</pubDate>"
    '<description><![CDATA[<a href="/x"><img src="y"></a>Chợ nổi họp từ sáng.<p>Rất đông khách.</p>]]></description>'
)
SECOND = "<title>Bến đò</title><link>https://example.org/2</link><description>Bến đò mở lại hôm nay.</description>"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title>
<entry><id>urn:x:1</id><title>Chợ đêm</title><link href="https://example.org/3"/><updated>2025-02-13T23:00:00+07:00</updated>
<summary>Chợ đêm họp.</summary>
<content type="html">&lt;p&gt;Chợ đêm họp tối.&lt;/p&gt;&lt;p&gt;Đông vui.&lt;/p&gt;</content></entry></feed>"""


def read(feed, key="tin.xml"):
    return read_bytes(feed.encode(), key)


def test_every_entry_is_a_document_with_its_own_title_link_and_day():
    first, second = read(rss(FIRST, SECOND)).documents
    assert (first.title, first.url, first.date) == ("Chợ & ghe", "https://example.org/1", dt.date(2025, 2, 12))
    assert first.text == "Chợ nổi họp từ sáng.\nRất đông khách."
    assert (second.title, second.text, second.date) == ("Bến đò", "Bến đò mở lại hôm nay.", None)


def test_the_fullest_text_of_an_entry_is_read_in_atom_too():
    document = read(ATOM, "tin.atom").document
    assert (document.title, document.url) == ("Chợ đêm", "https://example.org/3")
    assert (document.text, document.date) == ("Chợ đêm họp tối.\nĐông vui.", dt.date(2025, 2, 13))


def test_an_entry_keeps_its_key_when_others_come_before_it():
    alone, (_, later) = read(rss(FIRST)).document, read(rss(SECOND, FIRST)).documents
    assert alone.key == later.key == "tin.xml#tin-1"
    assert file_of(read(rss(SECOND)).document.key) == "tin.xml"


def test_an_entry_that_says_nothing_or_comes_twice_is_named_by_its_place():
    contents = read(rss("<title>Trống</title><guid>t</guid>", FIRST, FIRST))
    assert [document.title for document in contents.documents] == ["Chợ & ghe"]
    assert contents.skipped == (Skipped("tin.xml:1", "empty"), Skipped("tin.xml:3", "duplicate", "tin.xml#tin-1"))


def test_a_broken_feed_gives_the_entries_that_can_be_made_out():
    assert read(rss(FIRST, SECOND).replace("</channel></rss>", "")).documents[0].title == "Chợ & ghe"


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        ("<?xml version='1.0'?><so><sach>Chợ</sach></so>", Reason.FORMAT),
        ("Chợ họp sớm.", Reason.BROKEN),
        (rss(), Reason.EMPTY),
        ("", Reason.EMPTY),
        ("<html><p>Chợ</p></html>", Reason.MISNAMED),
    ],
)
def test_what_is_no_feed_is_named(feed, reason):
    with pytest.raises(Unreadable) as caught:
        read(feed)
    assert caught.value.reason == reason


def test_a_file_is_not_read_through_an_entity_and_none_multiplies(tmp_path):
    secret = tmp_path / "mat-khau.txt"
    secret.write_text("bi mat", encoding="utf-8")
    bomb = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a0 "hahaha">{bomb}]>'
    feed = rss(FIRST, "<title>Bom</title><description>Đây: &x; &a9;</description>").replace("<rss", f"{head}<rss", 1)
    documents = read(feed).documents
    assert all("bi mat" not in document.text and len(document.text) < 1000 for document in documents)


def test_too_many_entries_are_refused():
    with pytest.raises(Unreadable) as caught:
        read(rss(*["<title>x</title>"] * 5_001))
    assert caught.value.reason == Reason.TOO_LARGE
