import pytest

from index.matching import Content, Read
from index.terms import Field


def content(**terms):
    return Content({Field[name]: listed for name, listed in terms.items()}, lambda field, term: len(term))


def share_of_pairs(asked, text):
    return asked.share_of_pairs(asked.sighting_of_pairs(text).found(0, len(text)))


def begins(asked, text):
    sighting = asked.sighting(text)
    return sighting.begins(0, sighting.length)


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

    assert share_of_pairs(asked, "Đất hiếm của Nga") == pytest.approx(1.0)
    assert share_of_pairs(asked, "đất hiếm và của riêng Nga") == pytest.approx(8 / 15)


def test_a_word_is_found_where_its_syllables_stand_together():
    asked = content(WORDS=["đất_hiếm", "nga"], FOLDED_WORDS=["tru_luong"])

    assert asked.found_words("Trữ lượng đất hiếm") == {"đất_hiếm", "tru_luong"}
    assert asked.found_words("Đất Nga hiếm người") == {"nga"}


def test_where_a_text_begins_to_speak_of_the_question():
    asked = content(SYLLABLES=["nga"])

    assert begins(asked, "Nga có mỏ") == 0.0
    assert begins(asked, "Mỏ của Nga") == pytest.approx(2 / 3)
    assert begins(asked, "Mỏ vàng") == 1.0


def test_a_question_without_content_covers_nothing():
    assert content().share(content().found("đất hiếm")) == 0.0
    assert share_of_pairs(content(), "đất hiếm") == 0.0


def with_forms(alternatives, **terms):
    return Content({Field[name]: listed for name, listed in terms.items()}, lambda field, term: len(term), alternatives)


def test_a_names_other_form_counts_as_the_name_and_once():
    asked = with_forms({"mỹ": [("hoa", "kỳ"), ("mĩ",)]}, SYLLABLES=["mỹ", "vàng"])

    assert asked.found("Hoa Kỳ") == asked.found("Mỹ, tức Hoa Kỳ") == asked.found("nước Mĩ") == {"mỹ"}
    assert asked.found("hoa và kỳ") == frozenset()
    assert begins(asked, "Hoa Kỳ có mỏ") == 0.0


def test_a_word_is_found_in_its_other_form():
    asked = with_forms({"hoa_kỳ": [("mỹ",)]}, WORDS=["hoa_kỳ"])

    assert asked.found_words("nước Mỹ") == asked.found_words("nước Hoa Kỳ") == {"hoa_kỳ"}
    assert asked.found_words("hoa và kỳ") == frozenset()


def test_the_parts_of_a_name_are_found_in_its_short_form():
    forms = {term: [("nga",)] for term in ("liên", "bang", "nga", "liên_bang", "bang_nga")}
    asked = with_forms(forms, SYLLABLES=["liên", "bang", "nga"], BIGRAMS=["liên_bang", "bang_nga"])

    assert asked.share(asked.found("Nga")) == pytest.approx(1.0)
    assert share_of_pairs(asked, "Nga") == pytest.approx(1.0)


def test_a_form_is_found_without_marks_where_the_name_lost_its_own():
    asked = with_forms({"my": [("hoa", "kỳ")]}, FOLDED_SYLLABLES=["my"])

    assert asked.found("hoa ky") == {"my"}


def test_a_stretch_of_a_text_holds_what_stands_in_it_alone():
    asked = content(SYLLABLES=["đất", "hiếm", "nga"], BIGRAMS=["đất_hiếm"])
    sighting, pairs = asked.sighting("Nga có đất hiếm"), asked.sighting_of_pairs("Nga có đất hiếm")

    assert sighting.found(0, 2) == {"nga"}
    assert sighting.found(2, 4) == {"đất", "hiếm"}
    assert pairs.found(2, 4) == {"đất_hiếm"}
    assert pairs.found(0, 3) == frozenset()
    assert sighting.begins(1, 4) == pytest.approx(1 / 3)


def test_a_form_is_found_in_a_stretch_only_where_all_of_it_stands_there():
    asked = with_forms({"mỹ": [("hoa", "kỳ")]}, SYLLABLES=["mỹ"])
    sighting = asked.sighting("Ở Hoa Kỳ")

    assert sighting.found(1, 3) == {"mỹ"}
    assert sighting.found(0, 2) == frozenset()


def test_what_stands_within_a_window_counts_and_once():
    asked = content(SYLLABLES=["nga", "hiếm", "có"])  # weights 3, 4 and 2

    def densest(text, window):
        return asked.densest(asked.sighting(text).keys, window)

    assert densest("Nga có Nga", 3) == pytest.approx(5 / 9)
    assert densest("Nga và hiếm và có", 3) == pytest.approx(7 / 9)
    assert densest("mưa", 3) == 0.0


def test_the_places_of_syllables_are_the_same_however_often_a_text_is_looked_at():
    text = Read("đất hiếm là đất quý".split())
    looks = [text.places({"đất", "là"}) for _ in range(4)]
    assert [(one.of["đất"], one.of["là"], one.of_pair("là", "đất")) for one in looks] == [([0, 3], [2], [2])] * 4


def test_what_a_text_holds_without_marks_is_found_in_its_folded_twin():
    text = Read("đất hiếm là đất quý".split())
    assert text.folded.places({"dat"}).of["dat"] == [0, 3]
