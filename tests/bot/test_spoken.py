import pytest

from bot.spoken import says, summary_asked_for, wanted


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("tóm tắt", ""),
        ("Tóm tắt giúp mình với!", ""),
        ("tom tat lai noi dung chinh di", ""),
        ("tóm tắt bài 1", "bài 1"),
        ("tom tat giup minh bai 2 voi", "bai 2"),
        ("Bạn ơi, tóm tắt cho mình tài liệu số 3 nhé", "tài liệu số 3"),
        ("có thể tóm tắt nội dung của Nghị định 15 được không?", "Nghị định 15"),
        ("tóm lược về cảng  Cồn Phụng ạ", "về cảng Cồn Phụng"),
        ("mình muốn tóm tắt bài này", "bài này"),
        ("tom tat bai 2 cho t vs", "bai 2"),
        ("tóm tắt giúp mình z", ""),
        ("tóm tắt cảng Cồn Phụng đi v", "cảng Cồn Phụng"),
        ("tom tat bai 2 a", "bai 2"),
    ],
)
def test_a_summary_is_asked_for_in_words(text, argument):
    assert summary_asked_for(text) == argument


@pytest.mark.parametrize(
    "subject", ["gen Z", "gen z", "nhóm nhạc V", "vitamin a", "vitamin A", "khoản 2 V", "khoản 2 a", "điều lệ b"]
)
def test_a_letter_that_may_be_part_of_the_subject_is(subject):
    assert summary_asked_for(f"tóm tắt {subject}") == subject


@pytest.mark.parametrize(
    "subject",
    [
        "lãi suất ngân hàng",
        "quá trình hình thành đảng",
        "hồ sơ vay vốn",
        "hồ Gươm",
        "chợ Bến Thành",
        "các món ăn ở chợ",
        "chuyện cháy nhà",
    ],
)
def test_a_word_of_other_diacritics_is_no_courtesy(subject):
    assert summary_asked_for(f"tóm tắt {subject}") == subject


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("tóm tắt nội dung chính sách mới", "chính sách mới"),
        ("tóm tắt các ý chính trị học", "chính trị học"),
        ("tóm tắt nội dung chính của bài 1", "bài 1"),
        ("tom tat noi dung chinh bai 1", "bai 1"),
        ("tóm tắt lại giúp mình bài 1", "bài 1"),
    ],
)
def test_a_subject_begins_with_a_whole_word(text, argument):
    assert summary_asked_for(text) == argument


@pytest.mark.parametrize(
    ("text", "argument"),
    [("tt bài 1", "bài 1"), ("Tt bai 1 di", "bai 1"), ("tt tài liệu 2 giúp mình", "tài liệu 2"), ("tt 2 nhé", "2")],
)
def test_the_abbreviation_asks_for_a_summary_before_a_document(text, argument):
    assert summary_asked_for(text) == argument


@pytest.mark.parametrize("text", ["tt Nga là ai", "tt 2 nước gặp nhau ở đâu", "TT 78", "tt 200 quy định gì", "tt"])
def test_before_anything_else_the_abbreviation_is_of_another_word(text):
    assert summary_asked_for(text) is None


@pytest.mark.parametrize(
    "text", ["tóm tắt là gì", "cảng ở đâu", "bản tóm tắt dự án do ai viết", "tóm tắtt", "ai tóm tắt báo cáo"]
)
def test_other_questions_ask_for_no_summary(text):
    assert summary_asked_for(text) is None


@pytest.mark.parametrize("words", ["cho mình ", "giúp mình ", "bạn ơi, ", "mình muốn "])
def test_a_text_made_to_be_hard_is_read_through(words):
    assert summary_asked_for(words * 200 + "cảng") is None  # in exponential time this would never end
    assert summary_asked_for(words * 200 + "tóm tắt cảng") == "cảng"
    assert wanted((words * 50)[:100]) != "cảng"
    assert not says(words * 200 + "thêm", ("thêm",))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("cho mình xem bài 2 đi bạn", "bài 2"),
        ("cho toi xem bai 2 duoc khong", "bai 2"),
        ("Bạn ơi, đọc BÀI 2 giúp em với!", "bài 2"),
        ("chị chi tiết đi", "chi tiết"),
        ("chi tiet nhe", "chi tiet"),
        ("  bài   2 ", "bài 2"),
        ("chợ 3", "chợ 3"),
        ("căn 2", "căn 2"),
        ("bản 2", "bản 2"),
        ("", ""),
        ("bài 2" + " đi" * 50, ""),
    ],
)
def test_what_is_wanted_is_known_without_the_words_around_it(text, known):
    assert wanted(text) == known


@pytest.mark.parametrize(
    "text",
    [
        "còn gì khác",
        "con gi khac",
        "Bạn ơi còn j khác k",
        "còn gì khácccc",
        "anh còn gì khác",
        "Anh ơi, còn gì khác",
        "Anh cho xem còn gì khác",
    ],
)
def test_a_phrase_is_said_with_what_opens_and_closes_a_request(text):
    assert says(text, ("thêm", "còn gì khác"))


@pytest.mark.parametrize(
    "text",
    [
        "họ còn gì khác",
        "Anh còn gì khác?",
        "bạn ơi Anh còn gì khác",
        "còn gì khắc",
        "còn gì khác ở Nga",
        "cón gì khác",
        "",
        "?",
    ],
)
def test_another_text_says_no_such_phrase(text):
    assert not says(text, ("thêm", "còn gì khác"))
