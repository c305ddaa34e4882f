import pytest

from index.terms import idf
from index.threads import is_monologue, leads, links, pace_of, term_weights, threads, vectors
from index.utterances import read_posts


def weight(field, term):
    return idf(100, 0)


@pytest.fixture
def parted(said):
    """The numbers of the posts of each thread."""

    def part(script):
        utterances = read_posts(said(script))
        weights = term_weights(utterances, weight)
        compared = (leads if is_monologue(utterances) else vectors)(utterances, weights)
        return [[place + 1 for place in thread] for thread in threads(links(utterances, compared))]

    return part


def test_a_reply_joins_whatever_lies_between(parted):
    assert parted("""
        1 08:00 An: Ai giữ chìa khoá phòng họp tầng 5 không?
        1 09:00 Bình: Thực đơn trưa nay có bún chả với gà rang
        1 09:01 Chi: Đặt cho mình suất gà rang nhé
        3 10:00 #1 Dũng: Mình đang giữ đây
    """) == [[1, 4], [2, 3]]  # fmt: skip


def test_two_threads_at_once_come_apart_by_subject(parted):
    assert parted("""
        08:00 An: Thang máy số 2 hỏng rồi, ban quản lý xem giúp
        08:01 Bình: Ai có sách toán lớp 3 cũ cho mình xin với?
        08:02 Chi: Thang máy kẹt ở tầng 7, gọi thợ thang máy đi
        08:03 Dũng: Nhà mình còn sách toán lớp 3 đây, chiều qua lấy sách nhé
        08:04 Em: Thợ thang máy báo 11h mới tới
    """) == [[1, 3, 5], [2, 4]]  # fmt: skip


def test_a_long_silence_ends_a_thread(parted):
    assert parted("""
        1 08:00 An: Mai họp phụ huynh lúc 8 giờ ở lớp 3A
        1 08:01 Bình: Vâng, em nhớ rồi ạ
        1 20:00 Chi: Ai rảnh chở giúp thùng nước suối ra sân bóng không?
        1 20:01 Dũng: Để mình chở cho
    """) == [[1, 2], [3, 4]]  # fmt: skip


def test_after_a_silence_a_strong_subject_joins(parted):
    first, *_ = parted("""
        1 08:00 An: Chuyến dã ngoại trang trại Đồng Quê đóng 350k một bé nhé
        1 08:01 Bình: Dã ngoại trang trại Đồng Quê mấy giờ xe chạy ạ?
        1 08:02 An: 7 giờ xe chạy
        1 12:00 Chi: Nhà em đóng tiền dã ngoại trang trại Đồng Quê rồi ạ
    """)  # fmt: skip

    assert 4 in first


def test_an_answer_right_after_a_question_joins_though_no_word_is_shared(parted):
    assert parted("""
        08:00 An: Mai họp lúc mấy giờ thế cả nhà?
        08:01 Bình: 8h30 em nhé
    """) == [[1, 2]]  # fmt: skip


def test_posts_of_one_person_at_once_are_one_utterance(parted):
    assert parted("""
        08:00 An: Chiều mai sửa đường ống tầng 3
        08:00 An: nên sẽ cúp từ 2 đến 4 giờ
        08:01 Bình: Vâng ạ
    """) == [[1, 2, 3]]  # fmt: skip


def test_a_name_joins_what_speaks_to_its_bearer(parted):
    found = parted("""
        08:00 Lan: Báo giá bên khách gửi lại rồi, họ chê cao
        08:00 Hùng: Mọi người ơi trưa nay ăn bún chả hay cơm gà?
        08:01 Minh: @Lan giảm 5% thôi
    """)  # fmt: skip

    assert [1, 3] in found


def test_posts_of_a_channel_are_grouped_by_subject_only(parted):
    assert parted("""
        08:00 Tin: Bão Sao Mai đổi hướng vào Hải Phòng. Tàu thuyền không ra khơi.
        08:05 Tin: Giá vàng miếng tăng 1,5 triệu đồng một lượng.
        12:00 Tin: Bão Sao Mai giật cấp 12 khi vào Hải Phòng. Học sinh nghỉ học.
        13:00 Tin: Tuyển nữ Việt Nam thắng 3-0.
    """) == [[1, 3], [2], [4]]  # fmt: skip


def test_a_word_common_in_the_chat_weighs_less_than_a_rare_one(said):
    lines = "\n".join(f"08:{minute:02} An: căn hộ {minute} báo hỏng khoá" for minute in range(30))
    weights = term_weights(read_posts(said(f"{lines}\n08:40 Bình: căn hộ nào rơi thẻ xe")), weight)

    assert 0 < weights["can"] < weights["roi"] <= 1


def test_a_word_common_in_the_collection_weighs_less(said):
    utterances = read_posts(said("08:00 An: khoá cổng hỏng"))

    weights = term_weights(utterances, lambda field, term: 1.0 if term == "khoa" else 4.0)

    assert weights["khoa"] < weights["cong"]


def test_the_pause_follows_the_pace(said):
    _, quick = pace_of([post.sent for post in said("08:00 A: a\n08:01 A: b\n08:02 A: c")])
    _, slow = pace_of([post.sent for post in said("1 08:00 A: a\n1 12:00 A: b\n1 16:00 A: c")])

    assert quick < slow
    assert quick >= 900


def test_no_posts_make_no_threads(parted):
    assert threads(links([], [])) == []
