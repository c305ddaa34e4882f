import textwrap

import pytest

from index.readers import read_bytes

FIRST = (
    "Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông và chim chưa rời tổ. Ghe thuyền chở đầy trái cây từ các "
    "miệt vườn quanh vùng về đây bán cho khách phương xa. Người mua kẻ bán gọi nhau í ới, tiếng máy nổ giòn cả khúc sông."
)
SECOND = (
    "Đến trưa thì chợ tan, ai về nhà nấy, mặt sông lại vắng như chưa từng có ai ghé qua. Chỉ còn vài chiếc ghe lớn neo "
    "lại chờ con nước, người trên ghe nấu cơm, vá lưới, đợi đến chiều mới nhổ neo xuôi về phía biển."
)
WIDTHS = pytest.mark.parametrize("width", [60, 72, 80, 100])


def wrapped(*paragraphs: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


def text_of(text: str) -> str:
    return read_bytes(text.encode(), "a.txt").document.text


@WIDTHS
def test_paragraphs_broken_at_a_column_are_joined(width):
    assert text_of(wrapped(FIRST, SECOND, width=width)) == f"{FIRST}\n{SECOND}"


@WIDTHS
def test_an_indent_opens_a_paragraph(width):
    text = "".join(f"    {textwrap.fill(paragraph, width)}\n" for paragraph in (FIRST, SECOND))
    assert text_of(text) == f"{FIRST}\n{SECOND}"


@WIDTHS
def test_a_title_and_headings_are_not_joined_with_the_text(width):
    first, second = wrapped(FIRST, width=width), wrapped(SECOND, width=width)
    text = f"Chợ nổi vào mùa\n\n1. Buổi sáng\n\n{first}\n\n2. Buổi chiều\n\n{second}"
    assert text_of(text) == f"1. Buổi sáng\n{FIRST}\n2. Buổi chiều\n{SECOND}"


def test_items_of_a_list_are_not_joined():
    text = f"{wrapped(FIRST, width=72)}\n- cam sành\n- quýt đường\n\n{wrapped(SECOND, width=72)}"
    assert text_of(text) == f"{FIRST}\n- cam sành\n- quýt đường\n{SECOND}"


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n   \n"])
def test_text_with_a_paragraph_on_each_line_is_left_alone(gap):
    assert text_of(f"{FIRST}{gap}{SECOND}") == f"{FIRST}\n{SECOND}"


def test_short_lines_are_left_alone():
    text = "\n".join(f"Ghe {number} chở cam, quýt và bưởi da xanh." for number in range(20))
    assert text_of(text) == text


def test_verse_is_left_alone():
    verse = (
        "sông dài ghe nhẹ buồm căng\nngười đi bỏ lại bến trăng cuối làng\nbến trăng chiều xuống mênh mang\n"
        "ghe ai về muộn ngỡ ngàng tiếng quen"
    )
    assert text_of(verse) == verse
