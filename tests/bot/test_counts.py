import datetime as dt

from bot.counts import DAYS, DayCount, last_days, share

TODAY = dt.date(2026, 3, 1)


def test_days_without_questions_are_shown_too():
    counted = DayCount(dt.date(2026, 2, 27), 5, 4, 0.3)
    days = last_days([counted], TODAY)
    assert len(days) == DAYS
    assert days[0].day == dt.date(2026, 1, 31)
    assert days[-3:] == (counted, DayCount(dt.date(2026, 2, 28)), DayCount(TODAY))


def test_older_days_are_not():
    assert sum(day.questions for day in last_days([DayCount(dt.date(2026, 1, 30), 5)], TODAY)) == 0


def test_a_share_is_in_whole_per_cent():
    assert (share(2, 3), share(0, 5), share(0, 0)) == (67, 0, 0)
