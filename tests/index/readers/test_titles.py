import pytest

from index.readers import read_bytes
from index.readers.titles import made_title

FIRST = "Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông và chim chưa rời tổ."
SECOND = "Ghe thuyền chở đầy trái cây từ các miệt vườn quanh vùng về đây bán cho khách phương xa."
BODY = f"{FIRST}\n{SECOND}"


def titled(text: str, key: str = "a.txt") -> tuple[str, str]:
    document = read_bytes(text.encode(), key).document
    return document.title, document.text


@pytest.mark.parametrize(
    "title",
    [
        "Chợ nổi vào mùa",
        "CHỢ NỔI VÀO MÙA",
        "Chợ nổi: buổi sáng trên sông, buổi chiều trên bến",
        "Chợ nổi còn hay mất?",
        "Chợ nổi vào mùa!",
        "Chợ nổi và những ngày sắp tới...",
        "“Chợ nổi” giữa lòng phố",
        "5 món phải thử ở chợ nổi",
        "2025 là năm của chợ nổi",
        "U.S. Navy ghé chợ nổi",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n   \n"])
def test_a_short_first_line_without_a_full_stop_is_the_title_and_leaves_the_text(title, gap):
    assert titled(f"\n{title}{gap}{BODY}") == (title, BODY)


@pytest.mark.parametrize(
    "line", ["Tiêu đề: Chợ nổi vào mùa", "# Chợ nổi vào mùa", "**Chợ nổi vào mùa**", "TITLE: Chợ nổi vào mùa"]
)
def test_a_mark_that_says_title_is_left_out(line):
    assert titled(f"{line}\n{BODY}") == ("Chợ nổi vào mùa", BODY)


def test_a_title_that_is_repeated_leaves_the_text_each_time():
    assert titled(f"Chợ nổi vào mùa\n{FIRST}\nCHỢ NỔI VÀO MÙA.\n{SECOND}") == ("Chợ nổi vào mùa", BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Chợ nổi họp sớm.",
        "Như đã kể,",
        "- Chợ nổi",
        "1. Chợ nổi",
        "Nguồn: Báo Sông Nước",
        "Tác giả: Trần Thị An",
        "Một câu dài quá " * 12 + "để làm tên",
    ],
)
def test_a_first_line_of_another_kind_is_no_title(line):
    title, text = titled(f"{line}\n{BODY}")
    assert title != line
    assert text.startswith(line)


def test_without_one_the_title_is_made_from_the_summary():
    assert titled(f"{FIRST}\n{SECOND}\n📌 Chợ nổi vào mùa cam. Khách đông hơn mọi năm.") == (
        "Chợ nổi vào mùa cam",
        f"{BODY}\nChợ nổi vào mùa cam. Khách đông hơn mọi năm.",
    )


def test_without_a_summary_the_title_is_made_from_the_first_sentence():
    assert titled(BODY) == ("Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông và chim…", BODY)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Chợ nổi họp sớm.", "Chợ nổi họp sớm"),
        ("Chợ nổi còn không?", "Chợ nổi còn không?"),
        ("Ở TP.HCM có chợ nổi. Câu sau.", "Ở TP.HCM có chợ nổi"),
        (
            "Chợ nổi trên sông Hậu họp từ tờ mờ sáng – nơi ghe thuyền chở đầy trái cây từ khắp các miệt vườn về bán.",
            "Chợ nổi trên sông Hậu họp từ tờ mờ sáng",
        ),
        (
            "Chợ nổi trên sông Hậu vẫn họp đều, dù khách đã thưa đi nhiều so với hồi chưa có cầu bắc qua sông lớn.",
            "Chợ nổi trên sông Hậu vẫn họp đều",
        ),
        (
            "Sáng nay, chợ nổi trên sông Hậu đón hơn ba nghìn khách đến từ khắp các tỉnh miền Tây và cả từ miền ngoài.",
            "Sáng nay, chợ nổi trên sông Hậu đón hơn ba nghìn khách đến từ khắp các…",
        ),
        ("1. Chợ nổi họp sớm.", "Chợ nổi họp sớm"),
        ("- Chợ nổi họp sớm", "Chợ nổi họp sớm"),
        ('Bà nói: "Chợ vui', "Bà nói: Chợ vui"),
        (
            "Chợ nổi Cái Răng trên sông Hậu (một nhánh của sông Mê Kông chảy qua nhiều tỉnh) vẫn họp từ tờ mờ sáng mỗi ngày.",
            "Chợ nổi Cái Răng trên sông Hậu…",
        ),
        ("(Chợ vui", "Chợ vui"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_made_title_is_a_short_sentence_or_its_opening_clause(sentence, title):
    assert made_title(sentence) == title


def test_a_document_without_any_sentence_end_has_a_short_title():
    title, text = titled("chợ nổi " * 5000)
    assert title == "chợ nổi " * 7 + "chợ nổi…"
    assert text == ("chợ nổi " * 5000).strip()


def test_a_made_title_is_short_even_of_a_word_without_end():
    assert len(titled("a" * 5000)[0]) <= 250


@pytest.mark.parametrize(
    "line", ["Chợ nổi", "Chợ nổi họp sớm.", "Nguồn: Báo Sông Nước", "1. Chợ nổi", "- Chợ nổi", "a"]
)
def test_a_document_of_a_single_line_keeps_it(line):
    title, text = titled(line)
    assert text == line
    assert title


def test_a_poem_keeps_its_first_line():
    poem = "Sông dài cá lội\nTrăng xuống mờ bờ\nEm qua bên ấy\nAi còn đợi chờ"
    assert titled(poem) == ("Sông dài cá lội", poem)


def test_without_any_word_in_its_first_line_the_next_one_is_the_title():
    assert titled(f"***\nChợ nổi vào mùa\n-----\n{BODY}") == ("Chợ nổi vào mùa", BODY)


def test_the_highest_heading_of_markdown_is_the_title():
    assert titled(f"Ngày thường\n\n# Chợ nổi vào mùa\n\n{FIRST}", "a.md") == (
        "Chợ nổi vào mùa",
        f"Ngày thường\n{FIRST}",
    )


def test_headings_that_stand_as_high_are_all_headings():
    title, text = titled(f"## Sáng\n\n{FIRST}\n\n## Chiều\n\n{SECOND}", "a.md")
    assert text == f"Sáng\n{FIRST}\nChiều\n{SECOND}"
    assert title == made_title(FIRST)


def test_the_title_of_an_official_letter_stands_below_its_head():
    head = "UBND HUYỆN SÔNG NƯỚC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/QĐ-UBND"
    title, _ = titled(f"{head}\nQUYẾT ĐỊNH\nVề việc mở lại chợ nổi\n{BODY}")
    assert title == "QUYẾT ĐỊNH Về việc mở lại chợ nổi"


def test_the_number_of_an_article_and_its_name_are_one_title():
    assert titled(f"Điều 5.\nPhạm vi họp chợ\n{BODY}") == ("Điều 5. Phạm vi họp chợ", BODY)


def test_the_first_of_many_chapters_is_no_title():
    title, text = titled(f"Chương 1. Buổi sáng\n{FIRST}\nChương 2. Buổi chiều\n{SECOND}")
    assert text.startswith("Chương 1. Buổi sáng")
    assert title == made_title(FIRST)
