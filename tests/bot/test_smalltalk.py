import pytest

from bot import smalltalk
from bot.smalltalk import Talk, recognise, without_courtesies

SMALL_TALK = {
    Talk.GREETING: "alo alo có ai ko|có ai ở đây không ạ|test|"
    "chào|Chào bạn|xin chào|XIN CHÀO BẠN|chao ban|chao|hello|hi|hi ad|alo|alooo|a lô|2|hế lô|hê lo|"
    "hey bot|chào buổi sáng cả nhà|bạn ơi|ê bot|hello!!|chào mọi người ạ|B ơi|chào mừng b|bạn khoẻ không|bạn khỏe không?",
    Talk.THANKS: "cảm ơn|cám ơn bạn|cam on nhieu nha|thanks|tks ad|thank you so much|ok cảm ơn|xin cảm ơn ạ|tuyệt vời|"
    "cảm ơn bạn nhiều lắm|cảm on b nhìu ak|cảm ơn hihi|hay vãi|hay quá vl|đỉnh thật|👍|❤️|🙏🏻🙏🏻",
    Talk.GOODBYE: "pp|ngủ đây|ngu day|đi ngủ đây nha|"
    "tạm biệt|tam biet nha|bye|bye bye|bai|cảm ơn, tạm biệt|hẹn gặp lại|chúc ngủ ngon",
    Talk.ABOUT: "bạn là ai|Bạn là ai?|ban la ai vay|mày là ai|may la ai the|bot là ai|bạn tên gì|bạn làm được gì|"
    "ban lam duoc gi|bạn có thể làm được những gì|giúp được gì|bạn biết làm gì|"
    "help|help me|trợ giúp|giúp mình với|hướng dẫn|cách dùng|"
    "dùng như thế nào|who are you|chào bạn, bạn là ai vậy|cho mình hỏi bạn là ai|mình có thể hỏi gì|"
    "m la bot ha|bạn là người thật phải không|ai tao ra bạn|b do ai tạo ra vậy|"
    "mày do ai làm ra|ban do ai lam ra|b là ai|B là robot à|b tên j|b lm đc gì",
    Talk.REQUEST: "cho hoi ti dc ko|em hỏi chút được không ạ|mình muốn hỏi một chút|"
    "cho mình hỏi|cho hỏi chút|cho em hỏi với ạ|mình muốn hỏi|chào bạn, cho mình hỏi tí nhé",
    Talk.AGREEMENT: "ok|oke bạn|vâng|dạ vâng ạ|được rồi|dc r|haha|HAHAHA|hihi|hehehe|kkk|uk|uh|ờ|hmm|wow|ủa|thế à|vậy hả bạn|"
    "ra vậy|ok haha|thôi",
    Talk.COMPLAINT: "đm ngu vl|bot ngu qua|cc|vcl|dcm|clgt|sai r|trả lời sai rồi|không đúng|ko đúng|chưa đúng ý mình|ko hieu|"
    "mình không hiểu gì cả|tệ quá|chào bạn, trả lời sai rồi|ok sai rồi",
}

QUESTIONS = (
    "chào mừng là gì|lời chào là gì|ai là Kirill Dmitriev|Kirill Dmitriev là ai|đất hiếm|dat hiem|cháo|2 nước nào|số 2|"
    "bạn biết gì về đất hiếm|tôi là ai|BOT là gì|UK|ơn|cảm ơn Nga vì điều gì|hi vọng|alo vũ|ok google là gì|Anh|bạn|"
    "chào bán cổ phiếu|KKK|CC|sai số là gì|sai hay đúng|kỳ cục|test nhanh|ngu ngốc là gì|dot|chan|"
    "may do ai lam ra|mi do ai lam ra|cau do ai lam ra|B là gì|b la gi vậy|help desk là gì|hướng dẫn khai thác đất hiếm|nhiều"
)


@pytest.mark.parametrize(
    ("text", "talk"), [(text, talk) for talk, texts in SMALL_TALK.items() for text in texts.split("|")]
)
def test_small_talk_is_recognised(text, talk):
    assert recognise(text) is talk


@pytest.mark.parametrize("text", QUESTIONS.split("|"))
def test_a_question_is_no_small_talk(text):
    assert recognise(text) is None


@pytest.mark.parametrize("text", ["", "🇻🇳❤️", "...", "   "])
def test_what_has_no_words_is_no_small_talk(text):
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("chào bạn, cho mình hỏi đất hiếm là gì? cảm ơn nhé", "đất hiếm là gì?"),
        ("alo! dat hiem la gi, tks ad", "dat hiem la gi"),
        ("chao ban\nĐất hiếm là gì", "Đất hiếm là gì"),
        ("bạn ơi cho em hỏi trữ lượng của Nga là bao nhiêu", "trữ lượng của Nga là bao nhiêu"),
        ("cho hỏi về Putin", "Putin"),
        ("mình muốn hỏi đất hiếm là gì", "đất hiếm là gì"),
        ("em hỏi xíu mại giá bao nhiêu", "xíu mại giá bao nhiêu"),
        ("em hỏi xíu đất hiếm là gì", "đất hiếm là gì"),
        ("cho em hỏi được không mang dép vào thư viện", "được không mang dép vào thư viện"),
        ("cho em hoi dc ko mang dep", "dc ko mang dep"),
        ("cho em hỏi được không ạ, mang dép có sao không", "mang dép có sao không"),
        ("cho em hỏi được không", "cho em hỏi được không"),
        ("đất hiếm là gì? ở Nga, ở Mỹ? giúp mình với", "đất hiếm là gì? ở Nga, ở Mỹ?"),
    ],
)
def test_courtesies_around_a_question_are_left_out(text, question):
    assert without_courtesies(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "đất hiếm là gì",
        "chào mừng là gì",
        "2, 3 và 5 là gì",
        "3,8 triệu tấn",
        "em ơi Hà Nội phố",
        "hi vọng, chờ đợi",
        "nhà nước",
    ],
)
def test_a_plain_question_is_left_as_it_is(text):
    assert without_courtesies(text) == text


def test_no_phrase_is_longer_than_is_looked_for():
    assert max(map(len, smalltalk._lexicon())) == smalltalk._LONGEST
