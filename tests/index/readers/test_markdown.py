import pytest

from index.readers import read_bytes

SENTENCE = "Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông và chim chưa rời tổ."


def text_of(markdown: str) -> str:
    return read_bytes(f"{SENTENCE}\n\n{markdown}\n".encode(), "a.md").document.text.removeprefix(SENTENCE).strip("\n")


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Chợ **nổi** họp *rất* __sớm__.", "Chợ nổi họp rất sớm."),
        ("Giá ~~cao~~ mềm.", "Giá cao mềm."),
        ("Gõ `make run` rồi đợi.", "Gõ make run rồi đợi."),
        ("Xem [giờ họp](https://example.org/a) nhé.", "Xem giờ họp nhé."),
        ("Xem [giờ *họp*][1] nhé.\n\n[1]: https://example.org/a", "Xem giờ họp nhé."),
        ("Xem <https://example.org/a> nhé.", "Xem https://example.org/a nhé."),
        ("![Ghe chở cam](ghe.jpg)", ""),
        ("Đây: ![ghe chở cam](ghe.jpg)", "Đây: ghe chở cam"),
        ("![](ghe.jpg)", ""),
        ("- cam\n- quýt\n  - quýt đường", "• cam\n• quýt\n• quýt đường"),
        ("3. cam\n4. quýt", "3. cam\n4. quýt"),
        ("- cam\n\n  ngọt\n- quýt", "• cam\nngọt\n• quýt"),
        ("> Chợ họp sớm.\n> Ai cũng vội.", "Chợ họp sớm.\nAi cũng vội."),
        ("Dòng một\ndòng hai", "Dòng một\ndòng hai"),
        ("Dòng một  \nDòng hai", "Dòng một\nDòng hai"),
        ("| Quả | Giá |\n|---|--:|\n| Cam | 20.000 |\n| | 5 |", "Quả: Cam; Giá: 20.000\nGiá: 5"),
        ("```python\ncam = 1\n\nquyt = 2\n```", "cam = 1\nquyt = 2"),
        ("    cam = 1", "cam = 1"),
        ("<div>\n<p>Chợ <b>nổi</b></p><p>họp sớm</p>\n</div>", "Chợ nổi\nhọp sớm"),
        ("<!-- ẩn -->", ""),
        ("Chợ <b>nổi</b><br>họp sớm", "Chợ nổi\nhọp sớm"),
        ("Cam &amp; quýt &lt; bưởi", "Cam & quýt < bưởi"),
        (r"2 \* 3 = 6", "2 * 3 = 6"),
        ("***", ""),
        ("**chưa đóng", "**chưa đóng"),
        ("<p>Cam &amp; quýt</p>", "Cam & quýt"),
        ("- [ ] mua cam\n- [x] mua quýt", "• mua cam\n• mua quýt"),
        ("<script>\nvar a = 1;\n</script>", ""),
        ("<style>p { color: red }</style>", ""),
    ],
)
def test_the_structure_is_read_and_the_marks_are_left_out(markdown, plain):
    assert text_of(markdown) == plain


def test_a_link_that_is_all_of_the_last_line_is_the_source():
    document = read_bytes(f"{SENTENCE}\n\nNguồn: [Báo *Sông Nước*](https://example.org/a)".encode(), "a.md").document
    assert (document.url, document.text) == ("https://example.org/a", SENTENCE)


def test_a_link_within_a_sentence_is_no_source():
    assert read_bytes(f"{SENTENCE}\n\nXem [giờ họp](https://example.org/a) nhé.".encode(), "a.md").document.url is None


def test_headings_of_both_forms_are_read():
    document = read_bytes(
        f"Chợ nổi\n=======\n\nBuổi sáng\n---------\n\n{SENTENCE}\n\n### Giá\n\n20.000".encode(), "a.md"
    ).document
    headings = [(one.level, document.text[one.start : one.end]) for one in document.headings]
    assert document.title == "Chợ nổi"
    assert headings == [(2, "Buổi sáng"), (3, "Giá")]


def test_nested_without_end_is_read_all_the_same():
    assert "cam" in read_bytes(("> " * 90 + "cam").encode(), "a.md").document.text
    assert "cam" in read_bytes(("[" * 20_000 + "cam").encode(), "a.md").document.text
