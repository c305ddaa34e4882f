import pytest

from index.amounts import amounts, measure, ranks


def amount(text):
    ((_, found),) = amounts(text)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,8 triệu tấn", "3.800.000 tấn"),
        ("3,8 triệu tấn", "3.8 triệu tấn"),
        ("3,8 triệu tấn", "4 triệu tấn"),
        ("khoảng 3,8 triệu tấn", "3,7 triệu tấn"),
        ("gần 4 triệu tấn", "3,8 triệu tấn"),
        ("hơn 100 tàu", "120 tàu"),
        ("3.000.000 đồng", "3 triệu đồng"),
        ("12 tháng", "1 năm"),
        ("2 tuần", "14 ngày"),
        ("1.500 m", "1,5 km"),
        ("15%", "15 phần trăm"),
        ("từ 2 đến 3 triệu đồng", "2,5 triệu đồng"),
        ("5.000-10.000 đồng", "8.000 đồng"),
        ("103.000 người", "103.210 người"),
    ],
)
def test_the_same_amount_told_in_two_ways_is_no_contradiction(one, other):
    assert not amount(one).contradicts(amount(other))
    assert not amount(other).contradicts(amount(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,8 triệu tấn", "28,7 triệu tấn"),
        ("3,8 triệu tấn", "3,8 tấn"),
        ("30.000 đồng", "35.000 đồng"),
        ("12 ngày", "15 ngày"),
        ("17 nguyên tố", "16 nguyên tố"),
        ("2,1%", "2,9%"),
        ("12 tháng", "2 năm"),
        ("từ 800.000 đồng đến 1.000.000 đồng", "từ 4 triệu đến 6 triệu đồng"),
        ("khoảng 120 tàu", "hơn 300 tàu"),
        ("tối đa 3 ngày", "tối đa 5 ngày"),
    ],
)
def test_amounts_of_one_unit_that_cannot_both_be_right_contradict_each_other(one, other):
    assert amount(one).contradicts(amount(other))
    assert amount(other).contradicts(amount(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("120 tàu", "300 người"),
        ("120 tàu mỗi tháng", "1.400 tàu mỗi năm"),
        ("tăng 0,3%", "2,9%"),
        ("tăng thêm khoảng 5%", "còn 20%"),
        ("tối đa 3 ngày", "5 ngày"),
        ("ít nhất 18 tuổi", "không quá 60 tuổi"),
        ("3 triệu đồng", "200 USD"),
    ],
)
def test_amounts_of_different_things_are_not_held_against_each_other(one, other):
    assert not amount(one).contradicts(amount(other))


@pytest.mark.parametrize(
    "text",
    [
        "năm 2024",
        "tháng 2",
        "ngày 5",
        "thứ 5",
        "COVID-19",
        "5/3/2025",
        "20:15",
        "Điều 12",
        "phòng 305",
        "mười bảy người",
    ],
)
def test_what_counts_nothing_is_no_amount(text):
    assert not list(amounts(text))


def test_a_whole_number_with_noughts_may_be_rounded_and_a_small_one_is_exact():
    assert amount("1.200 người").may_be(amount("1.234 người"))
    assert not amount("20 người").may_be(amount("18 người"))


def test_each_amount_is_told_with_its_place():
    text = "Cảng có 3 bến và đón 120 tàu."
    assert [text[slice(*span)] for span, _ in amounts(text)] == ["3 bến", "120 tàu"]


@pytest.mark.parametrize(("unit", "of"), [(["ngày"], "giờ"), (["ngay"], "giờ"), (["tan", "dat"], "kg"), (["tàu"], "")])
def test_a_unit_is_known_with_diacritics_and_without(unit, of):
    assert measure(unit) == of


def test_ranks_are_told_in_digits_and_in_words():
    assert [rank.low for _, rank in ranks("đứng thứ 5, rồi hạng nhì, rồi thứ ba")] == [5, 2, 3]
