from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.inert import WORD_JOINER
from bot.telegram.splitting import LONGEST, Piece, Run, pieces, utf16_length
from tests.telegram_server.entities import utf16_length as telegrams_length
from tests.telegram_server.formatting import format_text

CHARACTERS = st.sampled_from("aờĐ😀 \n.?!<>&\"';/bi=1,-👨‍👩‍👧")
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=60), st.sampled_from(["Nga có 3,8 triệu tấn. ", "<b>không</b> ", "&lt;"])
)
TAGS = st.lists(
    st.sampled_from(["b", "i", 'a href="https://example.org/?a=1&amp;b=2"', "code"]), max_size=2, unique=True
)
RUNS = st.lists(st.builds(Run, TEXTS, TAGS.map(tuple)), max_size=12)


def parsed(piece: Piece):
    return format_text(piece.html, "HTML", None, lambda _: None)


def without_what_is_added(text: str) -> str:
    return "".join(text.replace(WORD_JOINER, "").split())


@settings(deadline=None, max_examples=200)
@given(RUNS, st.integers(min_value=2, max_value=40))
def test_whatever_is_cut_parses_within_the_limit_and_loses_nothing_but_space(runs, limit):
    cut = pieces(runs, limit=limit)
    for piece in cut:
        text, _ = parsed(piece)
        assert text == piece.plain
        assert 0 < telegrams_length(text) <= limit
    whole = "".join(run.text for run in runs)
    assert without_what_is_added("".join(piece.plain for piece in cut)) == "".join(whole.split())


@settings(deadline=None, max_examples=100)
@given(RUNS, st.integers(min_value=2, max_value=40))
def test_every_piece_keeps_its_styles(runs, limit):
    def bold(text, entities):
        units = text.encode("utf-16-le")
        stretches = [units[2 * each.offset : 2 * each.end] for each in entities if each.type == "bold"]
        return "".join(stretch.decode("utf-16-le") for stretch in stretches)

    plain = [Run(run.text, tuple(tag for tag in run.tags if tag == "b")) for run in runs]
    shown = "".join(bold(*parsed(piece)) for piece in pieces(plain, limit=limit))
    assert without_what_is_added(shown) == "".join("".join(run.text for run in plain if run.tags).split())


def test_a_text_that_fits_is_one_piece():
    assert pieces([Run("Nga "), Run("& Mỹ", ("b",))]) == [Piece("Nga <b>&amp; Mỹ</b>", "Nga & Mỹ")]


@pytest.mark.parametrize("runs", [[], [Run("")], [Run(" \n ")]])
def test_nothing_to_read_is_no_piece(runs):
    assert pieces(runs) == []


def test_a_long_text_is_cut_at_sentence_ends():
    text = "Nga có 3,8 triệu tấn đất hiếm. " * 400
    cut = pieces([Run(text, ("blockquote expandable",))])
    assert len(cut) == 4
    assert all(piece.plain.endswith("đất hiếm.") for piece in cut)
    assert all(utf16_length(one.plain) + utf16_length("Nga có 3,8 triệu tấn đất hiếm. ") > LONGEST for one in cut[:-1])


def test_a_sentence_too_long_is_cut_between_words():
    cut = pieces([Run("đất hiếm " * 1000)])
    assert all(set(piece.plain.split()) == {"đất", "hiếm"} for piece in cut)


def test_a_word_too_long_is_cut_where_it_must_be():
    assert [utf16_length(piece.plain) for piece in pieces([Run("😀" * 3000)])] == [4096, 1904]


def test_a_tag_that_is_cut_is_closed_and_opened_again():
    cut = pieces([Run("Một câu. Hai "), Run("câu nữa. Ba câu.", ("b",))], limit=18)
    assert [piece.html for piece in cut] == ["Một câu.", "Hai <b>câu nữa.</b>", "<b>Ba câu.</b>"]


def test_neighbours_share_their_outer_tags():
    (piece,) = pieces([Run("a", ("blockquote",)), Run("b", ("blockquote", "b")), Run("c", ("blockquote",)), Run("d")])
    assert piece.html == "<blockquote>a<b>b</b>c</blockquote>d"


def test_length_is_counted_in_utf_16_units():
    assert [utf16_length(text) for text in ("a", "ờ", "😀", "")] == [1, 1, 2, 0]
    for one, other in pairwise(["đất", "😀a", "𐐷"]):
        assert utf16_length(one + other) == telegrams_length(one + other)
