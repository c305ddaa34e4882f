import pytest

from index.readers import read_bytes

FIRST = "Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông và chim chưa rời tổ."
SECOND = "Ghe thuyền chở đầy trái cây từ các miệt vườn quanh vùng về đây bán cho khách phương xa."
THIRD = "Đến trưa thì chợ tan, ai về nhà nấy, mặt sông lại vắng như chưa từng có ai ghé qua."
TITLE = "Chợ nổi vào mùa"


def headings(text: str, key: str = "a.txt") -> list[tuple[int, str]]:
    document = read_bytes(text.encode(), key).document
    return [(one.level, document.text[one.start : one.end]) for one in document.headings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1. Buổi sáng", "2. Buổi chiều"),
        ("1) Buổi sáng", "2) Buổi chiều"),
        ("1/ Buổi sáng", "2/ Buổi chiều"),
        ("I. Buổi sáng", "II. Buổi chiều"),
        ("A. Buổi sáng", "B. Buổi chiều"),
        ("1.1 Buổi sáng", "1.2 Buổi chiều"),
        ("1.1. Buổi sáng: khi chợ đông", "1.2. Buổi chiều: khi chợ tan"),
        ("1. Chợ đông lúc nào?", "2. Chợ tan lúc nào?"),
        ("Chương I. Buổi sáng", "Chương II. Buổi chiều"),
        ("CHƯƠNG 1: BUỔI SÁNG", "CHƯƠNG 2: BUỔI CHIỀU"),
        ("Điều 1. Buổi sáng", "Điều 2. Buổi chiều"),
        ("Điều 1", "Điều 2"),
        ("Phần thứ nhất", "Phần thứ hai"),
        ("Phần một: Buổi sáng", "Phần hai: Buổi chiều"),
        ("Bài 1 - Buổi sáng", "Bài 2 - Buổi chiều"),
        ("Bước 1: Lên ghe", "Bước 2: Mặc cả"),
        ("BUỔI SÁNG", "BUỔI CHIỀU"),
        ("Buổi sáng trên sông", "Buổi chiều trên bến"),
        ("# Buổi sáng", "# Buổi chiều"),
    ],
)
def test_a_short_numbered_or_lonely_line_above_sentences_is_a_heading(one, other):
    text = f"{TITLE}\n{FIRST}\n{one}\n{SECOND}\n{other}\n{THIRD}"
    if one.startswith("#"):
        text = f"# {TITLE}\n{FIRST}\n#{one}\n{SECOND}\n#{other}\n{THIRD}"
    assert [name for _, name in headings(text)] == [one.lstrip("# "), other.lstrip("# ")]
    assert len({level for level, _ in headings(text)}) == 1


def test_headings_nest():
    text = (
        f"{TITLE}\nPHẦN MỘT CHUYỆN CŨ\nChương I. Buổi sáng\nĐiều 1. Giờ họp\n{FIRST}\nĐiều 2. Nơi họp\n{SECOND}\n"
        f"Chương II. Buổi chiều\nĐiều 3. Giờ tan\n{THIRD}"
    )
    assert [level for level, _ in headings(text)] == [1, 2, 3, 3, 2, 3]


def test_decimal_numbers_nest():
    text = f"{TITLE}\n1. Buổi sáng\n1.1. Giờ họp\n{FIRST}\n1.2. Nơi họp\n{SECOND}\n2. Buổi chiều\n{THIRD}"
    assert headings(text) == [
        (1, "1. Buổi sáng"),
        (2, "1.1. Giờ họp"),
        (2, "1.2. Nơi họp"),
        (1, "2. Buổi chiều"),
    ]


def test_a_bare_number_is_joined_with_the_name_below_it():
    text = f"{TITLE}\nChương I\nBUỔI SÁNG\n{FIRST}\nChương II\nBuổi chiều trên bến\n{SECOND}"
    assert headings(text) == [(1, "Chương I BUỔI SÁNG"), (1, "Chương II Buổi chiều trên bến")]


@pytest.mark.parametrize(
    "line",
    [
        "1. Người bán phải neo ghe vào nơi đã định.",
        "2. Người mua không được chen lấn;",
        "Điều 3 của quy chế nói rõ việc này.",
        "Bài học từ chợ nổi.",
        "Như sau:",
        "- Cam, quýt",
        "a) Cam và quýt",
        "• Cam và quýt",
        "Nguồn: Báo Sông Nước",
        "Ảnh: Trần Thị An",
        "Theo Báo Sông Nước",
        "12 người đã về",
        "và rồi chợ tan",
    ],
)
def test_a_sentence_an_item_or_a_credit_is_no_heading(line):
    assert headings(f"{TITLE}\n{FIRST}\n{line}\n{SECOND}") == []


def test_numbered_paragraphs_of_law_are_no_headings():
    text = (
        "Điều 1. Giờ họp chợ\n1. Chợ họp từ bốn giờ sáng đến mười giờ trưa mỗi ngày trong năm.\n"
        "2. Ngày lễ, chợ họp đến mười hai giờ trưa nếu nước sông không quá lớn.\n"
        "Điều 2. Nơi họp chợ\n1. Ghe neo ở bờ đông, cách cầu không dưới một trăm mét.\n2. Xuồng nhỏ neo ở bờ tây."
    )
    assert headings(text) == [(1, "Điều 1. Giờ họp chợ"), (1, "Điều 2. Nơi họp chợ")]


def test_items_of_a_list_are_no_headings():
    text = f"{TITLE}\n{FIRST}\nKhách nên mua:\n1. Cam sành\n2. Quýt đường\n3. Bưởi da xanh\n{SECOND}"
    assert headings(text) == []


def test_lines_of_verse_are_no_headings():
    verse = "Sông dài cá lội\nTrăng xuống mờ bờ\nEm qua bên ấy\nAi còn đợi chờ"
    assert headings(f"{TITLE}\n{FIRST}\n{verse}\n{SECOND}") == []


def test_a_table_of_contents_holds_no_headings():
    text = (
        f"{TITLE}\nMục lục:\n1. Buổi sáng\n2. Buổi trưa\n3. Buổi chiều\nLời mở đầu.\n1. Buổi sáng\n{FIRST}\n2. Buổi trưa\n"
        f"{SECOND}\n3. Buổi chiều\n{THIRD}"
    )
    document = read_bytes(text.encode(), "a.txt").document
    assert [document.text.count("\n", 0, one.start) for one in document.headings] == [5, 7, 9]


def test_a_line_at_the_end_is_no_heading():
    assert headings(f"{TITLE}\n{FIRST}\n{SECOND}\nTrần Thị An") == []
    assert headings(f"{TITLE}\n{FIRST}\n{SECOND}\n1. Buổi sáng") == []


def test_markdown_says_itself_what_its_headings_are():
    text = f"# {TITLE}\n\n## Buổi sáng\n\n{FIRST}\n\n1. Buổi trưa\n\n{SECOND}\n\n### Giờ tan *chợ*\n\n{THIRD}"
    assert headings(text, "a.md") == [(2, "Buổi sáng"), (3, "Giờ tan chợ")]


def test_a_line_in_bold_is_a_heading_without_its_marks():
    text = f"{TITLE}\n{FIRST}\n\n**1. Buổi sáng**\n{SECOND}\n\n**2. Buổi chiều**\n{THIRD}"
    assert (
        headings(text, "a.txt")
        == headings(text.replace("*\n", "*\n\n"), "a.md")
        == [(1, "1. Buổi sáng"), (1, "2. Buổi chiều")]
    )


def test_offsets_name_the_headings_in_the_text():
    document = read_bytes(f"{TITLE}\n1. Buổi sáng\n{FIRST}\n2. Buổi chiều\n{SECOND}".encode(), "a.txt").document
    assert [document.text[one.start : one.end] for one in document.headings] == ["1. Buổi sáng", "2. Buổi chiều"]
    assert document.text == f"1. Buổi sáng\n{FIRST}\n2. Buổi chiều\n{SECOND}"
