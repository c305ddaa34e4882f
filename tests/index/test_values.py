import pytest

from index.values import moments, people


def only(find, text):
    ((_, found),) = find(text)
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ngày 5/3/2025", {"year": 2025, "month": 3, "day": 5}),
        ("12.3.2020", {"year": 2020, "month": 3, "day": 12}),
        ("5 tháng 3 năm 2020", {"year": 2020, "month": 3, "day": 5}),
        ("ngày 5-3", {"month": 3, "day": 5}),
        ("ngày 5-3-2025", {"year": 2025, "month": 3, "day": 5}),
        ("mùng 5 tháng 3", {"month": 3, "day": 5}),
        ("7 giờ tối thiểu", {"hour": 7}),
        ("7 giờ tối đa", {"hour": 7}),
        ("tháng 2/2025", {"year": 2025, "month": 2}),
        ("năm 1963", {"year": 1963}),
        ("8h30 ngày 5/3", {"month": 3, "day": 5, "hour": 8, "minute": 30}),
        ("8 giờ 30 phút sáng ngày 2 tháng 9", {"month": 9, "day": 2, "hour": 8, "half": 0, "minute": 30}),
    ],
)
def test_a_time_is_told_as_far_as_it_is_written(text, parts):
    assert only(moments, text).parts == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tháng 2/2025", "ngày 18 tháng 2 năm 2025"),
        ("ngày 5/3", "5 tháng 3"),
        ("5/3", "năm 2025"),
    ],
)
def test_a_date_does_not_contradict_one_that_holds_it(one, other):
    assert not only(moments, one).contradicts(only(moments, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7 giờ tối", "19 giờ"),
        ("7 giờ tối", "19h00"),
        ("2 giờ chiều", "14h"),
        ("1 giờ trưa", "13:00"),
        ("11 giờ trưa", "11:00"),
        ("12 giờ trưa", "12h"),
        ("12 giờ đêm", "0 giờ"),
        ("24h", "0 giờ"),
        ("24 giờ", "12 giờ đêm"),
        ("24:00", "0:00"),
        ("24 giờ kém 10", "23h50"),
        ("2 giờ đêm", "2 giờ sáng"),
        ("7 giờ", "19 giờ"),
        ("7 giờ kém 15", "6 giờ 45"),
        ("1 giờ kém 10 phút chiều", "12h50"),
    ],
)
def test_an_hour_is_told_in_several_ways(one, other):
    assert only(moments, one).may_be(only(moments, other))
    assert not only(moments, one).contradicts(only(moments, other))


def test_an_hour_that_is_not_read_to_its_end_is_none():
    assert list(moments("7 giờ kém mười lăm")) == []


@pytest.mark.parametrize(
    ("one", "other"), [("ngày 10/3 âm lịch", "ngày 7/4"), ("ngày 10-3 âm lịch", "18/4"), ("rằm tháng 7", "ngày 6/9")]
)
def test_days_of_two_calendars_do_not_contradict_each_other(one, other):
    assert not only(moments, one).contradicts(only(moments, other))
    assert not only(moments, other).contradicts(only(moments, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("năm 1998", "năm 2001"),
        ("ngày 15/4/2025", "30 tháng 4 năm 2025"),
        ("7 giờ 30", "8 giờ"),
        ("7 giờ tối", "20 giờ"),
        ("7 giờ tối", "7 giờ sáng"),
        ("7 giờ sáng", "19h"),
        ("07:00", "19:00"),
        ("24 giờ", "36 giờ"),
        ("24 giờ", "12 giờ trưa"),
        ("ngày 10/3 âm lịch", "15 tháng 3 âm lịch"),
    ],
)
def test_other_times_contradict_each_other(one, other):
    assert only(moments, one).contradicts(only(moments, other))


def test_days_of_two_years_may_be_of_what_comes_again():
    assert not only(moments, "ngày 18/12/2025").contradicts(only(moments, "ngày 20/12/2024"))


def test_until_a_day_and_from_a_day_are_different_things():
    assert not only(moments, "từ năm 1990").contradicts(only(moments, "đến năm 1995"))


@pytest.mark.parametrize("text", ["1945-1954", "ngày 10-12/3", "ngày 5-7 tháng 3"])
def test_a_span_of_time_is_two(text):
    assert len(list(moments(text))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dmitry Peskov", "Kremlin Peskov"),
        ("Volodymyr Zelensky", "Tổng thống Ukraine Zelenskyy"),
        ("Donald Trump", "Donald J. Trump"),
        ("Hồ Chí Minh", "Nguyễn Ái Quốc"),
        ("Trần Văn Bình", "Văn Bình"),
    ],
)
def test_one_person_has_several_names(one, other):
    assert not only(people, one).contradicts(only(people, other))


@pytest.mark.parametrize(("one", "other"), [("Đỗ Thị Lụa", "Phạm Quốc Hưng"), ("Nguyễn Văn Nam", "Nguyễn Văn Bình")])
def test_two_people_may_share_a_family_name(one, other):
    assert only(people, one).contradicts(only(people, other))
