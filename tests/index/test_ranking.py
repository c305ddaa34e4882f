import datetime as dt

import pytest

from index.documents import Hit, Passage, Source
from index.matching import Content
from index.questions import parse, question_terms
from index.ranking import READ, rank, worth_reading
from index.vietnamese import sentence_spans


def hit(text, *, score=5.0, title="Bản tin", number=0, key="a.txt", date=None):
    passage = Passage(Source(key, title, date=date), number, 0, text, tuple(sentence_spans(text)))
    return Hit(passage, score, score / 2, {"passage_syllables": score})


def understood(text, weight=lambda field, term: 1.0):
    question = parse(text, lambda field, term: 1)
    return question, Content(question_terms(question, lambda field, term: 1), weight)


def read(question, one, **options):
    return rank(*understood(question, **options), [one])[0].clues


def test_terms_that_stand_close_together_count_for_more_than_the_same_far_apart():
    filler = "rồi trời đổ mưa suốt cả tuần và mọi người ở lại trong nhà chờ nước rút đi hết mới ra đồng"
    close = read("cầu gỗ bắc qua sông", hit(f"Cầu gỗ bắc qua sông, {filler}."))
    apart = read("cầu gỗ bắc qua sông", hit(f"Cầu gỗ, {filler}, bắc qua sông."))

    assert close["window"] == 1.0
    assert apart["window"] < 1.0


def test_rare_terms_count_for_more_than_common_ones():
    def weight(field, term):
        return 5.0 if term == "kền" else 1.0

    rare = read("mỏ kền ở đâu", hit("Kền được tìm thấy."), weight=weight)
    common = read("mỏ kền ở đâu", hit("Mỏ được tìm thấy."), weight=weight)

    assert rare["rare"] > 0.9
    assert common["rare"] < 0.1


def test_the_numbers_of_the_question_are_looked_for():
    assert read("năm 1963 cảng làm gì", hit("Cảng mở cửa năm 1963."))["numbers"] == 1.0
    assert read("năm 1963 cảng làm gì", hit("Cảng mở cửa năm 1964."))["numbers"] == 0.0
    assert read("cảng làm gì", hit("Cảng mở cửa."))["numbers"] == 1.0


def test_who_is_said_to_say_so_is_known_from_what_is_asked():
    found = read("Theo Luật Chợ, ai giữ chìa khóa kho?", hit("Luật Chợ có hiệu lực."))

    assert found["attribution"] == 2.0
    assert read("ai giữ chìa khóa kho", hit("Luật Chợ có hiệu lực."))["attribution"] == 0.0


def test_the_law_that_is_to_tell_is_looked_for_above_the_text_only():
    question = "Theo Luật Chợ 2015, ai giữ chìa khóa kho?"

    assert read(question, hit("Ban quản lý giữ.", title="Luật Chợ 2015 - Điều 3"))["source"] == 1.0
    assert read(question, hit("Luật Chợ 2015 có hiệu lực.", title="Điều 3"))["source"] == 0.0


def test_names_of_the_question_are_looked_for_by_themselves():
    question = "Cảng ở Hòn Gai mở cửa khi nào?"

    assert read(question, hit("Cảng mở cửa năm 1963.", title="Hòn Gai"))["names"] == 1.0
    assert read(question, hit("Cảng ở Cửa Lò mở cửa."))["names"] == 0.0
    assert read("cảng mở cửa khi nào", hit("Cảng mở cửa."))["names"] == 1.0


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Men rượu là bánh làm từ gạo.", 1.0),
        ("Men rượu được hiểu là bánh làm từ gạo.", 1.0),
        ("Làng bên cạnh nói men rượu là bánh.", 0.0),
    ],
)
def test_a_sentence_that_says_what_the_subject_is_defines_it(sentence, expected):
    assert read("men rượu là gì", hit(sentence))["defines"] == expected


def test_a_question_for_a_number_asks_for_no_definition():
    assert read("có bao nhiêu men rượu", hit("Men rượu là bánh."))["defines"] == 0.0


def test_a_title_that_the_question_repeats_is_told_from_one_that_it_touches():
    whole = read("lợi tức là gì", hit("Là khoản thu.", title="Lợi tức"))
    part = read("lợi tức là gì", hit("Là khoản thu.", title="Lợi tức và cách chia ở chợ cá"))

    assert whole["title_precision"] == 1.0
    assert part["title_precision"] < 0.5


def test_hits_are_ordered_by_relevance_and_none_is_lost():
    question, content = understood("cảng mở cửa khi nào")
    hits = [hit("Trời mưa.", score=9.0 - place / 10, number=place) for place in range(READ + 5)]
    hits[3] = hit("Cảng mở cửa năm 1963.", score=8.7, key="b.txt")

    ranked = rank(question, content, hits)

    assert ranked[0].passage.source.key == "b.txt"
    assert [one.relevance for one in ranked] == sorted((one.relevance for one in ranked), reverse=True)
    assert sorted(one.passage.id for one in ranked) == sorted(one.passage.id for one in hits)


def test_what_scores_far_below_the_best_is_not_read():
    question, content = understood("cảng mở cửa khi nào")
    best, telling = hit("Trời mưa.", score=120.0, number=1), "Cảng mở cửa năm 1963."
    near, far = hit(telling, score=70.0, key="near.txt"), hit(telling, score=50.0, key="far.txt")

    assert [one.passage.source.key for one in worth_reading([best, near, far])] == ["a.txt", "near.txt"]
    assert rank(question, content, [best, near, far])[-1].passage.source.key == "far.txt"


def test_low_scores_of_a_few_documents_are_all_worth_reading():
    hits = [hit("Trời mưa.", score=2.8), hit("Cảng mở cửa năm 1963.", score=1.0, key="b.txt")]

    assert worth_reading(hits) == hits


def test_nothing_found_is_nothing_ranked():
    assert rank(*understood("cảng ở đâu"), []) == []


@pytest.mark.parametrize("question", ["giá gạo mới nhất", "gia gao moi nhat la bao nhieu"])
def test_the_latest_is_looked_for_in_recent_documents(question):
    old = hit("Giá gạo là 9.000 đồng.", key="old.txt", score=5.2, date=dt.date(2021, 3, 1))
    new = hit("Giá gạo là 12.000 đồng.", key="new.txt", score=5.0, date=dt.date(2024, 3, 1))

    assert rank(*understood(question), [old, new])[0].passage.source.key == "new.txt"
    assert rank(*understood("giá gạo là bao nhiêu"), [old, new])[0].passage.source.key == "old.txt"
