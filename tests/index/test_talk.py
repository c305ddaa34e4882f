import dataclasses
import datetime as dt
import random

import pytest

from index.documents import Digest, Length, Shared
from index.talk import digest, shared_once
from index.terms import idf


def weight(field, term):
    return idf(100, 0)


@pytest.fixture
def digested(said):
    def made(script, length=Length.NORMAL, shared=None):
        return digest(said(script, shared), length, weight)

    return made


def quoted(found):
    return [remark.post.key for thread in found.threads for remark in thread.remarks]


OFFICE = """
    08:00 Hùng: Mọi người ơi chào buổi sáng
    08:01 Lan: chào anh
    08:02 Minh: Chiều nay họp tổng kết sprint lúc mấy giờ chị Lan?
    08:03 Lan: 3h chiều ở phòng họp tầng 5 nhé
    08:03 Minh: ok chị
    08:04 Trang: máy in tầng 4 hết mực rồi mọi người ơi
    08:05 Hùng: em bận gặp khách lúc 3h, họp tổng kết dời sang 4h được không ạ?
    08:06 Dũng: dùng tạm máy in tầng 3 đi, mai bên hành chính mua mực
    08:07 Lan: Vậy chốt họp tổng kết 4h chiều, ai cũng chuẩn bị demo phần của mình
    08:07 Minh: 👍
    08:08 Trang: máy in tầng 3 không in được màu
    08:09 Hùng: haha
    08:30 Trang: Có ai giữ thẻ xe số 27 không ạ?
"""


def test_each_thread_has_its_weightiest_posts_in_the_order_sent(digested):
    found = digested(OFFICE)

    sprint, printer = found.threads
    assert [remark.post.key for remark in sprint.remarks][-1] == "9"
    assert {remark.post.key for remark in printer.remarks} <= {"6", "8", "11"}
    assert all(
        [int(r.post.key) for r in t.remarks] == sorted(int(r.post.key) for r in t.remarks) for t in found.threads
    )


def test_greetings_and_single_words_are_neither_quoted_nor_counted(digested):
    found = digested(OFFICE)

    assert not {"1", "2", "5", "10", "12"} & set(quoted(found))
    assert found.posts == 8
    assert found.people == 5


def test_an_answer_is_quoted_with_its_question(digested):
    found = digested("""
        08:00 An: Mai mấy giờ đá bóng với khu B thế ae?
        08:01 Bình: Ừ, 8 giờ nhé, sân Thành Công
        08:02 Chi: haha
        09:00 Dũng: Quỹ đội còn 2 triệu, tháng này mỗi người đóng thêm 100k tiền nước
        09:01 Chi: em chuyển khoản tiền quỹ rồi anh
        09:05 Em: Áo đấu mới giao thứ 5, mỗi bộ 180k, quỹ trả một nửa
    """)

    assert {"1", "2"} <= set(quoted(found))


def test_open_questions_are_told_apart_and_not_among_the_threads(digested):
    found = digested(OFFICE)

    assert [question.post.key for question in found.questions] == ["13"]
    assert "13" not in quoted(found)


def test_a_tiny_talk_is_given_whole(digested):
    found = digested("""
        08:00 An: Mai đi Ba Vì không mọi người?
        08:01 Bình: Đi chứ, 6h sáng xuất phát nhé
        08:02 Chi: ok
        08:03 Chi: mình mang bánh mì với nước nha
    """, Length.SHORT)  # fmt: skip

    assert sorted(quoted(found)) == ["1", "2", "4"]
    assert found.posts == 3


def test_in_a_tiny_talk_an_open_question_is_told_as_such(digested):
    found = digested("08:00 An: Mai cúp nước từ 8h đến 11h\n08:20 Bình: Ai giữ chìa khoá phòng họp tầng 5 không?")

    assert quoted(found) == ["1"]
    assert [question.post.key for question in found.questions] == ["2"]


def test_a_longer_digest_tells_at_least_as_much(said):
    rng = random.Random(1)
    subjects = "thang máy|đường ống|bể bơi|sân bóng|thẻ xe|phí quản lý|vườn hoa|trạm sạc|hòm thư|cổng phụ".split("|")
    lines = []
    for hour, subject in enumerate(subjects):
        lines += [
            f"{8 + hour:02}:{minute:02} {rng.choice('ABCDE')}: {subject} {rng.choice(['hỏng', 'bẩn', 'quá tải'])} "
            f"ở {rng.choice(['tầng', 'toà', 'khu'])} {rng.randrange(20)}, sửa {subject} hết {rng.randrange(9)} triệu"
            for minute in range(6)
        ]
    posts = said("\n".join(lines))
    short, normal, long = (digest(posts, length, weight) for length in Length)

    assert len(short.threads) <= len(normal.threads) <= len(long.threads) == len(subjects)
    assert len(short.threads) <= 4
    assert len(quoted(short)) < len(quoted(normal)) < len(quoted(long))


def test_nothing_said_makes_an_empty_digest(digested):
    assert digest([], Length.NORMAL, weight) == Digest(posts=0, people=0)
    assert digested("08:00 An: chào cả nhà\n08:01 Bình: haha\n08:02 An: 👍") == Digest(posts=0, people=0)


def test_the_order_in_which_posts_are_given_does_not_matter(said):
    posts = list({post.sent: post for post in said(OFFICE)}.values())

    assert digest(posts[::-1], Length.NORMAL, weight) == digest(posts, Length.NORMAL, weight)


LONG = (
    "Kính gửi cư dân. Ban quản lý thông báo lịch cắt điện để bảo trì trạm biến áp toà B vào thứ bảy 31/5 từ 8h đến 11h. "
    "Trong thời gian này thang máy số 1 và số 2 tạm dừng, cư dân dùng thang máy số 3 chạy máy phát. "
    "Mong cư dân thông cảm và sắp xếp công việc. Trân trọng cảm ơn cư dân đã luôn đồng hành cùng ban quản lý."
)


def test_a_long_post_is_quoted_by_whole_sentences_of_it(digested):
    found = digested(f"08:00 BQL: {LONG}\n08:02 An: Cắt điện thế thì bảo trì trạm biến áp lâu không ạ?")

    remark = next(remark for thread in found.threads for remark in thread.remarks if remark.post.author == "BQL")
    assert "31/5 từ 8h đến 11h" in remark.text
    assert len(remark.text) <= 200
    assert all(part.strip() in LONG for part in remark.text.split("…"))


def test_a_sentence_without_end_is_cut_at_a_clause(digested):
    text = ", ".join(f"tầng {floor} sửa đường ống nước nóng" for floor in range(1, 20))
    found = digested(f"08:00 BQL: {text}\n08:01 An: vâng ạ")

    quote = found.threads[0].remarks[0].text
    assert quote.endswith("nóng…")
    assert text.startswith(quote.removesuffix("…"))


def test_a_long_link_is_left_out_of_what_is_quoted(digested):
    url = "https://docs.example.vn/forms/d/e/1FAIpQLSdhfkjashdfkjhaskjdfhkajshdfkjh/viewform"
    found = digested(f"08:00 An: Form đăng ký dã ngoại đây, hạn thứ sáu {url}", shared={1: (Shared("Form", url),)})

    assert found.threads[0].remarks[0].text == "Form đăng ký dã ngoại đây, hạn thứ sáu …"
    assert found.shared[0][0].url == url


def test_a_post_is_not_quoted_beside_one_that_says_the_same(digested):
    found = digested("""
        08:00 BQL: Thứ bảy 31/5 diễn tập phòng cháy chữa cháy lúc 9h tại sân toà B
        08:01 An: Diễn tập có bắt buộc không ạ
        08:02 BQL: Mỗi căn hộ cử 1 người
        08:10 BQL: Thứ bảy 31/5 diễn tập phòng cháy chữa cháy lúc 9h tại sân toà B
        08:11 Bình: Người già không phải đi thang bộ chứ ạ?
        08:12 BQL: Người già và trẻ nhỏ được miễn
    """)
    texts = [remark.text for thread in found.threads for remark in thread.remarks]

    assert len(texts) == len(set(texts))


def test_links_and_files_are_each_told_once_newest_last(said):
    link = Shared("Thực đơn", "https://www.example.vn/menu/?utm_source=zalo#top")
    copy = Shared("menu", "http://example.vn/menu")
    other = Shared("Bảng giá", "https://example.vn/menu?page=2")
    posts = said(
        "08:00 An: thực đơn\n08:01 Bình: đây nhé\n08:02 Chi:\n08:03 An: lại",
        {1: (link,), 2: (copy, other), 3: (Shared("bang-diem.xlsx"),), 4: (Shared("Bang-diem.xlsx"),)},
    )

    assert [(shared.name, post.key) for shared, post in shared_once(posts)] == [
        ("Thực đơn", "1"),
        ("Bảng giá", "2"),
        ("bang-diem.xlsx", "3"),
    ]


def test_what_was_only_shared_counts_but_is_no_remark(said):
    found = digest(said("08:00 An:", {1: (Shared("hop-dong.pdf"),)}), Length.NORMAL, weight)

    assert (found.posts, found.people, found.threads) == (1, 1, ())
    assert [shared.name for shared, _ in found.shared] == ["hop-dong.pdf"]


def test_a_channel_is_told_post_by_post(digested):
    found = digested("""
        07:00 Tin: Giá vàng miếng tăng 1,5 triệu đồng một lượng so với hôm qua.
        09:00 Tin: Đội tuyển nữ thắng 3-0 ở vòng loại, tiền đạo trẻ lập cú đúp.
        11:00 Tin: Chào buổi sáng cả nhà!
        12:00 Tin: Thành phố mở 12 tuyến buýt điện mới từ tháng 7, vé giữ nguyên 7.000 đồng.
        15:00 Tin: Xăng RON95 giảm 320 đồng một lít từ 15h chiều nay.
        17:00 Tin: Bệnh viện Nhi tiếp nhận 40 ca sốt xuất huyết mỗi ngày, khuyến cáo diệt bọ gậy.
    """)  # fmt: skip

    assert found.posts == 5
    assert all(thread.posts == 1 for thread in found.threads)
    assert len(found.threads) == 5


def test_people_are_counted_by_who_they_are_not_by_what_they_are_called(said):
    posts = [
        dataclasses.replace(post, author="An")
        for post in said("08:00 An1: Mai cắt điện toà B\n08:01 An2: Cắt điện từ mấy giờ?")
    ]

    assert digest(posts, Length.NORMAL, weight).people == 2


def test_any_text_makes_a_digest(said):
    start = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)
    rng = random.Random(3)
    (like,) = said("08:00 An: a")
    posts = [
        dataclasses.replace(
            like,
            key=str(number),
            person=str(rng.randrange(3)),
            sent=start,
            text="".join(rng.choice('aăk h?.,:…\n@/#1👍ị—("') for _ in range(rng.randrange(300))),
            reply_to=str(rng.randrange(60)),
        )
        for number in range(50)
    ]

    assert digest(posts, Length.LONG, weight).posts <= 50


def test_a_deadline_said_once_is_told_before_chat_of_many(digested):
    found = digested("""
        08:00 Quân: ủa nay có ai mang ô không
        08:01 Trang: có nè
        08:02 Long: trời mưa to dữ
        08:03 Quân: mưa hoài luôn á
        08:04 Trang: ướt hết giày rồi
        08:40 Mai: Cả nhà gửi chứng từ công tác phí tháng 5 trước 16h thứ 5 ạ, quá hạn em chuyển sang kỳ sau
        09:15 Ngọc: trưa nay ăn bún đậu không mọi người
        09:16 Phúc: mắm tôm nhiều nha
        09:17 Quân: đói quá trời
    """, Length.SHORT)  # fmt: skip

    assert "6" in quoted(found)


def test_an_answered_question_is_not_told_without_its_answer(digested):
    found = digested(OFFICE, Length.LONG)

    assert "3" not in quoted(found) or "4" in quoted(found)


def test_an_address_that_cannot_be_read_is_told_as_it_is(said):
    posts = said("08:00 An: xem này", {1: (Shared("a", "http://[::1"),)})

    assert [shared.url for shared, _ in shared_once(posts)] == ["http://[::1"]
