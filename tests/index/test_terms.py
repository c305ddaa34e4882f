import pytest

from index.terms import EXACT_FIELDS, Field, Terms, terms_of, together


def test_a_text_gives_its_syllables_bigrams_and_words():
    terms = terms_of("Nga khai thác đất hiếm.")

    assert terms.joined(Field.SYLLABLES).split() == ["nga", "khai", "thác", "đất", "hiếm"]
    assert terms.joined(Field.BIGRAMS).split() == ["nga_khai", "khai_thác", "thác_đất", "đất_hiếm"]
    assert "khai_thác" in terms.joined(Field.WORDS).split()


def test_folded_twins_have_no_diacritics_and_the_same_number_of_terms():
    terms = terms_of("Trữ lượng đất hiếm", "của Nga đứng thứ năm")

    assert terms.joined(Field.FOLDED_BIGRAMS).split()[:2] == ["tru_luong", "luong_dat"]
    for field in EXACT_FIELDS:
        assert len(terms.joined(field.folded).split()) == len(terms.joined(field).split())


def test_no_bigram_crosses_from_a_heading_to_its_passage():
    assert "hiếm_nga" not in terms_of("Đất hiếm", "Nga có nhiều").joined(Field.BIGRAMS)


def test_lengths_count_the_terms_of_each_field():
    terms = together([terms_of("Đất hiếm"), terms_of("Nga có nhiều mỏ", "")])

    assert [terms.length(field) for field in Field] == [len(terms.joined(field).split()) for field in Field]


def test_a_text_of_punctuation_has_no_terms():
    assert [terms_of("… !?").length(field) for field in Field] == [0] * len(Field)


@pytest.mark.parametrize("field", EXACT_FIELDS)
def test_twins_know_each_other(field):
    assert field.folded.exact is field
    assert field.folded.is_folded
    assert not field.is_folded


def test_words_keep_their_syllables_together():
    assert Terms("khai thác", "khai_thác").joined(Field.FOLDED_WORDS) == "khai_thac"
