import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.periods import MOST_POSTS, Latest, Period, Wrong, read_period, read_time

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 18, 15, 30, tzinfo=HANOI)  # A Wednesday.


def ago(**duration):
    return Period(NOW - dt.timedelta(**duration), NOW)


def at(day, hour=0, month=11):
    return dt.datetime(2026, month, day, hour, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("50", 50),
        ("50 tin", 50),
        ("50 tin nhắn", 50),
        ("50 tin nhan gan nhat", 50),
        ("50tin", 50),
        ("1 bài đăng", 1),
        ("last 50 messages", 50),
        ("the last 50", 50),
        ("20 posts", 20),
        ("1.500 tin", 1500),
        (str(MOST_POSTS), MOST_POSTS),
    ],
)
def test_a_number_of_messages(text, count):
    assert read_period(text, NOW) == Latest(count)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("6h", {"hours": 6}),
        ("6 giờ", {"hours": 6}),
        ("6 gio", {"hours": 6}),
        ("6 tiếng", {"hours": 6}),
        ("6 tiếng đồng hồ", {"hours": 6}),
        ("6 hours", {"hours": 6}),
        ("last 6 hours", {"hours": 6}),
        ("6 giờ qua", {"hours": 6}),
        ("trong 24h qua", {"hours": 24}),
        ("30 phút", {"minutes": 30}),
        ("30p", {"minutes": 30}),
        ("30 minutes ago", {"minutes": 30}),
        ("nửa tiếng", {"minutes": 30}),
        ("half an hour", {"minutes": 30}),
        ("1,5 giờ", {"minutes": 90}),
        ("2h30", {"minutes": 150}),
        ("2 giờ 30 phút", {"minutes": 150}),
        ("1 ngày 6 giờ", {"hours": 30}),
        ("2 ngày", {"days": 2}),
        ("2 NGAY", {"days": 2}),
        ("hai ngày", {"days": 2}),
        ("2 days", {"days": 2}),
        ("ngày qua", {"days": 1}),
        ("1 tuần", {"days": 7}),
        ("tuần qua", {"days": 7}),
        ("a week", {"days": 7}),
        ("1 tháng", {"days": 30}),
        ("999999999999 ngày", {"days": 20 * 366}),
        (f"{'9' * 400} tuần", {"days": 20 * 366}),
    ],
)
def test_an_amount_of_time_until_now(text, duration):
    assert read_period(text, NOW) == ago(**duration)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("hôm nay", at(18), NOW),
        ("hom nay", at(18), NOW),
        ("today", at(18), NOW),
        ("hôm qua", at(17), at(18)),
        ("yesterday", at(17), at(18)),
        ("hôm kia", at(16), at(17)),
        ("sáng nay", at(18), at(18, 12)),
        ("this morning", at(18), at(18, 12)),
        ("chiều nay", at(18, 12), NOW),
        ("sáng hôm qua", at(17), at(17, 12)),
        ("tối qua", at(17, 18), at(18)),
        ("đêm qua", at(17, 18), at(18, 6)),
        ("tuần này", at(16), NOW),
        ("tuần trước", at(9), at(16)),
        ("last week", at(9), at(16)),
        ("tháng này", at(1), NOW),
        ("tháng trước", at(1, month=10), at(1)),
        ("từ hôm qua", at(17), NOW),
        ("từ sáng", at(18), NOW),
        ("since yesterday", at(17), NOW),
        ("từ 8h", at(18, 8), NOW),
        ("từ 20h", at(17, 20), NOW),
    ],
)
def test_a_time_that_has_a_name(text, since, until):
    assert read_period(text, NOW) == Period(since, until)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("0", Wrong.ZERO),
        ("0 tin", Wrong.ZERO),
        ("0h", Wrong.ZERO),
        ("0 ngày", Wrong.ZERO),
        ("99999", Wrong.TOO_MANY),
        (f"{MOST_POSTS + 1} tin", Wrong.TOO_MANY),
        ("9" * 500, Wrong.TOO_MANY),
        ("tối nay", Wrong.AHEAD),
        ("từ tối nay", Wrong.AHEAD),
        ("", Wrong.UNCLEAR),
        ("-5", Wrong.UNCLEAR),
        ("1.5", Wrong.UNCLEAR),
        ("6 con mèo", Wrong.UNCLEAR),
        ("giá vàng", Wrong.UNCLEAR),
        ("hôm", Wrong.UNCLEAR),
        ("từ", Wrong.UNCLEAR),
        ("từ đâu", Wrong.UNCLEAR),
        ("2 giờ 30 con", Wrong.UNCLEAR),
        ("2 30", Wrong.UNCLEAR),
        ("50 tin 6h", Wrong.UNCLEAR),
    ],
)
def test_what_is_wrong_is_said(text, wrong):
    assert read_period(text, NOW) is wrong


def test_days_begin_in_the_given_time_zone():
    now = dt.datetime(2026, 11, 18, 3, tzinfo=dt.UTC).astimezone(ZoneInfo("America/New_York"))
    assert read_period("hôm nay", now) == Period(now.replace(hour=0), now)


def test_an_amount_of_time_does_not_mind_that_clocks_are_changed():
    now = dt.datetime(2026, 11, 1, 12, tzinfo=ZoneInfo("America/New_York"))  # At 2 it became 1 again.
    period = read_period("24h", now)
    assert (now.astimezone(dt.UTC) - period.since.astimezone(dt.UTC)) == dt.timedelta(hours=24)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("08:00", dt.time(8)),
        ("8:00", dt.time(8)),
        ("8", dt.time(8)),
        ("8h", dt.time(8)),
        ("8 giờ", dt.time(8)),
        ("8 gio", dt.time(8)),
        ("8g", dt.time(8)),
        ("8h30", dt.time(8, 30)),
        ("8h5", dt.time(8, 5)),
        ("8 giờ 30 phút", dt.time(8, 30)),
        ("8 giờ rưỡi", dt.time(8, 30)),
        ("20.30", dt.time(20, 30)),
        ("20 : 30", dt.time(20, 30)),
        ("8 giờ tối", dt.time(20)),
        ("8h30 tối", dt.time(20, 30)),
        ("20 giờ tối", dt.time(20)),
        ("8 giờ sáng", dt.time(8)),
        ("12 giờ trưa", dt.time(12)),
        ("1 giờ trưa", dt.time(13)),
        ("11 giờ trưa", dt.time(11)),
        ("3 giờ chiều", dt.time(15)),
        ("12 giờ đêm", dt.time(0)),
        ("2 giờ đêm", dt.time(2)),
        ("10 giờ đêm", dt.time(22)),
        ("8:00 am", dt.time(8)),
        ("8:00 PM", dt.time(20)),
        ("8pm", dt.time(20)),
        ("12 am", dt.time(0)),
        ("12:15 pm", dt.time(12, 15)),
        ("00:00", dt.time(0)),
        ("23:59", dt.time(23, 59)),
        ("lúc 8h mỗi ngày", dt.time(8)),
        ("8h hằng ngày", dt.time(8)),
        ("every day at 8:00", dt.time(8)),
    ],
)
def test_a_time_of_day(text, time):
    assert read_time(text) == time


@pytest.mark.parametrize(
    "text",
    [
        "24:00",
        "25:00",
        "8:75",
        "8h60",
        "8:5",
        "",
        "abc",
        "-8:00",
        "13 giờ sáng",
        "20:00 am",
        "8:00:00",
        "8 giờ kém",
        "100",
    ],
)
def test_a_wrong_time_of_day(text):
    assert read_time(text) is None
