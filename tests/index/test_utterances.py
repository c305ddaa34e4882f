import pytest

from index.utterances import question_span, read_posts
from index.vietnamese import fold


@pytest.fixture
def read(said):
    def one(text, before=""):
        return read_posts(said(f"{before}\n08:30 An: {text}"))[-1]

    return one


@pytest.mark.parametrize(
    "text",
    [
        *("haha", "hihihi", ":))", "kkkk", "vui quáaaa", "👍👍", "", "..."),
        *("ok", "oki", "+1", "vâng ạ", "dạ vâng ạ", "ừ", "đúng rồi ạ", "dung roi a", "chuẩn luôn", "hóng", "tuyệt vời"),
        *(
            "Chào cả nhà!",
            "Chúc mọi người buổi sáng tốt lành ạ",
            "chúc mừng sinh nhật chị nha",
            "mọi người khoẻ không?",
        ),
        *("em cảm ơn chị nhiều ạ", "cam on chi nhieu a", "thanks bro", "nhận được rồi ạ"),
        *("/tomtat 50", "/start@some_bot"),
    ],
)
def test_greetings_thanks_laughter_assent_and_commands_say_nothing(read, text):
    assert not read(text).counts


@pytest.mark.parametrize(
    "text",
    [
        "Thang máy số 2 lại hỏng rồi",
        "mai hop luc 8 gio nhe",
        "8h nhé",
        "500k một bé",
        "Mai đi Ba Vì không mọi người?",
        "em cảm ơn chị, em chuyển khoản tiền quỹ rồi ạ",
        "co nuoc lai roi nha ca nha",
    ],
)
def test_what_tells_something_counts_however_short(read, text):
    assert read(text).counts


def test_a_name_by_itself_says_nothing(said):
    posts = read_posts(said("08:00 Minh Châu: Mai lớp mình họp phụ huynh\n08:01 An: Minh Châu ơi"))

    assert [post.counts for post in posts] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Mai mấy giờ họp vậy",
        "mai may gio hop vay ca nha",
        "tien quy dong bao nhieu the cac me",
        "phí đóng ở lễ tân hay chuyển khoản",
        "có ai biết thợ sửa điều hoà không",
        "co ai biet tho sua dieu hoa ko",
        "áo đấu in xong chưa",
        "nhóm mình họp ở đâu đấy",
        "Anh gửi em báo giá được không?",
        "Ai rành vụ gia hạn tên miền không, cái cũ 20/6 hết hạn rồi",
        "thuốc huyết áp của bà còn ko để mai con mua",
        "áo khoác giặt máy đc ko shop",
        "ai giữ trái banh số 5 mới mua, hôm trước đá xong k thấy",
        "tài trợ nước suối ai phụ trách vậy",
    ],
)
def test_questions_are_known_with_and_without_diacritics_and_question_marks(read, text):
    assert read(text).earnest


@pytest.mark.parametrize(
    "text",
    [
        "ai chưa nộp tiền thì nộp nhé",
        "mình không biết gì đâu",
        "khi nào xong thì báo mình nhé",
        "quán nào cũng được",
        "giá 100k một suất",
        "hay quá, mai mình cũng đi xem phim",
        "Mẹ bé Na chắc là không",
        "chị gửi lịch họp rồi nhé",
        "đợt này chưa em ơi",
        "nhắc nhiều lần rồi mà có sửa đâu",
        "ai muốn mua thì ib mình nhé",
    ],
)
def test_the_words_of_questions_do_not_always_ask(read, text):
    assert not read(text).asks


@pytest.mark.parametrize(
    "text",
    [
        "mượn người yêu được không :)))",
        "mọi người khoẻ không?",
        "thật á?",
        "Mọi người ăn cơm chưa?",
        "thế à?",
        "hả?",
        "moi nguoi an com chua",
    ],
)
def test_a_question_to_be_kind_in_jest_or_in_surprise_wants_no_answer(read, text):
    assert not read(text).earnest


def test_the_clause_that_asks_is_found(read):
    post = read("Mai em bận đưa con đi học. Họp lúc mấy giờ ạ? Em cảm ơn")

    start, end = question_span(post)

    assert post.text[start:end].strip() == "Họp lúc mấy giờ ạ?"


def test_words_typed_without_diacritics_are_found_by_the_chats_own(read):
    post = read("thang may hong roi", before="08:00 Bình: Thang máy toà B kẹt ở tầng 7, cái thang máy này cũ quá")

    assert "thang_may" in post.terms
    assert "thang_may" in read_one_marked(read).terms


def read_one_marked(read):
    return read("cái thang máy này cũ quá")


def test_links_and_mentions_are_no_words(read):
    post = read("@binh xem giá ở https://example.vn/thang-may nhé")

    assert not {"example", "thang", "binh"} & post.terms.keys()
    assert len(post.text) == len(post.post.text)


def test_abbreviations_of_chats_are_not_part_of_a_word(read):
    assert "ko" not in {part for word in read("thợ này có uy tín ko bác").content for part in word.plain.split("_")}


def test_words_are_found_after_a_figure_with_a_letter(read):
    post = read("chiều nay 14h diễn tập, không dùng thang máy")

    assert {"14h", "dien_tap", "thang_may"} <= {word.plain for word in post.words}


def test_words_stand_where_they_were_typed_though_tone_marks_are_moved(read):
    post = read("Thuỷ dặn khoá cổng toà nhà lúc 22h30, hoà nhã nhé")

    assert all(fold(post.text[word.start : word.end]).lower().split() == word.plain.split("_") for word in post.words)
