import pytest

from index.open_questions import open_questions
from index.terms import idf
from index.threads import links, term_weights, threads, vectors
from index.utterances import read_posts


@pytest.fixture
def left_open(said):
    """The numbers of the questions left open."""

    def found(script):
        utterances = read_posts(said(script))
        terms = vectors(utterances, term_weights(utterances, lambda field, term: idf(100, 0)))
        parents = links(utterances, terms)
        return [place + 1 for place in open_questions(utterances, terms, parents, threads(parents))]

    return found


QUESTION = "08:00 An: Có ai biết phòng khám răng nào tốt gần đây không?"


def test_a_question_that_nobody_answered_is_open(left_open):
    assert left_open(QUESTION) == [1]
    assert left_open("08:00 An: co ai biet phong kham rang nao tot gan day ko") == [1]


@pytest.mark.parametrize(
    "answer",
    [
        "08:05 #1 Bình: có",
        "08:05 #1 Bình: ok",
        "08:05 Bình: Phòng khám răng Nụ Cười đường Láng tốt lắm",
        "08:01 Bình: có em ạ",
    ],
)
def test_an_answer_closes_it_be_it_one_word(left_open, answer):
    assert left_open(f"{QUESTION}\n{answer}") == []


@pytest.mark.parametrize("text", ["haha", "🤣", "hóng", "mình cũng muốn hỏi", "mấy chỗ em?"])
def test_laughter_and_those_who_want_to_know_too_answer_nothing(left_open, text):
    assert 1 in left_open(f"{QUESTION}\n08:01 #1 Bình: {text}")


def test_who_asked_does_not_answer_but_thanks_tell_that_somebody_did(left_open):
    assert left_open(f"{QUESTION}\n08:01 An: răng hàm bị sâu ấy") == [1]
    assert left_open(f"{QUESTION}\n08:05 An: em tìm được rồi ạ, cảm ơn các bác") == []


def test_a_question_put_again_counts_once_and_is_answered_for_both(left_open):
    again = "18:00 An: Có ai biết phòng khám răng nào tốt không ạ?"

    assert left_open(f"{QUESTION}\n{again}") == [1]
    assert left_open(f"{QUESTION}\n{again}\n18:01 #2 Bình: Nụ Cười nhé") == []


def test_courtesy_is_no_open_question(left_open):
    assert left_open("08:00 An: Mọi người khoẻ không?\n08:01 Bình: Thật á?") == []


def test_an_announcement_with_a_time_does_not_answer_a_question_before_it(left_open):
    assert 1 in left_open("""
        08:00 An: mn ơi hạn nộp báo cáo quý 3 là hôm nào ấy nhỉ
        09:10 Thu: Lưu ý: chiều nay 14h diễn tập phòng cháy, mọi người xuống sân
        09:11 Khoa: có phải mang thẻ nhân viên không chị
        09:12 Thu: có em nhé, điểm danh bằng thẻ
    """)


def test_who_asked_tells_hours_later_that_the_matter_is_settled(left_open):
    assert (
        left_open("""
        09:30 Yến: có ai thấy bé mèo tam thể đeo vòng cổ đỏ không ạ
        11:00 Minh: nước nhà em yếu quá
        11:01 Hạnh: nhà mình cũng yếu
        11:02 Tuấn: bơm tăng áp hỏng rồi
        11:03 Hạnh: chiều thợ mới sửa bơm
        11:04 Minh: vâng bơm cũ quá rồi
        11:05 Tuấn: phải thay bơm mới thôi
        15:20 Yến: tìm được mèo tam thể rồi ạ, nó trốn trong phòng rác
    """)
        == []
    )
