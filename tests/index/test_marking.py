import pytest

from index.marking import mark
from index.matching import Content
from index.questions import parse, question_terms


def marked(question, sentence):
    understood = parse(question, lambda field, term: 1)
    terms = question_terms(understood, lambda field, term: 1)
    start, end = mark(understood, Content(terms, lambda field, term: 1.0), sentence)
    return sentence[start:end]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Tàu dài bao nhiêu mét?", "Con tàu dài 85 mét và rộng 12 mét.", "85 mét"),
        ("Chợ họp vào ngày nào, khi nào?", "Chợ họp vào ngày 15/8 hằng năm.", "15/8"),
        ("Sản lượng gạo là bao nhiêu?", "Sản lượng gạo đạt 28 triệu tấn, theo Bộ công bố đầu năm.", "28 triệu tấn"),
        ("Ai là người xây cầu?", "Cầu do kỹ sư Trần Văn Mạch xây.", "Trần Văn Mạch"),
        ("Nhà máy nằm ở đâu?", "Nhà máy nằm tại thị xã Sơn Tây, cách sông 2 km.", "Sơn Tây"),
        ("Vì sao chợ đóng cửa?", "Chợ đóng cửa vì nước lũ dâng cao.", "nước lũ dâng cao"),
        ("Men rượu là gì?", "Men rượu là bánh làm từ gạo và lá rừng.", "bánh làm từ gạo và lá rừng"),
    ],
)
def test_the_words_that_answer_are_marked(question, sentence, answer):
    assert answer in marked(question, sentence)


@pytest.mark.parametrize("sentence", ["Con tàu dài 85 mét, rộng 12 mét, nặng 300 tấn.", "Tàu: 85 mét (dài)."])
def test_the_words_of_the_question_are_not_repeated(sentence):
    assert "tàu" not in marked("Tàu dài bao nhiêu mét?", sentence).lower()


def test_a_mark_begins_and_ends_with_words():
    text = marked("chợ bán gì", "Chợ bán (chủ yếu) cá khô, mắm và muối.")

    assert text
    assert text[0].isalnum()
    assert text[-1].isalnum()


@pytest.mark.parametrize("sentence", ["", "…", "?!"])
def test_nothing_is_marked_where_there_are_no_words(sentence):
    assert marked("chợ bán gì", sentence) == ""


def test_a_sentence_of_one_word_is_marked_whole():
    assert marked("chợ bán gì", "Muối.") == "Muối"
