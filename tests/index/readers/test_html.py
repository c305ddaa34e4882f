import datetime as dt
from contextlib import suppress

import pytest

from index.readers import Reason, Unreadable, read_bytes
from index.readers.html import lines_in, parse

LEAD = "Chợ nổi Cái Răng họp từ tờ mờ sáng."
BODY = (
    "Ghe thuyền chở đầy trái cây từ các miệt vườn đổ về chợ nổi, người mua kẻ bán gọi nhau í ới trên sông. "
    "Mỗi ghe treo thứ hàng mình bán lên một cây sào dài, gọi là cây bẹo, để khách ở xa cũng nhìn thấy."
)
MORE = (
    "Khách du lịch thường thuê xuồng từ bến Ninh Kiều lúc năm giờ sáng, đi chừng nửa giờ thì tới nơi. "
    "Họ ăn tô bún riêu ngay trên xuồng, uống ly cà phê nóng, rồi ghé các ghe mua cam, quýt, bưởi và dừa tươi."
)
PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Chợ nổi Cái Răng - Báo Sông</title>
<meta property="og:site_name" content="Báo Sông"><link rel="canonical" href="https://example.org/cho-noi">
<meta property="article:published_time" content="2025-02-12T06:00:00+07:00"><script>var quangCao = "mua ngay";</script></head>
<body><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/the-thao">Thể thao</a></li></ul></nav>
<article><h1>Chợ nổi Cái Răng</h1><h2 class="sapo">{LEAD}</h2><p>{BODY}</p><h3>Giờ họp</h3><p>{MORE}</p>
<ul><li>Cam <b>sành</b></li><li>Bưởi</li></ul>
<table><tr><th>Loại</th><th>Giá</th></tr><tr><td>Cam</td><td>20.000</td></tr><tr><td>Bưởi</td><td>30.000</td></tr></table>
</article><aside><a href="/x">Đọc nhiều nhất hôm nay</a></aside><footer>Bản quyền thuộc Báo Sông</footer></body></html>"""


def document(page, key="a.html"):
    return read_bytes(page if isinstance(page, bytes) else page.encode(), key).document


def test_the_article_is_read_without_the_page_around_it():
    found = document(PAGE)
    assert found.text == "\n".join(
        [LEAD, BODY, "Giờ họp", MORE, "• Cam sành", "• Bưởi", "Loại: Cam; Giá: 20.000", "Loại: Bưởi; Giá: 30.000"]
    )


def test_the_title_the_link_and_the_day_are_those_of_the_page():
    found = document(PAGE)
    assert (found.title, found.url, found.date) == (
        "Chợ nổi Cái Răng",
        "https://example.org/cho-noi",
        dt.date(2025, 2, 12),
    )


def test_the_lead_that_news_sites_set_above_the_article_is_its_summary():
    shown = PAGE.replace("<article>", f'<p class="description"><span>Cần Thơ</span>{LEAD}</p><article>').replace(
        f'<h2 class="sapo">{LEAD}</h2>', ""
    )
    described = shown.replace("<head>", f'<head><meta name="description" content="{LEAD}">')
    found = document(described)
    assert found.summary == LEAD
    assert found.text.startswith(f"{LEAD}\n{BODY}")
    assert (
        document(
            PAGE.replace("<head>", '<head><meta name="description" content="Đọc báo nhanh nhất mỗi ngày.">')
        ).summary
        is None
    )


def test_headings_stay_headings_and_a_lead_in_large_type_is_none():
    found = document(PAGE)
    assert [found.text[heading.start : heading.end] for heading in found.headings] == ["Giờ họp"]


def test_a_short_page_is_read_with_its_paragraphs():
    page = "<title>Phiên chợ</title><nav>Trang chủ</nav><p>Chợ họp <!-- ghi chú -->sớm.<p>Chợ<br>tan.<ul><li>Cam<li>Bưởi</ul>"
    assert document(page).text == "Chợ họp sớm.\nChợ\ntan.\n• Cam\n• Bưởi"


def test_a_page_that_says_nothing_is_empty():
    for page in ("<html><body></body></html>", "<html><script>x</script>", "<!-- chợ -->"):
        with pytest.raises(Unreadable) as caught:
            document(page)
        assert caught.value.reason == Reason.EMPTY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_the_encodings_of_text_are_read(encoding):
    text = "<html><p>Tôi đi chơi phố và mua cam.</p></html>"  # each letter of it is one byte in Windows-1258
    assert document(text.replace("ố", "ô").encode(encoding)).text == "Tôi đi chơi phô và mua cam."


def test_another_encoding_is_read_where_the_page_declares_it():
    page = '<html><head><meta charset="gb2312"></head><p>你好世界今天天气很好</p></html>'
    assert document(page.encode("gb2312")).text == "你好世界今天天气很好"
    with pytest.raises(Unreadable) as caught:
        document(page.replace("gb2312", "khong-co").encode("utf-8") + b"\x8a\x8d")
    assert caught.value.reason == Reason.ENCODING


@pytest.mark.parametrize("link", ["https://example.org/", "javascript:alert(1)", "http://", "x" * 5000])
def test_a_canonical_link_that_leads_to_no_page_is_left_out(link):
    assert document(PAGE.replace("https://example.org/cho-noi", link)).url is None


def test_the_lines_of_a_fragment_are_those_that_a_browser_breaks():
    fragment = "<p>Một <i>hai</i></p>ba<br/>bốn<div>năm<pre>sáu</pre></div><blockquote>bảy</blockquote><h4>Tám</h4>chín"
    assert [(line.text, line.level) for line in lines_in(fragment)] == [
        ("Một hai", 0), ("ba", 0), ("bốn", 0), ("năm", 0), ("sáu", 0), ("bảy", 0), ("Tám", 4), ("chín", 0),
    ]  # fmt: skip
    assert lines_in("") == lines_in("<!-- x -->") == ()


def test_words_set_in_another_way_stay_in_their_sentence():
    page = PAGE.replace("gọi là cây bẹo", "gọi là <code>cây</code> <em>bẹo</em>")
    assert document(page).text == document(PAGE).text


def test_a_table_in_a_table_is_read_once():
    fragment = (
        "<table><tr><td>Một <table><tr><td>hai</td></tr></table> ba</td><td>bốn</td></tr><tr><td>năm</td></tr></table>"
    )
    assert [line.text for line in lines_in(fragment)] == ["Một hai ba; bốn", "năm"]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 200_000 + "Chợ họp sớm.",
        "<p>Chợ" + "<b><i>" * 50_000,
        "<a href='" + "x" * 2_000_000,
        "<table>" * 3000 + "chợ",
        "<!--" * 100_000,
        "&amp" * 500_000,
        "<p>" + "một hai " * 300_000,
        "<html>\0\0<p>Chợ\0 họp sớm.</p>",
    ],
    ids=["deep", "unclosed", "attribute", "tables", "comments", "entities", "line", "nul"],
)
def test_a_page_made_to_be_hard_ends_in_a_document_or_a_refusal(page):
    with suppress(Unreadable):
        read_bytes(page.encode(), "a.html")
    assert document("<p>Chợ họp sớm.</p>").text == "Chợ họp sớm."


def test_a_page_is_one_part():
    assert len(list(parse(PAGE.encode()))) == 1
