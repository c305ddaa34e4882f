import re
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.listing import short_name
from bot.telegram.links import text_of, to_question, to_summary

ALLOWED = re.compile(r"[A-Za-z0-9_-]{1,64}")


@settings(deadline=None)
@given(st.text())
def test_any_question_and_any_document_fit(text):
    text = text.encode(errors="replace").decode()
    assert ALLOWED.fullmatch(to_question(text))
    assert ALLOWED.fullmatch(short_name(text))


@pytest.mark.parametrize("question", ["đất hiếm là gì?", "Kirill Dmitriev là ai", "a"])
def test_a_short_question_comes_back_word_for_word(question):
    assert text_of(to_question(question)) == question


def test_a_longer_one_comes_back_without_diacritics_as_far_as_it_fits():
    question = "Trữ lượng đất hiếm của Nga theo ước tính của Cục Khảo sát Địa chất Mỹ là bao nhiêu?"
    assert text_of(to_question(question)) == "Tru luong dat hiem cua Nga theo uoc tinh cua Cuc Khao sat Dia"


def test_a_document_comes_back_as_the_command_that_shows_it():
    payload = short_name("thư mục/a.txt")
    assert text_of(payload) == f"/tailieu {payload}"


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("", ""),
        ("q-!", ""),
        ("q-_w", ""),
        (to_question("/xoadulieu xacnhan"), ""),
        (to_question("\u200b /xoadulieu xacnhan"), ""),
        ("trogiup", "/trogiup"),
        ("tailieu", "/tailieu"),
        ("dat_hiem_la_gi", "dat hiem la gi"),
        ("d-kurz", "d kurz"),
        ("t-kurz", "t kurz"),
        ("-", ""),
    ],
)
def test_what_was_written_by_hand_is_read_as_well(payload, text):
    assert text_of(payload) == text


def test_a_summary_of_a_document_comes_back_as_the_command_for_it():
    key = "thư mục/a.txt"
    assert ALLOWED.fullmatch(to_summary(key))
    assert text_of(to_summary(key)) == f"/tomtat {short_name(key)}"


def test_a_private_digest_comes_back_as_the_command_for_it():
    payload = f"s-{secrets.token_urlsafe(18)}"
    assert ALLOWED.fullmatch(payload)
    assert text_of(payload) == f"/tomtat {payload}"


@pytest.mark.parametrize("payload", ["hoantac", "xoa", "them"])
def test_a_link_cannot_say_what_only_the_owner_may(payload):
    assert text_of(payload) == payload
