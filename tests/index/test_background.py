import pytest

from index import background
from index.terms import Field


@pytest.mark.parametrize(
    ("common", "rare"),
    [("nói", "phở"), ("quan", "kền"), ("quan_trọng", "phở_bò"), ("tổng_thống", "tổng_ngói")],
)
def test_words_of_every_text_are_common_and_words_of_some_subject_are_rare(common, rare):
    field = Field.BIGRAMS if "_" in common else Field.SYLLABLES

    assert background.idf(field, common) < background.idf(field, rare) <= background.RAREST


def test_what_is_not_listed_is_rare():
    assert background.idf(Field.SYLLABLES, "xyzzy") == pytest.approx(background.RAREST)
    assert background.idf(Field.WORDS, "đất_hiếm_xyzzy") == pytest.approx(background.RAREST)


def test_a_share_of_passages_is_above_0_and_below_1():
    assert all(0 < background.share(field, term) < 1 for field in Field for term in ("và", "va", "phở", ""))


def test_a_plain_syllable_is_as_common_as_all_that_lose_their_marks_so():
    assert background.share(Field.FOLDED_SYLLABLES, "va") >= background.share(Field.SYLLABLES, "và")
    assert background.share(Field.FOLDED_BIGRAMS, "quan_trong") >= background.share(Field.BIGRAMS, "quan_trọng")


def test_a_word_of_three_syllables_is_as_common_as_the_rarer_of_its_pairs():
    pairs = [background.share(Field.BIGRAMS, pair) for pair in ("bộ_trưởng", "trưởng_bộ")]

    assert background.share(Field.WORDS, "bộ_trưởng_bộ") == min(pairs)


def test_a_name_is_as_common_as_its_commonest_form():
    short = background.share(Field.SYLLABLES, "mỹ")

    assert background.share(Field.BIGRAMS, "hợp_chủng", [("mỹ",)]) == short
