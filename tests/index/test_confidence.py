import pytest

from index.answers import read_passages
from index.confidence import LEAST, confidence, grade
from index.documents import Grade, Hit, Passage, Source
from index.questions import parse, question_terms
from index.sentences import best_of_each_passage
from index.vietnamese import fold, sentence_spans, syllables

TEXT = "Cảng Hòn Gai mở cửa năm 1963. Nơi đây đón 120 tàu mỗi năm."


def doubted(question, text=TEXT, *, known=""):
    """What is weighed for the best sentence of a text, and the confidence in it; other words are unknown but some."""
    held = set(syllables(f"{text} {known}"))
    plain = set(map(fold, held))

    def document_frequency(field, term):
        return int(set(term.split("_")) <= (plain if field.is_folded else held))

    understood = parse(question, document_frequency)
    terms = question_terms(understood, document_frequency)
    passage = Passage(Source("a.txt", "Bản tin"), 0, 0, text, tuple(sentence_spans(text)))
    reading = read_passages(
        understood, terms, [Hit(passage, 5.0, 2.0)], lambda field, term: 1.0 if document_frequency(field, term) else 5.0
    )
    best = best_of_each_passage(reading.sentences)[0]
    return reading.doubt.clues(best), reading.confidence(best)


def test_terms_that_no_document_holds_count_in_full():
    known, sure = doubted("cảng mở cửa năm nào")
    unknown, unsure = doubted("giá vàng ở cảng năm nào")

    assert known["unknown"] == 0.0
    assert unknown["unknown"] > 0.8
    assert unsure < sure


def test_a_name_that_is_missing_lowers_the_confidence():
    _, sure = doubted("tàu vào cảng Hòn Gai khi nào")
    missing, unsure = doubted("tàu vào cảng Cái Lân khi nào")

    assert missing["missing"] > 0.0
    assert unsure < sure


def test_a_name_that_stands_elsewhere_lowers_the_confidence():
    here, sure = doubted("tàu vào cảng Hòn Gai khi nào")
    elsewhere, unsure = doubted("tàu vào cảng Cái Lân khi nào", known="Cái Lân")

    assert (here["mentions"], elsewhere["mentions"]) == (1.0, 0.0)
    assert 0.0 < unsure < sure


def test_a_passage_without_the_name_in_a_question_is_never_likely_to_answer_however_well_all_else_matches():
    named, likely = doubted("cảng mở cửa năm nào")
    of_another = dict(named, mentions=0.0, passage=1.0, sentence=1.0, title=1.0)

    assert grade(likely) is not Grade.UNSURE
    assert grade(confidence(of_another)) is Grade.UNSURE


def test_what_is_common_everywhere_is_missed_less_than_what_is_rare():
    common, _ = doubted("người ở cảng Hòn Gai")
    rare, _ = doubted("phở ở cảng Hòn Gai")

    assert rare["passage"] < common["passage"] < 1.0


def test_confidence_is_a_probability():
    assert all(0 < doubted(question)[1] < 1 for question in ("cảng mở cửa khi nào", "giá vàng hôm nay", "cảng"))


@pytest.mark.parametrize(("sure", "expected"), [(LEAST, Grade.UNSURE), (0.6, Grade.LIKELY), (0.9, Grade.SURE)])
def test_what_is_answered_is_told_in_three_grades(sure, expected):
    assert grade(sure) is expected
