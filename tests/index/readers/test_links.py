import pytest

from index.readers import read_bytes
from index.readers.lines import Line
from index.readers.links import find_url, source_url

URL = "https://example.org/bai-viet/cho-noi_(can-tho)?a=1&b=2#muc"
BODY = "Chợ nổi họp từ tờ mờ sáng.\nGhe thuyền chở đầy trái cây."


@pytest.mark.parametrize(
    "line",
    [
        URL,
        f"<{URL}>",
        f"- {URL}",
        f"({URL})",
        f"Nguồn: {URL}",
        f"Nguồn: {URL}.",
        f"nguồn {URL}",
        f"NGUỒN: Báo Sông Nước, {URL}",
        f"(Nguồn: {URL})",
        f"*Nguồn: {URL}*",
        f"Nguồn tham khảo: {URL}",
        f"Theo: Báo Sông Nước ({URL})",
        f"Link gốc: {URL}",
        f"Source: {URL}",
        f"Link: {URL} https://example.org/khac",
        f"🔗 {URL}",
    ],
)
def test_the_last_line_that_names_a_source_is_its_link_and_leaves_the_text(line):
    document = read_bytes(f"{BODY}\n{line}\n".encode(), "a.txt").document
    assert document.url == URL
    assert document.text == BODY


@pytest.mark.parametrize("line", [f"[Báo Sông Nước]({URL})", f"Nguồn: [Báo Sông Nước]({URL})", f"Nguồn: <{URL}>"])
@pytest.mark.parametrize("key", ["a.txt", "a.md"])
def test_a_markdown_link_is_a_source(line, key):
    document = read_bytes(f"{BODY}\n\n{line}\n".encode(), key).document
    assert document.url == URL
    assert "Nguồn" not in document.text


def test_the_source_may_stand_a_little_above_the_end_or_at_the_start():
    assert read_bytes(f"{BODY}\n{URL}\nNgười viết giữ bản quyền bài này.".encode(), "a.txt").document.url == URL
    long_body = "\n".join(f"Ghe thứ {number} chở đầy trái cây." for number in range(50))
    assert read_bytes(f"Chợ nổi\n{URL}\n{long_body}".encode(), "a.txt").document.url == URL


def test_a_link_in_the_middle_of_a_document_is_no_source():
    half = "\n".join(f"Ghe thứ {number} chở đầy trái cây." for number in range(20))
    document = read_bytes(f"{half}\n{URL}\n{half.replace('Ghe', 'Xe')}".encode(), "a.txt").document
    assert document.url is None
    assert URL in document.text


def test_the_link_nearest_the_end_of_the_text_comes_before_one_at_the_start():
    long_body = "\n".join(f"Ghe thứ {number} chở đầy trái cây." for number in range(50))
    assert read_bytes(f"https://example.org/dau\n{long_body}\n{URL}".encode(), "a.txt").document.url == URL


@pytest.mark.parametrize(
    "line",
    [
        f"Bạn đọc xem thêm tại {URL} để biết giờ họp chợ.",
        f"Giá được niêm yết ở {URL}",
        "Nguồn: Báo Sông Nước",
        "https://",
        "http://[xấu",
        "example.org",
        "ftp://example.org/a",
        f"Nguồn: {'rất dài ' * 60}{URL}",
    ],
)
def test_a_line_that_says_more_or_holds_no_link_is_no_source(line):
    assert source_url(Line(line)) is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"xem {URL}, rồi về.", URL),
        (f"(xem {URL})", URL),
        (f"“{URL}”", URL),
        ("HTTPS://Example.org/a.", "HTTPS://Example.org/a"),
        ("http://ví-dụ.vn/chợ", "http://ví-dụ.vn/chợ"),
        ("không có gì", None),
        ("", None),
    ],
)
def test_a_link_is_taken_without_the_punctuation_around_it(text, url):
    assert find_url(text) == url


def test_without_a_link_there_is_none():
    assert read_bytes(BODY.encode(), "a.txt").document.url is None
