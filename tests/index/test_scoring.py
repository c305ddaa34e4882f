import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.documents import Passage, Source
from index.scoring import K1, B, LevelStatistics, LuceneBM25, Unit, field_scores, idf, make_section, summed
from index.terms import NO_ALTERNATIVES, WEIGHTS, Field, Terms, terms_of

vocabulary = st.sampled_from("đất hiếm nga mỹ trữ lượng vàng giá khai thác".split())
collections = st.lists(st.lists(vocabulary, min_size=1, max_size=12), min_size=2, max_size=15)


def scores(terms, units, statistics, alternatives=NO_ALTERNATIVES):
    return summed(field_scores(terms, units, statistics, alternatives), len(units))


@given(collections, st.lists(vocabulary, min_size=1, max_size=4, unique=True))
def test_scores_equal_those_of_rank_bm25_given_the_same_idf(collection, question):
    reference = BM25Okapi(collection, k1=K1, b=B)
    holding = Counter(term for unit in collection for term in set(unit))
    reference.idf = {term: idf(len(collection), count) for term, count in holding.items()}

    assert np.allclose(LuceneBM25(collection).get_scores(question), reference.get_scores(question))


@given(collections, st.lists(vocabulary, min_size=1, max_size=4, unique=True), st.data())
def test_a_candidate_scores_the_same_alone_as_among_the_whole_collection(collection, question, data):
    whole = LuceneBM25(collection)
    place = data.draw(st.integers(0, len(collection) - 1))

    alone = LuceneBM25.over([whole.doc_freqs[place]], [whole.doc_len[place]], whole.idf, whole.avgdl)

    assert alone.get_scores(question)[0] == pytest.approx(whole.get_scores(question)[place])


@given(st.integers(1, 10_000), st.data())
def test_idf_is_positive_and_falls_as_more_units_hold_the_term(units, data):
    holding = data.draw(st.integers(0, units - 1))

    assert idf(units, holding) > idf(units, holding + 1) > 0


def test_idf_is_lucenes():
    assert idf(10, 3) == pytest.approx(math.log(1 + (10 - 3 + 0.5) / (3 + 0.5)))


def test_fields_are_summed_by_their_weights():
    unit = Unit(Terms(syllables="đất hiếm", words="đất_hiếm"))
    statistics = LevelStatistics(
        units=5,
        mean_length={Field.SYLLABLES: 2.0, Field.BIGRAMS: 1.0, Field.WORDS: 1.0},
        document_frequency=lambda field, term: 1,
    )

    def score(terms):
        return scores(terms, [unit], statistics)[0]

    one_match = idf(5, 1)  # with the length at its mean, a single match counts its idf
    assert score({Field.SYLLABLES: ["đất"]}) == pytest.approx(one_match)
    assert score({Field.BIGRAMS: ["đất_hiếm"]}) == pytest.approx(WEIGHTS[Field.BIGRAMS] * one_match)
    assert score({Field.SYLLABLES: ["đất", "hiếm"], Field.FOLDED_WORDS: ["dat_hiem"]}) == pytest.approx(
        (2 + WEIGHTS[Field.FOLDED_WORDS]) * one_match
    )


@pytest.mark.parametrize("field", Field)
def test_a_section_counts_its_passages_together_and_its_title_once(field):
    title, *parts = (terms_of(text) for text in ("Chợ cá", "Chợ cá họp đêm.", "Cá tươi ở chợ Do.", "Chợ tan sớm."))
    passage = Passage(Source("a", "Chợ cá"), 0, 0, "", ())
    section = make_section(1, 1, title, [(passage, terms) for terms in parts])

    whole = Unit(title, *parts)

    assert section.unit.frequencies(field) == whole.frequencies(field)
    assert section.unit.length(field) == whole.length(field)
    assert section.unit.terms == whole.terms


def test_what_is_not_found_scores_nothing():
    unit = Unit(Terms(syllables="đất hiếm", words="đất_hiếm"))
    statistics = LevelStatistics(2, dict.fromkeys(Field, 2.0), lambda field, term: 0)

    assert scores({Field.SYLLABLES: ["vàng"]}, [unit], statistics).tolist() == [0.0]
    assert scores({}, [unit], statistics).tolist() == [0.0]


NAME = {"mỹ": [("hoa", "kỳ")]}


def test_a_unit_that_holds_another_form_scores_as_with_the_one_typed():
    typed, other, both = (Unit(Terms(syllables=text, words=text)) for text in ("của mỹ nay", "của hoa kỳ", "mỹ hoa kỳ"))
    statistics = LevelStatistics(9, dict.fromkeys(Field, 3.0), lambda field, term: 2)

    first, second, third = scores({Field.SYLLABLES: ["mỹ"]}, [typed, other, both], statistics, NAME)

    assert first == second == third > 0


def test_a_term_weighs_as_its_most_frequent_form():
    frequencies = {"mỹ": 1, "hoa_kỳ": 6, "my": 2, "hoa_ky": 7}
    statistics = LevelStatistics(9, {}, lambda field, term: frequencies[term])

    assert statistics.idf(Field.SYLLABLES, "mỹ", NAME["mỹ"]) == idf(9, 6)
    assert statistics.idf(Field.FOLDED_SYLLABLES, "my", NAME["mỹ"]) == idf(9, 7)
    assert statistics.idf(Field.SYLLABLES, "mỹ") == idf(9, 1)


def test_a_long_form_counts_where_all_of_it_stands():
    unit = Unit(Terms(syllables="tổ chức y tế thế giới", words=""))
    form = tuple("tổ chức y tế thế giới".split())

    def occurrences(form):
        return unit.frequencies_of(Field.WORDS, ["who"], {"who": [form]})["who"]

    assert occurrences(form) == 1
    assert occurrences((*form[:4], "châu", "âu")) == 0
