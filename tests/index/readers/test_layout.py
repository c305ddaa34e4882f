import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Document
from index.readers import Reason, Unreadable, read_bytes

FIRST = "Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông và chim chưa rời tổ."
SECOND = "Ghe thuyền chở đầy trái cây từ các miệt vườn quanh vùng về đây bán cho khách phương xa."
BODY = f"{FIRST}\n{SECOND}"
SUMMARY = "Chợ nổi họp sớm và tan sớm."
LINES = st.sampled_from(
    [
        *("", "  ", "---", "***", "# Chợ nổi", "## Giờ họp", "Chương I", "Điều 1. Giờ họp", "1. Giờ họp", "a) Cam"),
        *("CHỢ NỔI", "Chợ nổi", "📌 Chợ nổi họp sớm.", "Tóm tắt:", "Nguồn: https://example.org/a", "12/2/2025"),
        *("title: Chợ nổi", "https://example.org", FIRST, SECOND, "|a|b|", "|-|-|", "<p>chợ</p>", "```", "> chợ", "😀"),
    ]
)


def document_or_reason(data: bytes, key: str) -> Document | Reason:
    try:
        return read_bytes(data, key).document
    except Unreadable as error:
        return error.reason


@pytest.mark.parametrize(
    "line",
    [
        f"📌 {SUMMARY}",
        f"📌{SUMMARY}",
        f"📌 Tóm tắt: {SUMMARY}",
        f"Tóm tắt: {SUMMARY}",
        f"TÓM TẮT – {SUMMARY}",
        f"Tóm tắt nội dung: {SUMMARY}",
        f"**Tóm tắt:** {SUMMARY}",
        f"TL;DR: {SUMMARY}",
        f"Tóm tắt:\n{SUMMARY}",
        f"Tóm tắt\n{SUMMARY}",
    ],
)
@pytest.mark.parametrize("text", ["{}\n{BODY}", "{BODY}\n{}", "Chợ nổi vào mùa\n{}\n{BODY}"])
def test_the_authors_summary_is_known_by_its_mark_and_stays_in_the_text(line, text):
    document = read_bytes(text.replace("{BODY}", BODY).format(line).encode(), "a.txt").document
    assert document.summary == SUMMARY
    assert SUMMARY in document.text.split("\n")
    assert "📌" not in document.text


def test_several_pins_are_bullets():
    document = read_bytes(f"{BODY}\n📌 Đi sớm.\n📌 Mang tiền lẻ.".encode(), "a.txt").document
    assert document.summary is None
    assert document.text.endswith("📌 Đi sớm.\n📌 Mang tiền lẻ.")


@pytest.mark.parametrize("line", ["Tóm tắt lại, chợ họp sớm.", "Bản tóm tắt: chợ họp sớm.", "Tóm tắt:"])
def test_a_sentence_about_a_summary_is_none(line):
    assert read_bytes(f"{BODY}\n{line}".encode(), "a.txt").document.summary is None


def test_a_long_paragraph_that_is_repeated_stands_once():
    assert read_bytes(f"{FIRST}\n{SECOND}\nChợ vui.\n{SECOND}".encode(), "a.txt").document.text == f"{BODY}\nChợ vui."


def test_a_short_paragraph_may_be_repeated():
    text = f"{FIRST}\nChợ đông.\n{SECOND}\nChợ đông."
    assert read_bytes(text.encode(), "a.txt").document.text == text


def test_line_ends_and_spaces_of_every_kind_come_out_plain():
    text = f"  {FIRST}  \r\n\r\n\t{SECOND.replace(' ', chr(0xA0))}\r"
    assert read_bytes(text.encode(), "a.txt").document.text == BODY


def test_rules_and_rows_of_stars_are_left_out():
    assert read_bytes(f"{FIRST}\n---\n* * *\n=====\n{SECOND}".encode(), "a.txt").document.text == BODY


def test_a_document_whose_words_are_all_title_keeps_them():
    document = read_bytes("# Chợ nổi\n".encode(), "a.md").document
    assert (document.title, document.text) == ("Chợ nổi", "Chợ nổi")


def test_a_document_of_headings_alone_can_be_quoted():
    document = read_bytes("# Chợ nổi\n## Sáng\n## Chiều\n".encode(), "a.md").document
    assert document.text == "Sáng\nChiều"
    assert document.headings == ()


@given(st.lists(LINES, max_size=14), st.sampled_from(["a.txt", "a.md"]))
def test_any_document_is_read_or_refused_as_empty(lines, key):
    document = document_or_reason("\n".join(lines).encode(), key)
    if not isinstance(document, Document):
        assert document == Reason.EMPTY
        return
    assert document.title.strip()
    assert all(line == " ".join(line.split()) and line for line in document.text.split("\n"))
    assert list(document.headings) == sorted(document.headings, key=lambda heading: heading.start)
    for heading in document.headings:
        assert "\n" not in document.text[heading.start : heading.end]
        assert document.text[: heading.start].endswith("\n") or heading.start == 0
        assert document.text[heading.end] == "\n"
        assert heading.level >= 1


@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_read_or_refused(text, key):
    document = document_or_reason(text.encode("utf-8", "replace"), key)
    assert isinstance(document, Reason) or any(map(str.isalnum, document.text))
