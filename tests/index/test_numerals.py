import pytest

from index.numerals import spellings
from index.vietnamese import syllables


def others(text):
    return {text[slice(*span)]: {" ".join(form) for form in forms} for span, forms in spellings(text)}


@pytest.mark.parametrize(
    ("text", "part", "other"),
    [
        ("sản lượng 3.800 tấn", "3.800", "3800"),
        ("sản lượng 3800 tấn", "3800", "3 800"),
        ("có 1.250.000 đồng", "1.250.000", "1250000"),
        ("hồi tháng hai", "tháng hai", "tháng 2"),
        ("hoi thang hai", "thang hai", "tháng 2"),
        ("hồi tháng 2", "tháng 2", "tháng hai"),
        ("hồi tháng 02", "tháng 02", "tháng 2"),
        ("tháng chạp", "tháng chạp", "tháng 12"),
        ("hồi 2/2025", "2/2025", "2 năm 2025"),
        ("tháng 2 năm 2025", "2 năm 2025", "2 2025"),
        ("tháng hai năm 2025", "hai năm 2025", "2 2025"),
        ("ngày 12/2/2025", "12/2/2025", "12 tháng 2 năm 2025"),
        ("ngày 12 tháng 2 năm 2025", "12 tháng 2 năm 2025", "12 2 2025"),
        ("ngày 12-02-2025", "12-02-2025", "12 tháng 2 năm 2025"),
        ("xếp thứ năm", "thứ năm", "thứ 5"),
        ("xếp thứ 2", "thứ 2", "thứ nhì"),
        ("ba triệu tấn", "ba triệu", "3 triệu"),
        ("5 tỷ đồng", "5 tỷ", "năm tỷ"),
        ("tăng 15 phần trăm", "15 phần trăm", "15"),
    ],
)
def test_a_number_has_its_other_spellings(text, part, other):
    assert other in others(text)[part]


@pytest.mark.parametrize(
    "text", ["3,8 triệu tấn", "năm 2025", "1-2 ngày", "0909123456", "covid 19", "trong năm nay", ""]
)
def test_what_is_spelled_one_way_has_no_other(text):
    assert others(text) == {}


def test_points_and_commas_part_a_number_alike():
    assert syllables("3.8 triệu") == syllables("3,8 triệu")
