import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vietnamese import clean, fold, has_diacritics, sentence_spans, syllable_spans, syllables, word_start, words

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                *(
                    "TP.",
                    "PGS.TS.",
                    "U.S.",
                    "3,8",
                    "v.v.",
                    "Chợ",
                    "nổi",
                    "A.",
                    "1.",
                    "a)",
                    "Nguyễn",
                    "anh",
                    "vitamin C",
                ),
                *("...", ". ", ".\n", "?! ", "  ", "\t", "\u00a0", "😀", "https://example.org/b.c?d=1"),
                *' .!?…\n"”“’)»(-–;:,',
            ]
        ),
        max_size=40,
    ).map("".join),
)


def sentences(text: str) -> list[str]:
    return [text[slice(*span)] for span in sentence_spans(text)]


# --- Unicode forms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (unicodedata.normalize("NFD", "chợ nổi"), "chợ nổi"),
        ("một\r\nhai\rba\u2028bốn\x0cnăm\x85sáu", "một\nhai\nba\nbốn\nnăm\nsáu"),
        ("chợ\u00a0nổi\tCái\u3000Răng", "chợ nổi Cái Răng"),
        ("\ufeffchợ\u200b nổ\u00adi\u200e", "chợ nổi"),
        ("chợ\x00nổi\x1b\x7f", "chợ nổi  "),
        ("chợ\ud800nổi", "chợ nổi"),
        ("", ""),
    ],
)
def test_clean_text_is_composed_and_plain(raw, cleaned):
    assert clean(raw) == cleaned


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_folding_leaves_no_diacritics():
    assert fold("Đất hiếm ở đâu? ƯỚC gì được thưởng!") == "Dat hiem o dau? UOC gi duoc thuong!"
    assert fold(LETTERS).isascii()
    assert fold(LETTERS.upper()).isascii()


@settings(deadline=None)
@given(st.text())
def test_folding_keeps_every_place(text):
    text = clean(text)
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "has"), [("dat hiem", False), ("đat hiem", True), ("đất", True), ("Đ", True), ("", False), ("naïve", True)]
)
def test_diacritics_are_seen(text, has):
    assert has_diacritics(text) is has


# --- Syllables and words ----------------------------------------------------------------------------------------------


def test_syllables_are_lower_case_and_come_with_numbers():
    assert syllables("Nga có 3,8 triệu tấn (thứ 5).") == "nga có 3 8 triệu tấn thứ 5".split()
    assert syllables("a_b COVID-19 🎉") == ["a", "b", "covid", "19"]
    assert syllables(" …?! ") == []


@pytest.mark.parametrize(
    ("one", "other"), [("thuỷ", "thủy"), ("hoà", "hòa"), ("THUỲ", "thùy"), ("khoẻ", "khỏe"), ("hoá đơn", "hóa đơn")]
)
def test_a_tone_mark_may_stand_in_either_place(one, other):
    assert syllables(one) == syllables(other)


def test_each_syllable_comes_with_its_place():
    text = "Hoà, THUỶ – 3,8%"
    assert [(syllable, text[slice(*span)]) for syllable, span in syllable_spans(text)] == [
        (syllables("hòa")[0], "Hoà"),
        (syllables("thủy")[0], "THUỶ"),
        ("3", "3"),
        ("8", "8"),
    ]


@settings(deadline=None)
@given(st.text().map(clean))
def test_syllables_and_their_places_agree(text):
    spans = list(syllable_spans(text))
    assert all(one[1][1] <= other[1][0] for one, other in pairwise(spans))
    assert all(text[start:end].isalnum() for _, (start, end) in spans)


def test_words_are_joined_and_punctuation_is_left_out():
    assert words("Nga khai thác đất hiếm, rồi sao?") == ["nga", "khai_thác", "đất_hiếm", "rồi", "sao"]
    assert words("…!") == []
    assert words("") == []


@pytest.mark.parametrize(
    ("text", "place", "start"),
    [
        ("nội dung chính sách mới", "sách", "chính"),
        ("nội dung chính sách mới", "ính", "chính"),
        ("10km, chính sách mới", "sách", "chính"),
        ("nội dung chính sách mới", "chính", "chính"),
        ("noi dung chinh sach moi", "sach", "sach"),
    ],
)
def test_a_place_within_a_word_leads_to_its_start(text, place, start):
    assert word_start(text, text.index(place)) == text.index(start)


def test_the_end_of_a_text_is_within_no_word():
    assert word_start("chính sách", 10) == 10


# --- Sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ông đến TP.HCM hôm qua.",
        "Chợ ở TP. Hồ Chí Minh đông hơn.",
        "Nga có 3,8 triệu tấn và 1.000 mỏ.",
        "Giá là 1.250.000 đồng một kg.",
        "Cuộc gặp diễn ra hồi tháng 2/2025 ở đó.",
        "Ngày 12.2.2025 chợ mở lại.",
        "Tàu U.S. Navy ghé cảng.",
        "Chính phủ U.S. Government nói vậy.",
        "PGS.TS. Trần Thị An nói rõ.",
        "PGS.TS Trần Thị An nói rõ.",
        "PGS. TS. Trần Thị An nói rõ.",
        "GS. An và ThS. Bình cùng viết.",
        "Gặp TS.BS. Bình ở đó.",
        "Ông George W. Bush đến thăm.",
        "Tác phẩm của V. I. Lenin được dịch.",
        "Nhà văn J.R.R. Tolkien viết truyện.",
        "Chị H. (35 tuổi) kể lại.",
        "Chị Trần Thị Ng. (35 tuổi) kể lại.",
        "Nhà ở Q. Tân Bình, P. Bến Thành.",
        "Mua cam, quýt, v.v. rồi về.",
        "Mr. Smith và Dr. Brown cùng đi.",
        "1. Xem xét việc mở chợ.",
        "Điều 5. Phạm vi họp chợ.",
        "Tiểu mục 3. Phạm vi họp chợ.",
        "a. Xem xét việc mở chợ.",
        "2.1. Xem xét việc mở chợ.",
        "IV. Xem xét việc mở chợ.",
        "Xem https://example.org/a.b?c=1 nhé.",
        "Gửi thư về an.tran@example.org nhé.",
        "Dùng phiên bản 2.0 của Python.",
        "Ông nói “chợ vui lắm!” rồi về.",
        "Ai ngờ... chợ lại vui.",
        "Chợ (họp từ 4 giờ!) rất vui.",
        "Vào Vietnam.Net mà xem.",
        "Đó là tệp báo cáo.docx của anh.",
    ],
)
def test_a_full_stop_within_a_sentence_does_not_end_it(text):
    assert sentences(text) == [text]
    assert sentences(f"{text} Hết chuyện.") == [text, "Hết chuyện."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chợ vui.", "Ai cũng vội."),
        ("Chợ có vui không?", "Có chứ."),
        ("Vui quá!", "Về thôi."),
        ("Vui quá!!!", "Về thôi."),
        ("Thật sao?!", "Thật."),
        ("Ai ngờ...", "Chợ lại vui."),
        ("Ai ngờ…", "Chợ lại vui."),
        ("Cam có nhiều vitamin C.", "Trẻ em nên ăn."),
        ("Nước này ở châu Á.", "Nước kia ở châu Âu."),
        ("Họ về TP.HCM.", "Chợ tan."),
        ("Họ làm ở Công an TP.", "Theo họ, chợ đã tan."),
        ("Bà gặp lại chị Th.", "Theo bà, chợ đã tan."),
        ("Họ nói tiếng Ba Tư.", "Iran là nước láng giềng."),
        ("Trận ấy diễn ra vào năm 9 CN.", "Được biết, hai bên cùng thua."),
        ("Có 3,8 triệu tấn.", "Đó là con số lớn."),
        ("Đó là năm 2025.", "Chợ mở lại."),
        ("Chợ họp hồi tháng 2/2025.", "Ai cũng vui."),
        ("Lãi 5%.", "Lỗ 3%."),
        ("Ông nói: “Chợ vui.”", "Rồi ông về."),
        ("Ông nói: “Chợ vui”.", "Rồi ông về."),
        ('Ông nói: "Chợ vui."', "Rồi ông về."),
        ("(Chợ vui.)", "Rồi ông về."),
        ("Chợ vui.", "“Tôi thích lắm”, bà nói."),
        ("Chợ vui.", "- Cam sành"),
        ("Chợ vui.", "(Ảnh: An)"),
        ("Chợ vui.", "12 ghe đã về."),
        ("Mua cam, quýt, v.v.", "Rồi về."),
        ("Ông mua iPhone.", "iPhone rẻ lắm."),
        ("Chợ vui lắm [1].", "Ai cũng thích."),
        ("Họ ở Q.1.", "Nhà họ nhỏ."),
    ],
)
@pytest.mark.parametrize("gap", [" ", "  ", "\n", "\n\n"])
def test_a_sentence_ends_at_its_mark(one, other, gap):
    assert sentences(f"{one}{gap}{other}") == [one, other]


def test_a_sentence_ends_where_the_space_was_forgotten():
    assert sentences("Mọi chuyện đã rõ.Tuy nhiên, chợ vẫn họp.") == ["Mọi chuyện đã rõ.", "Tuy nhiên, chợ vẫn họp."]


def test_a_line_end_always_ends_a_sentence():
    assert sentences("Chợ nổi\nbuổi sáng\n\n  TP.\nHCM  ") == ["Chợ nổi", "buổi sáng", "TP.", "HCM"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "  \n "])
def test_white_space_holds_no_sentence(text):
    assert sentences(text) == []


@settings(deadline=None)
@given(TEXTS)
def test_sentences_hold_all_that_is_no_space_in_order(text):
    spans = list(sentence_spans(text))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() for sentence in sentences(text))


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_what_stands_on_another_line_changes_no_sentence(one, other):
    assert sentences(f"{one}\n{other}") == [*sentences(one), *sentences(other)]
