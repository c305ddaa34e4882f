import dataclasses
import datetime as dt
import itertools
import unicodedata
from types import SimpleNamespace

import pytest

from bot import commands
from bot.commands import Chat, Face
from bot.console.plain import plain_text
from bot.conversation import QUESTION_LIMIT, Conversation, Message
from bot.replies import (
    Action,
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Line,
    Refusal,
    Reply,
    SaidOtherwise,
    Suggestions,
    Understood,
)
from bot.texts import TEXTS, Language
from bot.turns import Asker, RecentTurns, Turn
from index.documents import Document, Heading, Length
from index.vietnamese import fold

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
AN = Asker("chat", "an")


def answered(reply: Reply) -> Answered:
    *doubts, part = reply.parts
    assert [type(doubt) for doubt in doubts] in ([], [Line])
    assert isinstance(part, Answered)
    return part


def said(reply: Reply) -> str:
    return plain_text(reply, Language.VI)


def a_document(number: int) -> Document:
    return Document(
        key=f"{number:02}.txt",
        title=f"Tài liệu {number:02}",
        text=f"Mở đầu\nCâu thứ nhất của tài liệu {number}. Câu thứ hai nói về cá tra. " + "Câu này dài thêm. " * 40,
        headings=(Heading(0, 6, 1),),
    )


# --- Questions --------------------------------------------------------------------------------------------------------

QUESTIONS = {
    "Trữ lượng đất hiếm của Nga là bao nhiêu?": "3,8 triệu tấn",
    "Nga đứng thứ mấy thế giới về trữ lượng đất hiếm?": "thứ 5",
    "Kirill Dmitriev là ai?": "Kirill Dmitriev",
    "Cuộc gặp giữa quan chức Mỹ và Nga diễn ra ở đâu?": "Saudi Arabia",
    "Đất hiếm rất cần thiết trong sản xuất những gì?": "nam châm",
    "Đất hiếm gồm bao nhiêu nguyên tố?": "17",
}


@pytest.mark.parametrize("typed", [str, fold, str.upper], ids=["with diacritics", "without", "in capitals"])
@pytest.mark.parametrize(("question", "fact"), QUESTIONS.items())
async def test_a_question_is_answered_by_quoting_a_document(say, question, fact, typed):
    part = answered(await say(typed(question)))
    assert fact in part.quotation.answer
    assert part.quotation.answer in part.quotation.text
    assert part.place == 1


async def test_the_words_that_answer_are_marked(say):
    quotation = answered(await say("tru luong dat hiem cua nga la bao nhieu")).quotation
    assert "3,8 triệu tấn" in quotation.answer[slice(*quotation.answer_words)]
    assert quotation.text[slice(*quotation.words)] == quotation.answer[slice(*quotation.answer_words)]


async def test_an_answer_cites_its_document(say):
    source = answered(await say("trữ lượng đất hiếm của Nga là bao nhiêu")).source
    assert source.url == "https://www.mining.com/russia-us-in-talks-over-joint-rare-earths-projects/"


@pytest.mark.parametrize("subject", ["đất hiếm", "dat hiem", "Putin"])
async def test_a_bare_subject_gets_its_passages(say, subject):
    assert answered(await say(subject)).total > 1


@pytest.mark.parametrize(
    "question", ["chào bạn, cho mình hỏi Kirill Dmitriev là ai? cảm ơn nhé", "alo ad ơi cho hoi kirill dmitriev la ai"]
)
async def test_courtesies_do_not_disturb_the_answer(say, question):
    assert "Dmitriev" in answered(await say(question)).quotation.answer


@pytest.mark.parametrize("question", ["Giá vàng hôm nay bao nhiêu?", "gia vang hom nay", "thủ tướng là ai?"])
async def test_what_the_documents_do_not_say_is_refused(say, question):
    reply = await say(question)
    assert reply.parts[0] == Refusal(VI.refusal)
    assert not reply.actions


async def test_a_name_that_no_document_mentions_is_told(say):
    reply = await say("thu tuong viet nam la ai")
    assert reply.parts[0] == Refusal(
        "Tài liệu không nhắc tới “Việt Nam”, nên mình không có câu trả lời.", ("Việt Nam",)
    )


async def test_without_documents_a_question_is_refused_with_the_reason(say_nothing_held):
    assert await say_nothing_held("đất hiếm là gì") == Reply((Refusal(VI.no_documents),), turn=Turn("đất hiếm là gì"))


async def test_the_language_of_the_message_is_the_language_of_the_reply(say):
    assert (await say("giá vàng hôm nay", language=Language.EN)).parts[0] == Refusal(EN.refusal)


# --- Documents that disagree ------------------------------------------------------------------------------------------


REPORTS = (
    Document("cũ.txt", "Cảng Hòn Gai", "Mỗi năm cảng Hòn Gai đón khoảng 120 tàu.", date=dt.date(2020, 3, 1)),
    Document("mới.txt", "Cảng Hòn Gai mở rộng", "Mỗi năm cảng Hòn Gai đón 300 tàu.", date=dt.date(2025, 3, 1)),
)
SHIPS = "cảng Hòn Gai đón bao nhiêu tàu mỗi năm"


async def test_where_documents_disagree_both_are_shown_with_their_dates(empty_collection, talk):
    await empty_collection.add(REPORTS)
    first, other = (await talk(empty_collection)(SHIPS)).parts

    assert isinstance(first, Answered)
    assert isinstance(other, SaidOtherwise)
    assert {part.source.date for part in (first, other)} == {report.date for report in REPORTS}
    assert {part.quotation.answer for part in (first, other)} == {report.text for report in REPORTS}
    assert other.lead == VI.otherwise(other.source.date > first.source.date)


async def test_without_dates_the_other_document_is_neither_newer_nor_older(empty_collection, talk):
    await empty_collection.add([dataclasses.replace(report, date=None) for report in REPORTS])
    assert (await talk(empty_collection)(SHIPS)).parts[-1].lead == "Tài liệu khác nói khác:"


async def test_what_is_said_otherwise_stands_beside_the_first_answer_alone(empty_collection, talk):
    await empty_collection.add(REPORTS)
    say = talk(empty_collection)
    await say(SHIPS)

    assert not any(isinstance(part, SaidOtherwise) for part in (await say("/tiep")).parts)


async def test_documents_that_agree_are_shown_as_ever(empty_collection, talk):
    newest = dataclasses.replace(REPORTS[1], text="Mỗi năm cảng Hòn Gai đón 118 tàu.")
    await empty_collection.add([REPORTS[0], newest])
    assert not any(isinstance(part, SaidOtherwise) for part in (await talk(empty_collection)(SHIPS)).parts)


# --- Going on ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["/tiep", "/tiếp", "/next", "tiếp theo", "xem tiep", "câu khác đi bạn"])
async def test_next_shows_the_other_answers_one_by_one(say, command):
    first = answered(await say("đất hiếm"))
    shown = [first.quotation.answer]
    for place in range(2, first.total + 1):
        part = answered(await say(command))
        assert (part.place, part.total) == (place, first.total)
        shown.append(part.quotation.answer)
    assert len(set(shown)) == first.total
    assert said(await say(command)) == VI.no_more_answers(first.total)
    assert said(await say(command)) == VI.no_more_answers(first.total)


async def test_the_last_answer_offers_no_next(say):
    reply = await say("đất hiếm")
    while Action.NEXT in reply.actions:
        reply = await say("/tiep")
    assert reply.actions == (Action.WIDER,)
    assert answered(reply).place == answered(reply).total


@pytest.mark.parametrize(
    "command",
    ["/ngucanh", "/ngữ cảnh", "/context", "xem ngữ cảnh", "xem them ngu canh", "xem rộng hơn", "noi ro hon di"],
)
async def test_wider_shows_the_answer_with_more_around_it(say, command):
    first = answered(await say("Kirill Dmitriev là ai"))
    wider = answered(await say(command))
    assert wider.wider
    assert wider.quotation.answer == first.quotation.answer
    assert wider.quotation.answer_words == first.quotation.answer_words
    assert first.quotation.text in wider.quotation.text
    assert len(wider.quotation.text) > len(first.quotation.text)


async def test_wider_is_about_the_answer_shown_last(say):
    await say("đất hiếm")
    second = answered(await say("/tiep"))
    assert answered(await say("/ngucanh")).quotation.answer == second.quotation.answer
    assert answered(await say("/tiep")).place == 3


@pytest.mark.parametrize("text", ["link", "nguon dau", "Nguồn ở đâu vậy bạn?", "cho mình xin link với"])
async def test_the_source_of_what_was_shown_last_is_told_again(say, text):
    first = answered(await say("đất hiếm"))
    (entries,) = (await say(text)).parts
    assert [entry.source for entry in entries.entries] == [first.source]
    second = answered(await say("/tiep"))
    assert [entry.source for entry in (await say(text)).parts[0].entries] == [second.source]
    (summary,) = (await say("/tomtat 2")).parts
    assert [entry.source for entry in (await say(text)).parts[0].entries] == [summary.source]


@pytest.mark.parametrize("shown", ["/tailieu", "/tomtat", "/tomtat đất hiếm"])
@pytest.mark.parametrize("text", ["link", "nguon dau"])
async def test_of_several_documents_the_source_stands_beside_each(say, shown, text):
    await say("Kirill Dmitriev là ai?")
    await say(shown)
    assert said(await say(text)) == VI.sources_above


async def test_a_text_that_was_summarised_has_no_source(say):
    await say("Kirill Dmitriev là ai?")
    await say("/tomtat", replied="Chợ mở cửa lúc sáu giờ. Hàng nào cũng tươi. Người mua rất đông. Ai cũng vui vẻ.")
    assert isinstance((await say("link")).parts[0], Refusal)


async def test_before_anything_was_shown_a_link_is_a_subject(say):
    assert isinstance((await say("link")).parts[0], Refusal)


async def test_wider_says_when_the_passage_is_the_whole_document(empty_collection, talk):
    await empty_collection.add([Document("một.txt", "Cá tra", "Cá tra sống ở sông Mê Kông.")])
    say = talk(empty_collection)
    await say("cá tra sống ở đâu")
    assert said(await say("/ngucanh")) == VI.nothing_wider


async def test_wider_again_shows_more_until_it_is_the_whole_document(say, collection):
    first = answered(await say("Nga đứng thứ mấy thế giới về trữ lượng đất hiếm"))
    replies = [await say("/ngucanh") for _ in range(4)]
    texts = [first.quotation.text, *(answered(reply).quotation.text for reply in replies[:3])]
    assert said(replies[3]) == VI.nothing_wider
    assert all(len(less) < len(more) and less in more for less, more in itertools.pairwise(texts))
    assert texts[-1] == (await collection.document(first.source.key)).text


async def test_wider_ends_before_the_excerpt_is_too_long_to_read_and_tells_where_the_document_goes_on(
    empty_collection, talk
):
    url = "https://bao.example/ca-tra"
    paragraphs = "\n".join(f"Đoạn {number}. {'Câu này dài thêm nữa. ' * 40}" for number in range(40))
    await empty_collection.add([Document("a.txt", "Cá tra", f"Cá tra sống ở sông Mê Kông.\n{paragraphs}", url)])
    say = talk(empty_collection)
    await say("cá tra sống ở đâu")
    replies = [await say("/ngucanh") for _ in range(40)]
    widened = list(itertools.takewhile(lambda reply: isinstance(reply.parts[0], Answered), replies))
    assert 0 < len(widened) < len(replies)
    assert all(len(answered(reply).quotation.text) <= 8000 for reply in widened)
    line, entries = replies[-1].parts
    assert line == Line(VI.no_wider)
    assert [entry.source.url for entry in entries.entries] == [url]


async def test_the_next_answer_is_widened_from_its_own_passage(say):
    await say("đất hiếm")
    await say("/ngucanh")
    second = answered(await say("/tiep"))
    widened = await say("/ngucanh")
    assert second.quotation.text in answered(widened).quotation.text
    assert widened.turn is not None
    assert widened.turn.around == 1


@pytest.mark.parametrize(("command", "text"), [("/tiep", VI.nothing_asked), ("/ngucanh", VI.nothing_to_widen)])
async def test_before_any_question_there_is_nothing_to_go_on_with(say, command, text):
    assert said(await say(command)) == text


async def test_after_a_refusal_next_says_so_again_and_there_is_nothing_to_widen(say):
    refused = await say("giá vàng hôm nay")
    assert await say("/tiep") == refused
    assert said(await say("/ngucanh")) == VI.nothing_to_widen


async def test_small_talk_does_not_lose_the_place(say):
    await say("đất hiếm")
    await say("cảm ơn")
    assert answered(await say("/tiep")).place == 2


@pytest.mark.parametrize("remark", ["nói kỳ cục", "phở bò"])
async def test_what_asks_nothing_and_finds_nothing_does_not_lose_the_place(say, remark):
    first = await say("đất hiếm")
    refused = await say(remark)
    assert isinstance(refused.parts[0], Refusal)
    assert answered(await say("/ngucanh")).quotation.answer == answered(first).quotation.answer
    assert answered(await say("/tiep")).place == 2


async def test_what_asks_nothing_and_finds_nothing_does_not_lose_a_summary(say):
    summary = await say("/tomtat 2")
    await say("phở bò")
    assert said(await say("/tomtat ngan")) != said(summary)
    assert said(await say("/tomtat vua")) == said(summary)


async def test_a_question_that_is_refused_takes_the_place_of_the_one_before(say):
    await say("đất hiếm")
    await say("Putin sinh năm nào?")
    assert said(await say("/ngucanh")) == VI.nothing_to_widen


async def test_a_subject_that_is_refused_first_of_all_can_be_followed_up(say):
    await say("trữ lượng đất hiếm của Úc")
    assert (await say("còn Nga thì sao")).parts[0] == Understood("trữ lượng đất hiếm của Nga?")


async def test_people_do_not_share_their_place(say):
    await say("đất hiếm", person="an")
    assert said(await say("/tiep", person="bình")) == VI.nothing_asked


async def test_an_action_continues_from_the_reply_it_belongs_to(collection):
    conversation = Conversation(collection, RecentTurns())
    part = answered(await conversation.act(Action.NEXT, Turn("đất hiếm", place=2), AN, Language.VI))
    assert part.place == 3
    again = answered(await conversation.act(Action.WIDER, Turn("đất hiếm", place=1), AN, Language.VI))
    assert again.place == 1


async def test_an_action_on_a_forgotten_reply_says_so(collection):
    conversation = Conversation(collection, RecentTurns())
    assert said(await conversation.act(Action.NEXT, None, AN, Language.VI)) == VI.nothing_asked


async def test_an_action_on_an_answer_that_is_gone_says_so(empty_collection):
    conversation = Conversation(empty_collection, RecentTurns())
    reply = await conversation.act(Action.WIDER, Turn("đất hiếm", place=1), AN, Language.VI)
    assert said(reply) == VI.nothing_to_widen


# --- Commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["/trogiup", "/trợ giúp", "/help"])
async def test_help_lists_the_commands_and_an_example(say, text):
    line, listed, example = (await say(text)).parts
    assert line == Line(VI.help)
    assert isinstance(listed, CommandList)
    assert [
        command for command, _ in listed.commands
    ] == "/batdau /trogiup /hoi /tomtat /tailieu /tiep /ngucanh /thoat".split()
    assert isinstance(example, Suggestions)


@pytest.mark.parametrize("face", Face)
async def test_help_describes_commands_as_they_are_where_it_is_asked_for(say, face):
    _, listed, _ = (await say("/help", face=face)).parts
    assert isinstance(listed, CommandList)
    assert ("/tomtat", commands.SUMMARY.description(Language.VI, face)) in listed.commands


async def test_help_in_telegram_lists_what_exists_there(say):
    _, listed, _ = (await say("/help", language=Language.EN, face=Face.TELEGRAM)).parts
    assert isinstance(listed, CommandList)
    assert [command for command, _ in listed.commands] == "/start /help /ask /summary /documents /next /context".split()
    assert "/quit" not in dict(listed.commands)


async def test_start_says_how_many_documents_there_are(say):
    line, _ = (await say("/batdau")).parts
    assert line == Line(VI.welcome(2))
    assert "2 tài liệu" in VI.welcome(2)


async def test_start_without_documents_says_so(say_nothing_held):
    assert await say_nothing_held("/batdau") == Reply((Line(VI.welcome(0)),))


async def test_the_example_question_is_answered(say):
    _, example = (await say("/start")).parts
    assert isinstance(example, Suggestions)
    answered(await say(example.questions[0]))


@pytest.mark.parametrize("text", ["/tailieu", "/tài liệu", "/documents"])
async def test_documents_are_listed(say, collection, text):
    line, listed = (await say(text)).parts
    assert line == Line(VI.documents(2))
    assert listed == DocumentList(tuple(await collection.page(0, 10)), first=1, page=1, pages=1)


@pytest.mark.parametrize("argument", ["1", "số 1", " 1 ạ"])
async def test_a_document_is_shown_by_its_short_summary_and_link(say, collection, argument):
    for number, source in enumerate(await collection.documents(), 1):
        summary = await collection.summarise(source.key, Length.SHORT)
        (part,) = (await say(f"/tài liệu {argument.replace('1', str(number))}")).parts
        assert part == DocumentSummary(source, " ".join(point.text for point in summary.points))


async def test_a_document_is_followed_by_its_longer_summary(say):
    short = await say("/tailieu 1")
    long = await say("/tomtat dai")
    assert len(said(long)) > len(said(short))
    assert short.choices[0][0].label == VI.longer_summary
    assert said(await say(short.choices[0][0].text)) == said(await say("/tomtat 1"))


async def test_the_list_goes_on_after_one_of_its_documents(empty_collection, talk):
    await empty_collection.add([a_document(number) for number in range(1, 13)])
    say = talk(empty_collection)
    await say("/tailieu")
    await say("/tailieu 3")
    _, listed = (await say("/tiep")).parts
    assert isinstance(listed, DocumentList)
    assert listed.page == 2


@pytest.mark.parametrize("number", ["2", "số 2", "bài 2", "xem bai 2 di", "tài liệu số 2 nhé"])
async def test_right_after_the_list_a_number_opens_a_document(say, number):
    opened = said(await say("/tailieu 2"))
    await say("đất hiếm")
    await say("/tailieu")
    assert said(await say(number)) == opened
    assert said(await say("1")) == said(await say("/tailieu 1"))
    assert said(await say("3")) == VI.choose_document(2)


async def test_after_an_answer_a_number_is_no_document(say):
    await say("/tailieu")
    await say("đất hiếm")
    assert (await say("2")).parts[0] == Line(VI.greeting)


@pytest.mark.parametrize("text", ["đâu", "dau", "2 nước nào gặp nhau"])
async def test_after_the_list_a_question_is_one(say, text):
    await say("/tailieu")
    assert not isinstance((await say(text)).parts[0], DocumentSummary)


@pytest.mark.parametrize("argument", ["0", "3", "99999999999999999999", "hai", "đất hiếm"])
async def test_a_number_that_no_document_has_is_explained(say, argument):
    assert said(await say(f"/tailieu {argument}")) == VI.choose_document(2)


@pytest.mark.parametrize("text", ["/tailieu", "/tailieu 1"])
async def test_without_documents_there_is_no_list(say_nothing_held, text):
    assert said(await say_nothing_held(text)) == VI.no_documents


async def test_a_long_list_is_paged(empty_collection, talk):
    await empty_collection.add([a_document(number) for number in range(1, 13)])
    say = talk(empty_collection)
    first = await say("/tailieu")
    second = await say("/tiep")
    assert first.actions == (Action.NEXT,)
    assert second.actions == ()
    _, listed = second.parts
    assert isinstance(listed, DocumentList)
    assert [source.title for source in listed.sources] == ["Tài liệu 02", "Tài liệu 01"]
    assert (listed.first, listed.page, listed.pages) == (11, 2, 2)
    assert said(await say("/tiep")) == VI.no_more_documents


async def test_after_the_list_the_answer_can_still_be_widened(say):
    await say("đất hiếm")
    await say("/tailieu")
    assert answered(await say("/ngucanh")).place == 1
    assert answered(await say("/tiep")).place == 2


@pytest.mark.parametrize("text", ["/thoat", "/thoát", "/quit", "exit"])
async def test_leaving_the_terminal_is_kind(say, text):
    assert await say(text) == Reply((Line(VI.goodbye),), leaves=True)


async def test_a_telegram_chat_cannot_be_left(say):
    assert not (await say("/thoat", face=Face.TELEGRAM)).leaves


@pytest.mark.parametrize("text", ["/lich 08:00", "/schedule off", "/lưu tin tắt"])
async def test_a_command_for_groups_is_known_in_the_terminal_too(say, text):
    assert said(await say(text)) == VI.in_groups_only


@pytest.mark.parametrize(
    "text", ["/ngonngu", "/lang en", "/riêng tư", "/xoadulieu", "/baocao", "/kenhnguon bật", "/kênh nguồn"]
)
async def test_a_command_for_telegram_is_known_in_the_terminal_too(say, text):
    assert said(await say(text)) == VI.in_telegram_only


@pytest.mark.parametrize("face", Face)
async def test_a_question_may_follow_the_command_to_ask_anywhere(say, face):
    asked = await say("/hoi đất hiếm gồm bao nhiêu nguyên tố", face=face)
    assert asked == await say("đất hiếm gồm bao nhiêu nguyên tố", face=face)


async def test_in_the_terminal_there_is_no_message_to_reply_to_with_a_question(say):
    assert said(await say("/hoi")) == VI.go_ahead
    assert said(await say("/hoi", face=Face.TELEGRAM)) == VI.what_to_ask


@pytest.mark.parametrize("face", Face)
async def test_a_slash_alone_shows_the_help(say, face):
    assert await say("/", face=face) == await say("/trogiup", face=face)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/trogup", VI.unknown_command("/trogup", "/trogiup")),
        ("/hepl", VI.unknown_command("/hepl", "/trogiup")),
        ("/xyz là gì", VI.unknown_command("/xyz", None)),
        ("/ 2", VI.unknown_command("/", None)),
        ("/" + "x" * 500, VI.unknown_command("/" + "x" * 29 + "…", None)),
    ],
)
async def test_an_unknown_command_gets_a_hint(say, text, expected):
    assert said(await say(text)) == expected


# --- Documents or talk ------------------------------------------------------------------------------------------------


@pytest.fixture
def say_in_group(collection):
    """Say something in a group, or in private, where talk is kept too; a digest of that says only so."""

    async def digest(_: Message, argument: str) -> Reply:
        return Reply((Line(f"talk: {argument}"),))

    digests = SimpleNamespace(commands={commands.SUMMARY: digest, commands.SCHEDULE: digest})
    conversation = Conversation(collection, RecentTurns(), digests=digests)

    async def say(text: str, chat: Chat = Chat.GROUP, **fields: Turn | str) -> Reply:
        return await conversation.reply(Message(text, AN, Language.VI, Face.TELEGRAM, chat=chat, **fields))

    return say


@pytest.mark.parametrize("typed", ["/tomtat", "/tomtat 50", "/tóm tắt hôm qua", "/summary đất hiếm"])
async def test_in_a_group_its_talk_is_summarised(say_in_group, typed):
    assert said(await say_in_group(typed)).startswith("talk:")


async def test_in_a_group_documents_are_summarised_where_they_are_named(say_in_group):
    assert (await say_in_group("/tomtat tai lieu")).parts[0] == Line(VI.overview(2, False))


async def test_in_private_documents_are_summarised(say_in_group):
    assert (await say_in_group("/tomtat", Chat.PRIVATE)).parts[0] == Line(VI.overview(2, True))


async def test_a_digest_that_was_asked_for_in_a_group_is_opened_in_private(say_in_group):
    assert said(await say_in_group(f"/tomtat s-{'a' * 24}", Chat.PRIVATE)) == f"talk: s-{'a' * 24}"


async def test_commands_about_talk_are_the_digests(say_in_group):
    assert said(await say_in_group("/lich 08:00")) == "talk: 08:00"


# --- Small talk -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("chao ban", VI.greeting),
        ("2", VI.greeting),
        ("Hế lô", VI.greeting),
        ("mày là ai", VI.about(2)),
        ("help", VI.about(2)),
        ("cho mình hỏi", VI.go_ahead),
    ],
)
async def test_small_talk_gets_a_kind_line_and_an_example(say, text, line):
    first, example = (await say(text)).parts
    assert first == Line(line)
    assert isinstance(example, Suggestions)


@pytest.mark.parametrize(
    ("text", "line"),
    [("cam on nhieu nha", VI.thanks), ("bye", VI.goodbye), ("ok bạn", VI.agreement), ("👍", VI.thanks)],
)
async def test_thanks_and_farewells_get_a_kind_line(say, text, line):
    assert await say(text) == Reply((Line(line),))


async def test_a_complaint_is_answered_with_the_way_to_another_answer_as_long_as_there_is_one(say):
    assert said(await say("sai rồi")) == VI.sorry(False)
    part = answered(await say("đất hiếm"))
    assert said(await say("trả lời sai rồi")) == VI.sorry(True)
    while part.place < part.total:
        part = answered(await say("/tiep"))
    assert said(await say("sai r")) == VI.sorry(False)
    assert answered(await say("/ngucanh")).place == part.place


@pytest.mark.parametrize("text", ["ai là Kirill Dmitriev", "chào mừng là gì"])
async def test_a_question_that_sounds_like_small_talk_is_a_question(say, text):
    assert not isinstance((await say(text)).parts[0], Line)


# --- What cannot be read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "\n\t\n"])
async def test_an_empty_message_is_asked_for_a_question(say, text):
    assert said(await say(text)) == VI.empty


@pytest.mark.parametrize("text", ["🤔", "🇻🇳❤️", "???", "...", "=))", "\x00\x07\x1b", "\u200b", "\ud800"])
async def test_a_message_without_words_is_asked_for_words(say, text):
    assert said(await say(text)) == VI.no_words


async def test_a_message_that_is_too_long_is_told_the_limit(say):
    await say("đất hiếm")
    assert said(await say("đất hiếm " * 2000)) == VI.too_long(17_999, QUESTION_LIMIT)
    assert answered(await say("/tiep")).place == 2


async def test_a_long_question_within_the_limit_is_read(say):
    assert answered(await say("đất hiếm " * (QUESTION_LIMIT // 9)))


async def test_control_characters_in_a_question_do_no_harm(say):
    assert answered(await say("đất\x00 hiếm\u200b\x1b của\tNga\ud800"))


async def test_letters_with_loose_marks_are_read(say):
    assert answered(await say(unicodedata.normalize("NFD", "Đất hiếm là gì")))


# --- What was read into a question ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("dat hem", "đất hiếm"),
        ("ddaats hieems laf gif", "đất hiếm là gì"),
        ("d9at61 hie6m1 cua nga", "đất hiếm của nga"),
        ("kiril dimitriev la ai", "kirill dmitriev là ai"),
    ],
)
async def test_what_was_mended_is_told_before_the_answer(say, text, read):
    understood, *rest = (await say(text)).parts
    assert understood == Understood(read)
    assert isinstance(rest[0], Answered)


@pytest.mark.parametrize("text", ["dat hiem cua nga", "đất hiếm của Liên bang Nga", "nga co bn dat hiem z"])
async def test_nothing_is_told_where_only_marks_were_missing_or_an_abbreviation_is_plain(say, text):
    assert not any(isinstance(part, Understood) for part in (await say(text)).parts)


async def test_a_follow_up_is_told_in_full_and_mended(say):
    await say("trữ lượng đất hiếm của Nga là bao nhiêu?")
    understood, *_ = (await say("con ukrane thi sao")).parts
    assert understood == Understood("trữ lượng đất hiếm của ukraine là bao nhiêu?")


async def test_a_follow_up_is_read_with_what_was_meant_before(say):
    await say("truwx luwowngj ddaats hieems cuar Nga laf bao nhieeu")
    understood, *_ = (await say("còn Ukraine thì sao?")).parts
    assert understood == Understood("trữ lượng đất hiếm của Ukraine là bao nhiêu?")


async def test_the_next_answer_is_one_to_what_was_meant(say):
    first = await say("dat hem cua nga")
    assert answered(Reply(first.parts[1:])).place == 1
    assert answered(await say("/tiep")).place == 2
