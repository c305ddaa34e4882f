import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import Face
from bot.console.plain import plain_text
from bot.conversation import Conversation, Message
from bot.earlier import asks
from bot.followups import in_full
from bot.replies import Refusal, Reply, Understood
from bot.texts import TEXTS, Language
from bot.turns import Asker, RecentTurns, Turn
from index.documents import Document
from index.vietnamese import fold

VI = TEXTS[Language.VI]
SUPPLY = "Trữ lượng đất hiếm của Nga là bao nhiêu?"
RANK = "Nga đứng thứ mấy thế giới về trữ lượng đất hiếm?"
RICE = "Việt Nam xuất khẩu bao nhiêu gạo năm 2023?"
MEETING = "Cuộc gặp giữa quan chức Mỹ và Nga diễn ra ở đâu?"
WHO = "Kirill Dmitriev là ai?"
POOL = "Hồ bơi mở cửa lúc mấy giờ?"


# --- Something else instead -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "còn Ukraine thì sao?",
        "Còn Ukraine?",
        "thế còn Ukraine",
        "thế còn Ukraine thì thế nào ạ?",
        "vậy Ukraine thì sao",
        "Ukraine thì sao?",
        "rồi còn Ukraine nữa",
        "con Ukraine thi sao",
        "the con Ukraine",
        "còn về Ukraine thì sao vậy bạn?",
    ],
)
def test_a_name_takes_the_place_of_a_name(text):
    assert in_full(text, SUPPLY) == "Trữ lượng đất hiếm của Ukraine là bao nhiêu?"


@pytest.mark.parametrize(
    ("text", "earlier", "full"),
    [
        ("còn Mỹ thì sao?", RANK, "Mỹ đứng thứ mấy thế giới về trữ lượng đất hiếm?"),
        ("còn Trump thì sao?", "Tổng thống Putin nói gì về Nga?", "Tổng thống Trump nói gì về Nga?"),
        ("còn Putin?", WHO, "Putin là ai?"),
        ("còn Thái Lan?", RICE, "Thái Lan xuất khẩu bao nhiêu gạo năm 2023?"),
        ("còn năm 2024?", RICE, "Việt Nam xuất khẩu bao nhiêu gạo năm 2024?"),
        ("còn 2024 thì sao?", RICE, "Việt Nam xuất khẩu bao nhiêu gạo năm 2024?"),
        ("còn dầu mỏ?", RANK, "Nga đứng thứ mấy thế giới về trữ lượng dầu mỏ?"),
        ("còn thủ tướng?", "Ai là tổng thống Nga?", "Ai là thủ tướng Nga?"),
        ("còn diện tích thì sao?", "Dân số Hà Nội là bao nhiêu?", "diện tích Hà Nội là bao nhiêu?"),
        ("còn trẻ em?", "Giá vé người lớn là bao nhiêu?", "Giá vé trẻ em là bao nhiêu?"),
        ("còn trẻ em?", "Giá vé người lớn bao nhiêu?", "Giá vé trẻ em bao nhiêu?"),
        ("còn cà phê?", RICE, "Việt Nam xuất khẩu bao nhiêu cà phê năm 2023?"),
        ("còn chủ nhật?", "Thư viện mở cửa lúc mấy giờ?", "Thư viện mở cửa lúc mấy giờ chủ nhật?"),
        ("còn thứ bảy?", "Chủ nhật thư viện mở cửa lúc mấy giờ?", "thứ bảy thư viện mở cửa lúc mấy giờ?"),
        ("còn thứ 7", POOL, "Hồ bơi mở cửa lúc mấy giờ thứ 7?"),
        ("còn cn", POOL, "Hồ bơi mở cửa lúc mấy giờ cn?"),
        ("còn ngày lễ thì sao", "Ngày thường hồ bơi mở cửa lúc mấy giờ?", "ngày lễ hồ bơi mở cửa lúc mấy giờ?"),
        ("còn thứ 7", "Chủ nhật thư viện mở cửa lúc mấy giờ?", "thứ 7 thư viện mở cửa lúc mấy giờ?"),
        ("còn lần tới", "Cuộc gặp diễn ra ở đâu?", "Cuộc gặp diễn ra ở đâu lần tới?"),
        ("còn ở Mỹ?", "Nhà máy ở Nga có bao nhiêu công nhân?", "Nhà máy ở Mỹ có bao nhiêu công nhân?"),
        ("còn ở Việt Nam thì sao?", SUPPLY, "Trữ lượng đất hiếm ở Việt Nam là bao nhiêu?"),
        ("còn vàng thì sao?", SUPPLY, "Trữ lượng vàng của Nga là bao nhiêu?"),
        ("còn cá ba sa thì sao?", "cá tra sống ở đâu?", "cá ba sa sống ở đâu?"),
        ("còn lithium?", "đất hiếm là gì?", "lithium là gì?"),
        ("còn lithium?", "đất hiếm", "lithium?"),
        ("còn Ukraine?", "trữ lượng đất hiếm là bao nhiêu?", "trữ lượng đất hiếm Ukraine là bao nhiêu?"),
    ],
)
def test_it_takes_the_place_of_what_is_of_its_kind(text, earlier, full):
    assert in_full(text, earlier) == full


@pytest.mark.parametrize(
    ("text", "earlier", "full"),
    [
        ("con ukraine thi sao", fold(SUPPLY).lower(), "tru luong dat hiem cua ukraine la bao nhieu?"),
        ("con my", "trữ lượng đất hiếm của nga là bao nhiêu", "trữ lượng đất hiếm của my là bao nhiêu?"),
        ("con putin", "kirill dmitriev la ai", "putin la ai?"),
        ("con putin thi s", "kirill dmitriev la ai", "putin la ai?"),
        ("con nam 2024", RICE, "Việt Nam xuất khẩu bao nhiêu gạo năm 2024?"),
        ("con nam 2020 thi sao", SUPPLY, "Trữ lượng đất hiếm của Nga là bao nhiêu năm 2020?"),
        ("con thu bay", "Thư viện mở cửa lúc mấy giờ?", "Thư viện mở cửa lúc mấy giờ thứ bảy?"),
        ("con t7", "hồ bơi mở cửa lúc mấy giờ", "hồ bơi mở cửa lúc mấy giờ t7?"),
        ("con thu 7", "ho boi mo cua luc may gio", "ho boi mo cua luc may gio thứ 7?"),
        ("con lan toi", "cuộc gặp diễn ra ở đâu", "cuộc gặp diễn ra ở đâu lần tới?"),
        ("ong ay noi j", WHO, "Kirill Dmitriev noi j"),
        ("vi sao", SUPPLY, "vì sao trữ lượng đất hiếm của Nga?"),
        ("CÒN UKRAINE THÌ SAO", SUPPLY.upper(), "TRỮ LƯỢNG ĐẤT HIẾM CỦA UKRAINE LÀ BAO NHIÊU?"),
    ],
)
def test_it_may_be_typed_in_haste(text, earlier, full):
    assert in_full(text, earlier) == full


@pytest.mark.parametrize(
    ("earlier", "full"),
    [
        ("Nga có bao nhiêu đất hiếm vậy bạn?", "Ukraine có bao nhiêu đất hiếm?"),
        ("dat hiem cua nga la gi v ban", "dat hiem cua Ukraine la gi?"),
        ("đất hiếm của Nga là gì thế ạ", "đất hiếm của Ukraine là gì?"),
        ("đất hiếm của Nga là gì như vậy", "đất hiếm của Ukraine là gì?"),
        ("đất hiếm của Nga là gì bạn ơi", "đất hiếm của Ukraine là gì?"),
        ("đất hiếm của Nga là gì vậy bạn ơi?", "đất hiếm của Ukraine là gì?"),
        ("Nga có những lợi thế", "Ukraine có những lợi thế?"),
    ],
)
def test_what_only_closed_the_question_before_is_left_out(earlier, full):
    assert in_full("còn Ukraine?", earlier) == full


def test_of_one_that_is_no_more_than_words_that_close_the_first_is_kept():
    assert in_full("vì sao?", "bạn ơi") == "vì sao bạn ơi?"


# --- Another thing asked ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earlier", "full"),
    [
        ("khi nào?", MEETING, "Cuộc gặp giữa quan chức Mỹ và Nga diễn ra khi nào?"),
        ("thế khi nào vậy?", MEETING, "Cuộc gặp giữa quan chức Mỹ và Nga diễn ra khi nào?"),
        ("khi nao", "cuoc gap dien ra o dau", "cuoc gap dien ra khi nao?"),
        ("ở đâu?", "Cuộc gặp diễn ra khi nào?", "Cuộc gặp diễn ra ở đâu?"),
        ("ở đâu?", "đất hiếm", "đất hiếm ở đâu?"),
        ("vì sao vậy", "Nga đàm phán với Mỹ khi nào?", "vì sao Nga đàm phán với Mỹ?"),
        ("tại sao?", "Đất hiếm cần cho những gì?", "tại sao đất hiếm cần cho?"),
        ("sao vậy?", "Giá đất hiếm tăng bao nhiêu?", "sao giá đất hiếm tăng?"),
        ("khi nào?", "Vì sao Nga đàm phán với Mỹ?", "Nga đàm phán với Mỹ khi nào?"),
        ("bao nhiêu?", "Nga có đất hiếm ở đâu?", "Nga có đất hiếm bao nhiêu?"),
    ],
)
def test_a_question_word_alone_asks_it_of_the_question_before(text, earlier, full):
    assert in_full(text, earlier) == full


# --- Pointing back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earlier", "full"),
    [
        ("ai nói vậy?", SUPPLY, "trữ lượng đất hiếm của Nga là theo ai?"),
        ("ai bảo thế", SUPPLY, "trữ lượng đất hiếm của Nga là theo ai?"),
        ("ai noi vay", fold(SUPPLY), "Tru luong dat hiem cua Nga là theo ai?"),
        ("ai nói điều đó?", SUPPLY, "trữ lượng đất hiếm của Nga là theo ai?"),
        ("thế ai nói vậy", SUPPLY, "trữ lượng đất hiếm của Nga là theo ai?"),
        ("ai làm vậy?", "Mỹ và Nga đàm phán", "ai làm Mỹ và Nga đàm phán?"),
        ("ông ấy bao nhiêu tuổi?", WHO, "Kirill Dmitriev bao nhiêu tuổi?"),
        ("ông ấy bao nhiêu tuổi?", "Ai là tổng thống Nga?", "tổng thống Nga bao nhiêu tuổi?"),
        ("ông ấy bao nhiêu tuổi?", "ai la tong thong nga", "tong thong nga bao nhiêu tuổi?"),
        ("tại sao nói vậy", "Putin nói gì?", "tại sao Putin nói?"),
        ("sao lại nói thế?", "Putin nói gì về Mỹ?", "sao lại Putin nói về Mỹ?"),
        ("vi sao noi vay", SUPPLY, "vì sao trữ lượng đất hiếm của Nga?"),
        ("họ là ai?", "Quan chức Nga gặp ai?", "Nga là ai?"),
        ("nó dùng để làm gì?", "đất hiếm là gì?", "đất hiếm dùng để làm gì?"),
        ("nó dùng để làm gì?", "Đất hiếm gồm bao nhiêu nguyên tố?", "đất hiếm dùng để làm gì?"),
        ("no o dau", "Thư viện mở cửa lúc mấy giờ?", "thư viện o dau"),
        ("no co bao nhieu nguyen to", SUPPLY, "trữ lượng đất hiếm của Nga co bao nhieu nguyen to"),
        ("ong ay noi gi", WHO, "Kirill Dmitriev noi gi"),
        ("ong ay la ai", "Tổng thống Putin nói gì về đất hiếm?", "Putin la ai"),
        ("ho la ai", "Quan chức Nga gặp ai?", "Nga la ai"),
        ("việc này diễn ra khi nào?", "Mỹ và Nga đàm phán", "Mỹ và Nga đàm phán diễn ra khi nào?"),
    ],
)
def test_what_points_back_is_written_out(text, earlier, full):
    assert in_full(text, earlier) == full


# --- Standing alone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        WHO,
        "đất hiếm",
        "Ukraine có bao nhiêu đất hiếm?",
        "ở đâu có đất hiếm?",
        "còn bao nhiêu ngày nữa đến Tết?",
        "còn trữ lượng của Ukraine là bao nhiêu?",
        "thế giới có bao nhiêu đất hiếm?",
        "con người là gì?",
        "Nguyễn Du là ai vậy?",
        "giá vàng bao nhiêu vậy?",
        "họ hàng là gì?",
        "ho la gi",
        "ho co lay khong",
        "chung cu la gi",
        "no hoi la gi",
        "gandhi da noi gi ve nguoi do thai",
        "con song nao nam trong long paris",
        "còn",
        "thì sao?",
        "vậy à",
        "",
        "???",
    ],
)
def test_what_stands_by_itself_is_left_as_it_is(text):
    assert in_full(text, SUPPLY) is None


WORDS = "ai là nói vậy thế còn thì sao Nga Ukraine của ở đâu khi nào vì ông ấy điều đó họ đất hiếm năm 2023 con ? , A".split()
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(SENTENCES, SENTENCES)
def test_whatever_is_said_after_whatever_is_read_without_trouble(text, earlier):
    assert in_full(text, earlier) is None or in_full(text, earlier).strip(" ?")


# --- In a conversation ------------------------------------------------------------------------------------------------


async def test_a_follow_up_is_answered_and_told_how_it_was_read(say):
    await say("Trữ lượng đất hiếm của Mỹ là bao nhiêu?")
    reply = await say("còn Nga thì sao?")
    assert reply.parts[0] == Understood(SUPPLY)
    assert plain_text(reply, Language.VI).startswith(VI.understood(SUPPLY))
    assert "3,8 triệu tấn" in plain_text(reply, Language.VI)


@pytest.mark.parametrize(
    ("question", "follow_up", "understood", "fact"),
    [
        (
            "tru luong dat hiem cua my la bao nhieu",
            "con nga thi sao",
            "trữ lượng đất hiếm của Nga là bao nhiêu?",
            "3,8",
        ),
        ("Trữ lượng đất hiếm của Mỹ là bao nhiêu?", "the con nga", SUPPLY, "3,8 triệu tấn"),
        (SUPPLY, "the con trung quoc", "Trữ lượng đất hiếm của Trung Quốc là bao nhiêu?", "đất hiếm"),
        ("my dung thu may the gioi ve tru luong dat hiem", "con nga", RANK, "thứ 5"),
        ("nga dung thu may ve tru luong dat hiem", "no gom bao nhieu nguyen to", None, "17 nguyên tố"),
        ("cuoc gap giua quan chuc my va nga dien ra o dau", "khi nao", None, "tháng 2/2025"),
        ("kirill dmitriev la ai", "ong ay noi gi", "Kirill Dmitriev nói gì", "Dmitriev"),
    ],
)
async def test_a_follow_up_typed_in_haste_is_written_as_the_documents_do(say, question, follow_up, understood, fact):
    await say(question)
    first, *rest = (await say(follow_up)).parts
    assert isinstance(first, Understood)
    assert understood in {None, first.question}
    assert fact in plain_text(Reply(tuple(rest)), Language.VI)


async def test_a_follow_up_in_haste_asks_about_a_thing_instead(empty_collection, talk):
    await empty_collection.add(
        [Document("gia.txt", "Giá vé", "Giá vé người lớn là 60.000 đồng. Giá vé trẻ em là 30.000 đồng.")]
    )
    say = talk(empty_collection)
    await say("gia ve nguoi lon la bao nhieu")
    reply = await say("con tre em thi sao")
    assert reply.parts[0] == Understood("giá vé trẻ em là bao nhiêu?")
    assert "30.000" in plain_text(reply, Language.VI)


async def test_who_said_so_is_answered(say):
    await say(SUPPLY)
    assert "theo ước tính của Cục Khảo sát Địa chất Mỹ" in plain_text(await say("ai nói vậy?"), Language.VI)


@pytest.mark.parametrize("question", ["Mỹ có bao nhiêu tấn đất hiếm?", "my co bao nhieu tan dat hiem"])
async def test_what_was_asked_outlives_who_said_so(say, question):
    await say(question)
    for remark in ("ai nói vậy?", "ai bảo thế?"):
        asked = (await say(remark)).turn
        assert asked.stem == question
    (understood, *_) = (await say("/hoi còn Nga thì sao?", face=Face.TELEGRAM)).parts
    assert fold(understood.question).lower() == "nga co bao nhieu tan dat hiem?"


async def test_a_follow_up_on_a_follow_up(say):
    await say("Trữ lượng đất hiếm của Mỹ là bao nhiêu?")
    await say("còn Ukraine?")
    assert (await say("còn Nga?")).parts[0] == Understood(SUPPLY)


async def test_a_follow_up_is_read_with_the_question_before_a_remark(say):
    await say(SUPPLY)
    await say("nói kỳ cục")
    assert (await say("tại sao")).parts[0] == Understood("tại sao trữ lượng đất hiếm của Nga?")


@pytest.mark.parametrize(
    "question",
    [
        "có bán hàng vào chủ nhật không",
        "co ban hang vao chu nhat khong v",
        "có bán hàng vào chủ nhật ko ạ",
        "cửa hàng bán hàng tết chưa",
        "cửa hàng bán hàng chủ nhật?",
    ],
)
async def test_what_is_asked_for_a_yes_or_no_is_no_remark(say, question):
    await say(SUPPLY)
    refused = await say(question)
    assert isinstance(refused.parts[0], Refusal)
    assert refused.turn is not None
    assert refused.turn.question != SUPPLY
    follow_up = await say("còn thứ bảy thì sao?")
    assert "đất hiếm" not in plain_text(Reply(follow_up.parts[:1]), Language.VI)


@pytest.mark.parametrize("remark", ["không", "chưa", "món canh chua cá lóc", "phở bò"])
def test_a_remark_asks_nothing(remark):
    assert not asks(remark)


async def test_of_two_questions_in_vain_it_is_not_told_how_the_second_was_read(say):
    await say("Giá vàng hôm nay bao nhiêu?")
    refused = await say("còn bạc thì sao?")
    assert isinstance(refused.parts[0], Refusal)
    await say(SUPPLY)
    assert isinstance((await say("còn kim cương thì sao?")).parts[0], Understood)


async def test_going_on_after_a_follow_up_goes_on_with_what_was_read(say):
    await say("Mỹ đứng thứ mấy thế giới về trữ lượng đất hiếm?")
    reply = await say("còn Nga?")
    assert reply.turn == Turn(RANK, place=1)
    assert (await say("/tiep")).turn == Turn(RANK, place=2)


async def test_without_a_question_before_it_nothing_is_read_into_it(say):
    reply = await say("còn Nga thì sao?")
    assert not any(isinstance(part, Understood) for part in reply.parts)


async def test_a_follow_up_does_not_reach_back_over_the_life_of_a_turn(collection):
    now = 0.0
    conversation = Conversation(collection, RecentTurns(lifetime=60, clock=lambda: now))

    async def say(text):
        return await conversation.reply(Message(text, Asker("chat", "an"), Language.VI, Face.CONSOLE))

    await say(SUPPLY)
    now = 61.0
    assert not any(isinstance(part, Understood) for part in (await say("còn Mỹ?")).parts)


async def test_a_reply_that_is_answered_wins_over_the_last_turn(collection):
    conversation = Conversation(collection, RecentTurns())
    message = Message(WHO, Asker("chat", "an"), Language.VI, Face.CONSOLE)
    await conversation.reply(message)
    earlier = Turn("Trữ lượng đất hiếm của Mỹ là bao nhiêu?", place=1)
    reply = await conversation.reply(Message("còn Nga?", message.asker, Language.VI, Face.CONSOLE, earlier=earlier))
    assert reply.parts[0] == Understood(SUPPLY)


@pytest.mark.parametrize("text", ["còn gì nữa không", "con gi nua"])
async def test_asking_for_more_is_no_follow_up(say, text):
    await say("đất hiếm")
    assert (await say(text)).turn == Turn("đất hiếm", place=2)
