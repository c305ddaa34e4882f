import pytest

from index.matching import Content
from index.terms import Field


def content(**terms):
    return Content({Field[name]: listed for name, listed in terms.items()}, lambda field, term: len(term))


def test_shares_are_by_weight_and_a_syllable_counts_once():
    asked = content(SYLLABLES=["nga", "hiếm", "có"])  # weights 3, 4 and 2

    assert asked.share(asked.found("Nga, Nga và nước Nga")) == pytest.approx(3 / 9)
    assert asked.share(asked.found("Nga có đất hiếm")) == pytest.approx(1.0)
    assert asked.share(asked.found("vàng")) == 0.0


def test_a_marked_syllable_is_found_only_with_its_marks_and_a_plain_one_with_any():
    asked = content(SYLLABLES=["hiếm"], FOLDED_SYLLABLES=["dat"])

    assert asked.found("đất hiếm") == {"hiếm", "dat"}
    assert asked.found("dạt hiểm") == {"dat"}


def test_pairs_are_found_where_both_stand_together():
    asked = content(BIGRAMS=["đất_hiếm"], FOLDED_BIGRAMS=["cua_nga"])

    assert asked.share_of_pairs("Đất hiếm của Nga") == pytest.approx(1.0)
    assert asked.share_of_pairs("đất hiếm và của riêng Nga") == pytest.approx(8 / 15)


def test_where_a_text_begins_to_speak_of_the_question():
    asked = content(SYLLABLES=["nga"])

    assert asked.begins("Nga có mỏ") == 0.0
    assert asked.begins("Mỏ của Nga") == pytest.approx(2 / 3)
    assert asked.begins("Mỏ vàng") == 1.0


def test_a_question_without_content_covers_nothing():
    assert content().share(content().found("đất hiếm")) == 0.0
    assert content().share_of_pairs("đất hiếm") == 0.0


def with_forms(alternatives, **terms):
    return Content({Field[name]: listed for name, listed in terms.items()}, lambda field, term: len(term), alternatives)


def test_a_names_other_form_counts_as_the_name_and_once():
    asked = with_forms({"mỹ": [("hoa", "kỳ"), ("mĩ",)]}, SYLLABLES=["mỹ", "vàng"])

    assert asked.found("Hoa Kỳ") == asked.found("Mỹ, tức Hoa Kỳ") == asked.found("nước Mĩ") == {"mỹ"}
    assert asked.found("hoa và kỳ") == frozenset()
    assert asked.begins("Hoa Kỳ có mỏ") == 0.0


def test_the_parts_of_a_name_are_found_in_its_short_form():
    forms = {term: [("nga",)] for term in ("liên", "bang", "nga", "liên_bang", "bang_nga")}
    asked = with_forms(forms, SYLLABLES=["liên", "bang", "nga"], BIGRAMS=["liên_bang", "bang_nga"])

    assert asked.share(asked.found("Nga")) == pytest.approx(1.0)
    assert asked.share_of_pairs("Nga") == pytest.approx(1.0)


def test_a_form_is_found_without_marks_where_the_name_lost_its_own():
    asked = with_forms({"my": [("hoa", "kỳ")]}, FOLDED_SYLLABLES=["my"])

    assert asked.found("hoa ky") == {"my"}
