import pytest

from bot.wishes import Wish, privately, read_wish
from index.documents import Length


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", Wish("", None, False)),
        ("2 ngày", Wish("2 ngày", None, False)),
        ("dài 2 ngày", Wish("2 ngày", Length.LONG, False)),
        ("2 ngày ngan", Wish("2 ngày", Length.SHORT, False)),
        ("riêng", Wish("", None, True)),
        ("riêng tư 6h dài", Wish("6h", Length.LONG, True)),
        ("hôm qua private short", Wish("hôm qua", Length.SHORT, True)),
        ("con mèo", Wish("con mèo", None, False)),
    ],
)
def test_length_and_privacy_may_stand_around_the_time(typed, wish):
    assert read_wish(typed) == wish


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "/tomtat rieng"),
        ("hôm qua", "/tomtat rieng hom qua"),
        ("riêng 6h", "/tomtat rieng 6h"),
        ("dài 2 ngày", "/tomtat rieng dai 2 ngay"),
        ("x" * 41, None),
        ("٣ ngày", None),
    ],
)
def test_a_button_says_in_plain_letters_what_has_the_same_sent_privately(typed, said):
    assert privately(typed) == said
