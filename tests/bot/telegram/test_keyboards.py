from dataclasses import replace

import pytest

from bot.chats.feedback import Vote
from bot.replies import Action, Answered, Choice, Line, Quotation, Reply
from bot.telegram.keyboards import Said, Show, Shown, Voted, keyboard, prompt, read
from bot.texts import Language
from index.documents import Source

ANSWER = Answered(Quotation("Một câu.", (0, 8), (0, 0)), Source("a.txt", "A"), None, 1, 5)
BOTH = (Action.NEXT, Action.WIDER)


def buttons(reply, language=Language.VI):
    markup = keyboard(reply, language)
    return [[(button.text, button.callback_data) for button in row] for row in markup.inline_keyboard]


def of_place(place, *, wider=False, total=5):
    part = replace(ANSWER, place=place, total=total, wider=wider)
    return buttons(Reply((part,), BOTH if place < total else (Action.WIDER,)))


def test_the_first_answer_leads_on():
    assert of_place(1) == [
        [("1/5 · xem tiếp ▸", "answer:2")],
        [("xem ngữ cảnh", "wider:1"), ("👍", "up:1"), ("👎", "down:1")],
    ]


def test_an_answer_between_leads_both_ways():
    assert of_place(2)[0] == [("◂", "answer:1"), ("2/5 · xem tiếp ▸", "answer:3")]


def test_the_last_answer_leads_back():
    assert of_place(5)[0] == [("◂ quay lại · 5/5", "answer:4")]


def test_an_only_answer_has_no_place():
    assert of_place(1, total=1) == [[("xem ngữ cảnh", "wider:1"), ("👍", "up:1"), ("👎", "down:1")]]


def test_a_wider_answer_can_be_narrowed():
    assert of_place(2, wider=True)[1][0] == ("thu gọn", "answer:2")


def test_buttons_speak_the_language():
    assert buttons(Reply((ANSWER,), BOTH), Language.EN)[0] == [("1/5 · more ▸", "answer:2")]


def test_choices_say_what_a_person_would_type():
    reply = Reply((Line("?"),), choices=((Choice("Có", "/xoadulieu xacnhan"), Choice("Thôi", "/xoadulieu thoi")),))
    assert buttons(reply) == [[("Có", "/xoadulieu xacnhan"), ("Thôi", "/xoadulieu thoi")]]


def test_a_line_has_no_buttons():
    assert keyboard(Reply((Line("Chào bạn."),)), Language.VI) is None


def test_what_is_too_long_for_a_button_is_an_error_here_and_not_at_telegram():
    with pytest.raises(ValueError, match="more than a button can hold"):
        keyboard(Reply((), choices=((Choice("a", "/" + "ờ" * 22),),)), Language.VI)


@pytest.mark.parametrize(
    ("data", "pressed"),
    [
        ("answer:2", Shown(Show.ANSWER, 2)),
        ("wider:1", Shown(Show.WIDER, 1)),
        ("up:3", Voted(Vote.UP, 3)),
        ("down:3", Voted(Vote.DOWN, 3)),
        ("/tailieu trang 2", Said("/tailieu trang 2")),
    ],
)
def test_what_comes_back_is_read(data, pressed):
    assert read(data) == pressed


@pytest.mark.parametrize("data", ["", "answer:", "answer:0", "answer:99999", "next", "up:-1", "answer:2:3", "đất hiếm"])
def test_what_no_button_says_is_nothing(data):
    assert read(data) is None


def test_a_prompt_is_for_who_asked():
    markup = prompt(Language.VI)
    assert (markup.selective, markup.input_field_placeholder) == (True, "Câu hỏi của bạn")
