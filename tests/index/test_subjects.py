import pytest

from index.subjects import names_of, subject, term_frequency
from index.terms import idf
from index.threads import term_weights
from index.utterances import read_posts


@pytest.fixture
def told(said):
    """The subject of the posts with the given numbers."""

    def found(script, *numbers, quoted=None):
        utterances = read_posts(said(script))
        weights = term_weights(utterances, lambda field, term: idf(100, 0))
        posts = [utterances[number - 1] for number in numbers]
        return subject(posts[:quoted], posts[quoted:], weights, term_frequency(utterances), names_of(utterances))

    return found


TALK = """
    08:00 Lan: Tiền quỹ lớp kỳ này bao nhiêu hả chị Hoa
    08:01 Hoa: Tiền quỹ lớp 500k, Lan chuyển khoản cho chị nhé
    08:02 Lan: em chuyển khoản tiền quỹ rồi ạ
    09:00 Minh: thang may so 2 lai hong roi
    09:01 Hoa: Thang máy này hỏng suốt, gọi bảo trì thang máy đi
"""


def test_a_subject_is_what_the_thread_speaks_of_and_the_others_do_not(told):
    assert told(TALK, 1, 2, 3)[0] in {"tiền quỹ", "tiền quỹ lớp", "quỹ lớp"}
    assert told(TALK, 4, 5)[0].lower().startswith("thang máy")


def test_a_subject_is_spelt_with_diacritics_where_anybody_did(told):
    assert "thang may" not in told(TALK, 4, 5)


def test_people_and_little_words_are_no_subject(told):
    for numbers in ((1, 2, 3), (4, 5)):
        found = {word.lower() for phrase in told(TALK, *numbers) for word in phrase.split()}
        assert not found & {"lan", "hoa", "minh", "chị", "em", "đi", "rồi", "cho"}


def test_a_subject_has_at_most_three_parts_without_repetition(told):
    found = told(TALK, 1, 2, 3, 4, 5)

    assert 1 <= len(found) <= 3
    words = [word.lower() for phrase in found for word in phrase.split()]
    assert len(words) == len(set(words))


def test_a_phrase_does_not_reach_over_a_link(told):
    found = told("08:00 An: Điền biểu mẫu https://example.vn/bieu-mau phòng họp trước 12h", 1)

    assert not any("  " in phrase for phrase in found)


def test_what_was_said_once_and_is_not_quoted_is_no_subject(told):
    script = "08:00 An: Quà tổng kết chốt bộ màu vẽ 48 cây\n08:01 Bình: tuyệt vời ông mặt trời"

    assert "mặt trời" not in told(script, 1, 2, quoted=1)
