import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.counting import Part, Tally
from index.documents import Passage, Source
from index.scoring import (
    K1,
    B,
    Level,
    LevelStatistics,
    LuceneBM25,
    Unit,
    both_levels,
    field_scores,
    make_section,
    summed,
)
from index.terms import EXACT_FIELDS, NO_ALTERNATIVES, WEIGHTS, Field, Terms, idf, terms_of, together

vocabulary = st.sampled_from("đất hiếm nga mỹ trữ lượng vàng giá khai thác".split())
collections = st.lists(st.lists(vocabulary, min_size=1, max_size=12), min_size=2, max_size=15)


def scores(terms, units, statistics, alternatives=NO_ALTERNATIVES):
    return summed(field_scores(Tally(terms, alternatives), units, statistics), len(units))


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

    alone = LuceneBM25.over(
        np.array([[whole.doc_freqs[place].get(term, 0) for term in question]]),
        np.array([whole.doc_len[place]]),
        mean_length=whole.avgdl,
        idfs={term: whole.idf.get(term, 0.0) for term in question},
    )

    assert alone.get_scores(question)[0] == pytest.approx(whole.get_scores(question)[place])


@given(st.integers(1, 10_000), st.data())
def test_idf_is_positive_and_falls_as_more_units_hold_the_term(units, data):
    holding = data.draw(st.integers(0, units - 1))

    assert idf(units, holding) > idf(units, holding + 1) > 0


def test_idf_is_lucenes():
    assert idf(10, 3) == pytest.approx(math.log(1 + (10 - 3 + 0.5) / (3 + 0.5)))


def unit(*texts):
    """A unit that is made of texts."""
    return Unit(tuple(Part(terms_of(text), text) for text in texts))


def test_fields_are_summed_by_their_weights():
    statistics = LevelStatistics(
        units=5,
        mean_length={Field.SYLLABLES: 2.0, Field.BIGRAMS: 1.0, Field.WORDS: 1.0},
        document_frequency=lambda field, term: 1,
    )

    def score(terms):
        return scores(terms, [Unit((Part(Terms("đất hiếm", "đất_hiếm"), "đất hiếm"),))], statistics)[0]

    one_match = idf(5, 1)  # with the length at its mean, a single match counts its idf
    assert score({Field.SYLLABLES: ["đất"]}) == pytest.approx(one_match)
    assert score({Field.BIGRAMS: ["đất_hiếm"]}) == pytest.approx(WEIGHTS[Field.BIGRAMS] * one_match)
    assert score({Field.SYLLABLES: ["đất", "hiếm"], Field.FOLDED_WORDS: ["dat_hiem"]}) == pytest.approx(
        (2 + WEIGHTS[Field.FOLDED_WORDS]) * one_match
    )


@pytest.mark.parametrize("field", Field)
@settings(deadline=None)
@given(st.lists(st.lists(vocabulary, min_size=1, max_size=8), min_size=1, max_size=4), st.data())
def test_candidates_score_as_rank_bm25_scores_their_terms(field, listed, data):
    texts = [" ".join(one) for one in listed]
    units = [Unit((Part(Terms(syllables=text, words=text), text),)) for text in texts]
    reference = LuceneBM25([one.terms.joined(field).split() or ["khác"] for one in units])
    held = sorted({term for one in units for term in one.terms.joined(field).split()})
    question = data.draw(st.lists(st.sampled_from(held), min_size=1, max_size=4, unique=True)) if held else ["vàng_nga"]
    statistics = LevelStatistics(
        units=len(units),
        mean_length={field.exact: reference.avgdl},
        document_frequency=lambda _, term: sum(term in one for one in reference.doc_freqs),
    )

    found = field_scores(Tally({field: question}), units, statistics)[field.exact]

    assert found == pytest.approx(BM25Okapi.get_scores(reference, question))


def test_a_section_counts_its_passages_together_and_its_title_once():
    title, *texts = "Chợ cá", "Chợ cá họp đêm.", "Cá tươi ở chợ Do.", "Chợ tan sớm."
    passages = [Passage(Source("a", title), 0, 0, text, ()) for text in texts]
    section = make_section(1, 1, terms_of(title), [(passage, terms_of(passage.text)) for passage in passages])

    terms = {field: ["cá", "chợ"] if field is Field.SYLLABLES else ["chợ_cá"] for field in EXACT_FIELDS}
    counts = Tally(terms).counts([section.unit.parts, section.units[1].parts])

    assert counts.of(Field.SYLLABLES, ["cá", "chợ"]).tolist() == [[3, 4], [2, 2]]
    assert counts.of(Field.BIGRAMS, ["chợ_cá"]).tolist() == [[2], [1]]
    assert counts.lengths(Field.SYLLABLES).tolist() == [14, 7]
    assert section.unit.terms == together([terms_of(title), *map(terms_of, texts)])


def test_the_heading_of_a_passage_counts_and_no_pair_crosses_to_its_text():
    passage = Passage(Source("a", "Luật"), 0, 0, "cá tươi", (), heading="Chợ")
    section = make_section(1, 1, terms_of("Luật"), [(passage, terms_of("Chợ", "cá tươi"))])

    counts = Tally({Field.SYLLABLES: ["chợ"], Field.BIGRAMS: ["chợ_cá", "cá_tươi"]}).counts([section.unit.parts])

    assert counts.of(Field.SYLLABLES, ["chợ"]).tolist() == [[1]]
    assert counts.of(Field.BIGRAMS, ["chợ_cá", "cá_tươi"]).tolist() == [[0, 1]]


def test_what_is_not_found_scores_nothing():
    statistics = LevelStatistics(2, dict.fromkeys(Field, 2.0), lambda field, term: 0)

    assert scores({Field.SYLLABLES: ["vàng"]}, [unit("đất hiếm")], statistics).tolist() == [0.0]
    assert scores({}, [unit("đất hiếm")], statistics).tolist() == [0.0]


NAME = {"mỹ": [("hoa", "kỳ")]}


def test_a_unit_that_holds_another_form_scores_as_with_the_one_typed():
    units = [unit(text) for text in ("của mỹ nay", "của hoa kỳ", "mỹ hoa kỳ")]
    statistics = LevelStatistics(9, dict.fromkeys(Field, 3.0), lambda field, term: 2)

    first, second, third = scores({Field.SYLLABLES: ["mỹ"]}, units, statistics, NAME)

    assert first == second == third > 0


def test_a_term_weighs_as_its_most_frequent_form():
    frequencies = {"mỹ": 1, "hoa_kỳ": 6, "my": 2, "hoa_ky": 7}
    statistics = LevelStatistics(9, {}, lambda field, term: frequencies[term])

    assert statistics.idf(Field.SYLLABLES, "mỹ", NAME["mỹ"]) == idf(9, 6)
    assert statistics.idf(Field.FOLDED_SYLLABLES, "my", NAME["mỹ"]) == idf(9, 7)
    assert statistics.idf(Field.SYLLABLES, "mỹ") == idf(9, 1)


def test_a_long_form_counts_where_all_of_it_stands():
    form = tuple("tổ chức y tế thế giới".split())

    def occurrences(form):
        counts = Tally({Field.WORDS: ["who"]}, {"who": [form]}).counts([unit("tổ chức y tế thế giới").parts])
        return counts.of(Field.WORDS, ["who"]).tolist()

    assert occurrences(form) == [[1]]
    assert occurrences((*form[:4], "châu", "âu")) == [[0]]


def test_forms_of_each_other_count_each_as_it_was_typed():
    forms = {"mỹ": [("mĩ",)], "mĩ": [("mỹ",), ("hoa", "kỳ")]}

    counts = Tally({Field.SYLLABLES: ["mĩ", "mỹ"]}, forms).counts([unit("ở hoa kỳ").parts, unit("ở mỹ").parts])

    assert counts.of(Field.SYLLABLES, ["mĩ", "mỹ"]).tolist() == [[1, 0], [1, 1]]


def test_in_a_small_collection_vietnamese_at_large_tells_which_unknown_terms_are_rare():
    statistics = LevelStatistics(4, {}, lambda field, term: 0)

    assert statistics.idf(Field.SYLLABLES, "nói") == statistics.idf(Field.SYLLABLES, "phở")
    assert 2 * statistics.informed_idf(Field.SYLLABLES, "nói") < statistics.informed_idf(Field.SYLLABLES, "phở")


def test_a_large_collection_tells_for_itself():
    rare, everywhere = (
        LevelStatistics(1_000_000, {}, lambda field, term, count=count: count) for count in (3, 900_000)
    )

    for statistics in (rare, everywhere):
        assert statistics.informed_idf(Field.SYLLABLES, "nói") == pytest.approx(
            statistics.idf(Field.SYLLABLES, "nói"), rel=0.3, abs=1e-3
        )


@pytest.mark.parametrize(("held", "sections"), [(0, 0), (1, 1), (10, 6.4), (50, 21.5), (99, 25), (100, 25)])
def test_how_many_sections_hold_a_term_is_told_from_how_many_passages_do(held, sections):
    totals = {"passages": Level(100, {}), "sections": Level(25, {})}
    levels = both_levels(totals, lambda field, term: held)

    assert levels.passages.document_frequency(Field.WORDS, "gạo") == held
    assert levels.sections.document_frequency(Field.WORDS, "gạo") == pytest.approx(sections, abs=0.1)


def test_where_each_section_is_one_passage_both_are_held_alike():
    levels = both_levels({"passages": Level(9, {}), "sections": Level(9, {})}, lambda field, term: 4)

    assert levels.sections.document_frequency(Field.WORDS, "gạo") == pytest.approx(4)


def test_the_more_passages_hold_a_term_the_more_sections_do():
    held = iter(range(1, 100))
    levels = both_levels({"passages": Level(100, {}), "sections": Level(25, {})}, lambda field, term: next(held))

    counts = [levels.sections.document_frequency(Field.WORDS, "gạo") for _ in range(1, 100)]

    assert counts == sorted(counts)
    assert counts[49] > 25 * 0.5
