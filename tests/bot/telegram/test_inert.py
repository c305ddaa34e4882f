import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.telegram.inert import WORD_JOINER, breaks
from bot.telegram.splitting import Run, pieces, utf16_length
from tests.telegram_server.entities import find_entities

STRETCHES = st.sampled_from(
    [
        *"/ @ # $ . : :// - _ ~ · ( ) < > ? – … « 😀 ² ① \u0301 \u200c \u2060 \u3000".split(" "),
        *"com VN vn zzz tg ton http https:// xn--p1ai рф भारत a Ă ạ 1 25 255 256 0 00 1INCH TON".split(" "),
        *"/xoa @bob #tag $TON a@b.zzz e.vn 1.2.3.4".split(" "),
        *"'\" \n",
    ]
)
TEXTS = st.one_of(st.lists(STRETCHES, max_size=30).map("".join), st.text())


def inert(text: str) -> str:
    (piece,) = pieces([Run(text)])
    return piece.plain


@pytest.mark.parametrize(
    "text",
    [
        "3.800 và 3.800.000.000 đồng, từ 1/2025 đến 12/5/2025, 24/7",
        "80 km/h, 5 triệu/tháng, 5 triệu /tháng, và/hoặc",
        "PGS.TS. Nguyễn Văn A, TP.HCM, ThS.Nguyễn, v.v., Q.1",
        "Điều 1.2.3, mục 8.5, phiên bản 2.0, khí CO2.",
        "C# và F#, câu #1, 5$, US$5, $5, 5 @ 6, a@b",
        "/etc/hosts, <b>đậm</b>, tệp báo_cáo.docx",
        "Câu một.Câu hai... Câu ba",
    ],
)
def test_what_telegram_finds_nothing_in_stays_as_it_is(text):
    assert find_entities(text) == []
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("/xoa 1", "/|xoa 1"),
        ("(/xoadulieu@a_bot)", "(/|xoadulieu@a_bot)"),
        ("Chào @someone.", "Chào @|someone."),
        ("#tag và #đấthiếm", "#|tag và #|đấthiếm"),
        ("$TON", "$|TON"),
        ("evil.com và EVIL.COM.VN", "evil.|com và EVIL.|COM.|VN"),
        ("https://example.org/a.html#b", "https://|example.|org/a.html#b"),
        ("http://may-chu.noibo", "http://|may-chu.noibo"),
        ("tg://resolve?domain=x", "tg://|resolve?domain=x"),
        ("mail@x.vn", "mail@|x.|vn"),
        ("192.168.1.1", "192.168.1.|1"),
        ("сайт.рф भारत.भारत", "сайт.|рф भारत.|भारत"),
    ],
)
def test_what_telegram_would_find_is_broken_where_it_goes_on(text, broken):
    assert find_entities(text)
    assert inert(text) == broken.replace("|", WORD_JOINER)


@settings(deadline=None, max_examples=1000)
@given(TEXTS)
@example("http:///xoa")
@example("1.2.3.4.com")
@example("²#tag ①@bob e\u0301@bob")
@example("².xn--p1ai")
def test_telegram_finds_nothing_in_any_text(text):
    places = list(breaks(text))
    assert places == sorted(set(places))
    for piece in pieces([Run(text)]):
        assert find_entities(piece.plain) == []


@settings(deadline=None, max_examples=500)
@given(st.lists(st.tuples(TEXTS, st.sampled_from([(), ("b",), ("i", "b")]))), st.integers(2, 40))
def test_wherever_a_text_is_styled_and_cut_telegram_finds_nothing_in_it(stretches, limit):
    for piece in pieces([Run(text, tags) for text, tags in stretches], limit=limit):
        assert find_entities(piece.plain) == []
        assert 0 < utf16_length(piece.plain) <= limit


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_nothing_but_the_invisible_character_is_added(text):
    shown = "".join(piece.plain for piece in pieces([Run(text)]))
    assert "".join(shown.replace(WORD_JOINER, "").split()) == "".join(
        text.translate(dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C]))
        .replace(WORD_JOINER, "")
        .split()
    )


def test_what_the_bot_says_itself_and_what_is_verbatim_stays():
    runs = [Run("Gõ /tailieu. ", own=True), Run("/xoa "), Run("a.com", ("code",))]
    (piece,) = pieces(runs)
    assert piece.plain == f"Gõ /tailieu. /{WORD_JOINER}xoa a.com"


def test_there_is_room_for_what_is_added():
    first, *_ = pieces([Run("Xem a.vn. " * 500)])
    assert first.plain.endswith(f"a.{WORD_JOINER}vn.")
    assert 4000 < utf16_length(first.plain) <= 4096
