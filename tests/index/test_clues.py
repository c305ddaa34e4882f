import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clues import MEASURE, NUMBER

WORDS = "một hai Năm mười mươi trăm nghìn người tấn đô la và tháng".split()
IN_WORDS = "một|hai|năm|mười|mươi|trăm|nghìn"
UNITS = "người|tấn|đô la|năm|tháng"
WHOLE = re.compile(rf"\b(?:{IN_WORDS})(?:\s+(?:{IN_WORDS}))*\s+(?:{UNITS})\b", re.IGNORECASE)
"""A number in words with what it measures, from its first word on."""


@pytest.mark.parametrize(
    "text", ["3,8 triệu tấn", "15%", "15 %", "hai mươi người", "năm năm", "một trăm năm mươi năm", "5-7 ngày"]
)
def test_a_number_of_something_is_a_measure(text):
    assert MEASURE.search(f"Có {text} ở đó.")
    assert NUMBER.search(f"Có {text} ở đó.").group() == text


@pytest.mark.parametrize("text", ["hai mươi", "năm 2025", "12/2/2025", "một ngườix", "tấn", "thứ 7", "tháng 3"])
def test_a_number_of_nothing_is_none(text):
    assert not MEASURE.search(text)


@pytest.mark.parametrize(
    "text", ["năm ngoái", "cuối năm.", "nhiều năm qua", "năm 2025", "xếp thứ năm thế giới", "năm học mới"]
)
def test_a_year_is_not_taken_for_five(text):
    assert not [match.group() for match in NUMBER.finditer(text) if "năm" in match.group()]


@pytest.mark.parametrize(
    ("text", "number"), [("năm con gà", "năm"), ("năm mươi lăm quả", "năm mươi"), ("hai năm", "hai năm")]
)
def test_five_is_a_number(text, number):
    assert NUMBER.search(text).group() == number


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_a_measure_is_found_wherever_a_whole_number_is(text):
    assert bool(MEASURE.search(text)) == bool(WHOLE.search(text))


@pytest.mark.parametrize("unit", ["một hai ", "trăm ", "một   ", "1 trăm ", "năm "])
def test_a_text_made_to_be_hard_is_read_through(unit):
    text = unit * 20_000  # in quadratic time this would take minutes
    assert bool(MEASURE.search(text)) == bool(MEASURE.search(unit * 3))
    assert all(before.end() <= after.start() for before, after in pairwise(NUMBER.finditer(text)))
