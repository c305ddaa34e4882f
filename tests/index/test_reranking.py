import datetime as dt

import pytest

from index.documents import Hit, Passage, Source
from index.matching import Content
from index.questions import parse, question_terms
from index.ranking import rank
from index.reranking import READ, first_of, rerank
from index.vietnamese import sentence_spans


def hit(text, *, score=5.0, number=0, key="a.txt", date=None):
    passage = Passage(Source(key, "Bản tin", date=date), number, 0, text, tuple(sentence_spans(text)))
    return Hit(passage, score, score / 2, {"passage_syllables": score})


def ranked(text, hits):
    question = parse(text, lambda field, term: 1)
    content = Content(question_terms(question, lambda field, term: 1), lambda field, term: 1.0)
    return question, content, rank(question, content, hits)


def test_a_passage_with_the_answering_sentence_comes_before_one_with_the_same_words():
    words = hit("Cảng mở cửa, đón tàu và đón khách.", key="words.txt")
    answer = hit("Cảng mở cửa đón tàu năm 1963.", key="answer.txt")

    assert rerank(*ranked("cảng mở cửa đón tàu khi nào", [words, answer]))[0].passage.source.key == "answer.txt"


def test_hits_that_are_not_weighed_stay_behind_and_none_is_lost():
    hits = [hit("Cảng mở cửa.", score=9.0 - place / 10, number=place) for place in range(READ + 5)]
    question, content, before = ranked("cảng mở cửa khi nào", hits)

    after = rerank(question, content, before)

    assert {one.passage.id for one in after[:READ]} == {one.passage.id for one in first_of(before)}
    assert sorted(one.passage.id for one in after) == sorted(one.passage.id for one in hits)
    assert [one.relevance for one in after] == sorted((one.relevance for one in after), reverse=True)


@pytest.mark.parametrize("question", ["giá gạo mới nhất", "gia gao moi nhat la bao nhieu"])
def test_the_latest_comes_first_where_it_is_asked_for(question):
    old = hit("Giá gạo là 9.000 đồng.", key="old.txt", score=5.2, date=dt.date(2021, 3, 1))
    new = hit("Giá gạo là 12.000 đồng.", key="new.txt", score=5.0, date=dt.date(2024, 3, 1))

    assert rerank(*ranked(question, [old, new]))[0].passage.source.key == "new.txt"


def test_nothing_found_is_nothing_ranked():
    assert rerank(*ranked("cảng ở đâu", [])) == []
