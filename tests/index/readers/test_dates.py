from datetime import date

import pytest

from index.readers import read_bytes
from index.readers.dates import find_date, line_date

DAY = date(2025, 2, 12)
BODY = "Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông.\nGhe thuyền chở đầy trái cây."


@pytest.mark.parametrize(
    "text",
    [
        "12/2/2025",
        "12/02/2025",
        "12-2-2025",
        "12.2.2025",
        "2025-02-12",
        "2025-02-12T08:30:00+07:00",
        "12/2/2025 08:30",
        "08:30 12/2/2025",
        "8h30 ngày 12/2/2025",
        "12 tháng 2 năm 2025",
        "12 tháng 2, 2025",
        "ngày 12 tháng 2 năm 2025",
        "Ngày 12/2/2025",
        "Thứ tư, 12/2/2025",
        "Thứ Tư, ngày 12 tháng 2 năm 2025",
        "Chủ nhật, 12/2/2025, 08:30 (GMT+7)",
        "Cần Thơ, ngày 12 tháng 02 năm 2025",
        "TP.HCM, 12/2/2025",
        "Ngày đăng: 12/2/2025",
        "Cập nhật lúc 08:30, 12/2/2025",
        "Đăng ngày 12-02-2025 | 08:30",
        "(12/2/2025)",
        "📅 12/2/2025",
    ],
)
def test_a_line_that_holds_a_date_alone_gives_it(text):
    assert line_date(text) == DAY
    assert read_bytes(f"{text}\n{BODY}".encode(), "a.txt").document.date == DAY


@pytest.mark.parametrize(
    "text",
    [
        "Chợ mở lại ngày 12/2/2025",
        "Từ 12/2/2025 đến 15/2/2025",
        "chợ, 12/2/2025",
        "30/2/2025",
        "12/13/2025",
        "12/2/25",
        "tháng 2/2025",
        "2025",
        "1112/2/20255",
        "",
    ],
)
def test_a_line_that_says_more_or_holds_no_day_has_no_date(text):
    assert line_date(text) is None


def test_the_first_date_of_a_text_is_found():
    assert find_date("đăng ngày 12/2/2025, sửa ngày 13/2/2025") == DAY
    assert find_date("năm 2025") is None


def test_the_line_that_dates_a_document_leaves_its_text():
    document = read_bytes(f"Chợ nổi\n12/2/2025 08:30\n{BODY}".encode(), "a.txt").document
    assert (document.title, document.date, document.text) == ("Chợ nổi", DAY, BODY)
    document = read_bytes(
        f"{BODY}\nCần Thơ, ngày 12 tháng 2 năm 2025\nhttps://example.org/a".encode(), "a.txt"
    ).document
    assert (document.date, document.text) == (DAY, BODY)


def test_of_the_day_it_appeared_and_the_day_it_was_changed_the_first_counts():
    document = read_bytes(f"Ngày đăng: 12/2/2025\nCập nhật: 13/2/2025\n{BODY}".encode(), "a.txt").document
    assert (document.date, document.text) == (DAY, BODY)


def test_the_days_of_a_chronicle_stay_in_its_text():
    text = "1/2/2025\nChợ họp lại sau Tết.\n2/2/2025\nGhe thuyền về đông hơn."
    document = read_bytes(text.encode(), "a.txt").document
    assert document.date is None
    assert document.text == text


def test_a_document_without_a_date_has_none():
    assert read_bytes(f"{BODY}\nNgày 12/2/2025 chợ đông.".encode(), "a.txt").document.date is None
