import pytest

from index.documents import Hit, Passage, Source
from index.matching import Content
from index.questions import parse, question_terms
from index.sentences import best_of_each_passage, likelihood, refers_back, weigh
from index.vietnamese import sentence_spans

TEXT = "Cảng Hòn Gai mở cửa năm 1963. Nơi đây đón 120 tàu mỗi năm. Ông Lê Văn Tám giữ kho."


def weighed(question, text=TEXT, title="Bản tin"):
    understood = parse(question, lambda field, term: 1)
    content = Content(question_terms(understood, lambda field, term: 1), lambda field, term: 1.0)
    passage = Passage(Source("a.txt", title), 0, 0, text, tuple(sentence_spans(text)))
    return weigh(understood, content, [Hit(passage, 5.0, 2.0)])


def test_each_sentence_of_a_passage_is_weighed():
    assert [sentence.text for sentence in weighed("cảng mở cửa khi nào")] == [
        "Cảng Hòn Gai mở cửa năm 1963.",
        "Nơi đây đón 120 tàu mỗi năm.",
        "Ông Lê Văn Tám giữ kho.",
    ]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("cảng mở cửa khi nào", "1963"),
        ("đón bao nhiêu tàu mỗi năm", "120 tàu"),
        ("ai giữ kho", "Lê Văn Tám"),
    ],
)
def test_the_sentence_that_answers_is_the_most_likely(question, answer):
    sentences = weighed(question)
    chances = likelihood(sentences)

    assert sum(chances) == pytest.approx(1.0)
    assert answer in sentences[chances.index(max(chances))].text
    assert best_of_each_passage(sentences)[0] is sentences[chances.index(max(chances))]


def test_words_of_the_kind_asked_for_count_only_where_they_are_not_the_questions_own():
    repeats, _, names = weighed("ai quản lý Hòn Gai", "Hòn Gai đông. Trời mưa. Chị Mai Thị Lan quản lý.")

    assert repeats.clues["kind_person"] == 0.0
    assert names.clues["kind_person"] == 1.0


@pytest.mark.parametrize(
    ("question", "told"),
    [("Mai Thị Lan nói gì về cảng", [1.0, 1.0, 0.0, 0.0]), ("nói gì về cảng", [0.0, 0.0, 0.0, 0.0])],
)
def test_whose_words_a_sentence_tells_is_named_before_a_verb_of_speech_or_after_according_to(question, told):
    text = "Bà Mai Thị Lan cho biết cảng đông. Theo bà Mai Thị Lan, cảng rộng. Bà Mai Thị Lan ở cảng. Theo ông Tám, cảng nhỏ."

    assert [sentence.clues["kind_statement"] for sentence in weighed(question, text)] == told


def test_what_goes_on_from_a_sentence_that_names_the_subject_is_led_to():
    first, second = weighed("cảng Hòn Gai đón bao nhiêu tàu", "Cảng Hòn Gai lớn. Nơi đây đón 120 tàu.")

    assert first.clues["led_to"] < second.clues["led_to"] == 1.0


def test_the_title_does_not_stand_in_for_a_subject_that_is_only_named():
    assert weighed("cảng Hòn Gai", "Trời mưa.", title="Cảng Hòn Gai")[0].clues["with_title"] == 0.0
    assert weighed("cảng Hòn Gai ở đâu?", "Trời mưa.", title="Cảng Hòn Gai")[0].clues["with_title"] > 0.0


def test_a_pronoun_that_opens_a_sentence_refers_back_and_a_title_before_a_name_does_not():
    text = "Bà Lan mở quán. Điều này làm cả phố vui. Bà bán bún. Quán đông."
    passage = Passage(Source("a.txt", "Quán"), 0, 0, text, tuple(sentence_spans(text)))

    assert [refers_back(passage, place) for place in range(4)] == [False, True, True, False]


def test_no_sentences_have_no_likelihood():
    assert likelihood([]) == []


def test_what_tells_a_passage_apart_counts_for_all_its_sentences(monkeypatch):
    monkeypatch.setattr("index.sentences.learned", lambda _: {"hit_window": 2.0, "own": 1.0})
    question = parse("cảng mở cửa khi nào", lambda field, term: 1)
    content = Content(question_terms(question, lambda field, term: 1), lambda field, term: 1.0)
    passage = Passage(Source("a.txt", "Bản tin"), 0, 0, TEXT, tuple(sentence_spans(TEXT)))

    plain = weigh(question, content, [Hit(passage, 5.0, 2.0)])
    dense = weigh(question, content, [Hit(passage, 5.0, 2.0, clues={"window": 0.5})])

    assert [one.score - other.score for one, other in zip(dense, plain, strict=True)] == pytest.approx([1.0] * 3)
    assert {sentence.all_clues["hit_window"] for sentence in dense} == {0.5}
