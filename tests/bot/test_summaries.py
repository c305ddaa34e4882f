import datetime as dt
import re
from dataclasses import replace

import pytest

from bot.commands import Chat, Face
from bot.console.plain import plain_text
from bot.conversation import Conversation, Message
from bot.replies import (
    Action,
    Answered,
    DocumentList,
    DocumentSummary,
    Line,
    Overview,
    Refusal,
    Reply,
    SubjectSummary,
    Suggestions,
    TextSummary,
    Understood,
)
from bot.summaries import Summaries, length_asked_for
from bot.texts import TEXTS, Language
from bot.turns import Asker, RecentTurns, Summarised, Turn
from index.documents import Document, Length
from index.vietnamese import fold, sentence_spans

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
DIGEST = Turn(summarised=Summarised(since=1.0, until=2.0))
ARTICLE = (
    "Sông Mê Kông bắt nguồn từ cao nguyên Tây Tạng. Sông chảy qua sáu nước trước khi ra Biển Đông. "
    "Đồng bằng sông Cửu Long là vựa lúa lớn nhất của Việt Nam. Mùa khô năm nay nước mặn vào sâu sáu mươi cây số. "
    "Nhiều hộ dân ở Bến Tre phải mua nước ngọt với giá cao. Tỉnh đã cho đắp tám đập tạm để giữ nước ngọt. "
    "Các nhà khoa học khuyên nông dân đổi lịch gieo trồng. Chính phủ cấp thêm hai trăm tỷ đồng để nạo vét kênh. "
    "Mưa đầu mùa được dự báo sẽ đến muộn hơn mọi năm. Người dân mong sớm có nước để xuống giống vụ hè thu."
)


def said(reply: Reply) -> str:
    return plain_text(reply, Language.VI)


def overview(reply: Reply) -> Overview:
    _, part = reply.parts
    assert isinstance(part, Overview)
    return part


def document(reply: Reply) -> DocumentSummary:
    (part,) = reply.parts
    assert isinstance(part, DocumentSummary)
    return part


def subject(reply: Reply) -> SubjectSummary:
    _, part = reply.parts
    assert isinstance(part, SubjectSummary)
    return part


def text(reply: Reply) -> TextSummary:
    _, part = reply.parts
    assert isinstance(part, TextSummary)
    return part


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


@pytest.fixture
async def twelve(empty_collection):
    """A collection of twelve documents, a day apart."""
    day = dt.date(2025, 1, 1)
    await empty_collection.add(
        [
            Document(
                f"{number:02}.txt", f"Tin {number}", f"Tin số {number}. {ARTICLE}", date=day + dt.timedelta(number)
            )
            for number in range(1, 13)
        ]
    )
    return empty_collection


@pytest.fixture
def say_to_twelve(twelve, talk):
    return talk(twelve)


# --- The collection at a glance ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["/tomtat", "/tóm tắt", "/summary", "tóm tắt", "/tomtat tài liệu", "/tomtat documents"]
)
async def test_each_document_is_told_in_a_sentence_or_two_and_numbered_as_in_the_list(say, collection, typed):
    reply = await say(typed)
    assert reply.parts[0] == Line(VI.overview(2, True))
    assert overview(reply).sources == tuple(await collection.documents())
    assert all(1 <= len(list(sentence_spans(one.summary))) <= 2 for one in overview(reply).documents)
    assert overview(reply).first == 1


async def test_the_glance_is_paged(say_to_twelve):
    pages = [overview(await say_to_twelve(typed)) for typed in ("/tomtat", "/tiep", "/tiep")]
    assert [(page.first, page.page, page.pages, len(page.documents)) for page in pages] == [
        (1, 1, 3, 5),
        (6, 2, 3, 5),
        (11, 3, 3, 2),
    ]
    assert said(await say_to_twelve("/tiep")) == VI.no_more_summaries


@pytest.mark.parametrize("typed", [["/tomtat tài liệu"], ["/tomtat tài liệu", "/tiep"], ["/tomtat tài liệu 99"]])
@pytest.mark.parametrize(("chat", "example"), [(Chat.PRIVATE, "/tomtat 1"), (Chat.GROUP, "/tomtat tài liệu 1")])
async def test_a_document_is_asked_for_by_its_number_alone_only_in_private(say_to_twelve, typed, chat, example):
    for text in typed:
        reply = await say_to_twelve(text, chat=chat)
    assert re.search(rf"như {example}\b", said(reply))


@pytest.mark.parametrize("typed", ["thêm", "xem thêm", "them nua", "dài hơn", "chi tiết hơn"])
async def test_more_of_the_glance_is_its_next_page(say_to_twelve, typed):
    await say_to_twelve("Đồng bằng sông Cửu Long là gì?")
    await say_to_twelve("/tomtat")
    assert [overview(await say_to_twelve(typed)).page for _ in range(2)] == [2, 3]
    assert said(await say_to_twelve(typed)) == VI.no_more_summaries


@pytest.mark.parametrize("typed", ["thêm", "xem thêm", "dài hơn"])
async def test_more_of_the_list_is_its_next_page_and_more_of_a_document_in_it_a_longer_summary(say_to_twelve, typed):
    await say_to_twelve("Đồng bằng sông Cửu Long là gì?")
    await say_to_twelve("/tailieu")
    short = document(await say_to_twelve("2"))
    longer = document(await say_to_twelve(typed))
    assert longer.source == short.source
    assert len(longer.summary) > len(short.summary)
    await say_to_twelve("/tailieu")
    (_, listed) = (await say_to_twelve(typed)).parts
    assert isinstance(listed, DocumentList)
    assert listed.page == 2


async def test_the_pages_and_documents_are_buttons(say_to_twelve):
    reply = await say_to_twelve("/tomtat trang 2")
    assert labels(reply) == [["6", "7", "8", "9", "10"], ["◂ trang 1/3", "▸ trang 3/3"]]
    assert reply.actions == (Action.NEXT,)
    sixth, (back, _) = reply.choices[0][0], reply.choices[1]
    assert document(await say_to_twelve(sixth.text)).source == overview(reply).sources[0]
    assert overview(await say_to_twelve(back.text)).page == 1


async def test_a_page_that_there_is_not_is_explained(say_to_twelve):
    assert said(await say_to_twelve("/tomtat trang 99")) == VI.no_more_summaries


async def test_the_list_of_documents_goes_on_as_itself_after_the_glance(say_to_twelve):
    await say_to_twelve("/tomtat")
    listed = await say_to_twelve("/tailieu")
    assert (await say_to_twelve("/tiep")).parts[0] == listed.parts[0]


@pytest.mark.parametrize("typed", ["/tomtat", "/tomtat 1", "/tomtat đất hiếm", "/tomtat dài"])
async def test_without_documents_there_is_nothing_to_summarise(say_nothing_held, typed):
    assert said(await say_nothing_held(typed)) == VI.no_documents


# --- A document -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/tomtat 2", "/tomtat số 2", "/tomtat so 2", "/tomtat tài liệu 2", "/tomtat #2"])
async def test_a_number_means_the_document_that_has_it_in_the_list(say, collection, typed):
    assert document(await say(typed)).source == (await collection.documents())[1]


@pytest.mark.parametrize("typed", ["/tomtat 0", "/tomtat 3", "/tomtat 99999", "/tomtat d-AAAAAAAA"])
async def test_a_number_that_no_document_has_is_explained(say, typed):
    assert said(await say(typed)) == VI.choose_summary(2, True)


async def test_a_summary_leads_back_to_the_page_of_its_document(say_to_twelve):
    reply = await say_to_twelve("/tomtat 7")
    assert labels(reply) == [["Ngắn", "✓ Vừa", "Dài"], [VI.other_documents]]
    assert overview(await say_to_twelve(reply.choices[1][0].text)).page == 2


async def test_a_summary_is_shown_shorter_and_longer(say_to_twelve):
    said_in = {}
    for word in ("vừa", "ngan", "dài"):
        await say_to_twelve("/tomtat 3")
        said_in[word] = document(await say_to_twelve(f"/tomtat {word}")).summary
    assert len(said_in["ngan"]) < len(said_in["vừa"]) <= len(said_in["dài"])


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("ngan", ["ngắn thôi", "ngan gon hon", "Nói ngắn lại đi bạn"]),
        ("dai", ["dài hơn", "chi tiết", "chi tiet hon", "nói rõ hơn đi"]),
    ],
)
@pytest.mark.parametrize("summary", ["/tomtat 3", "/tomtat sông Mê Kông"])
async def test_another_length_is_asked_for_in_words(say_to_twelve, summary, word, typed):
    await say_to_twelve(summary)
    wanted = said(await say_to_twelve(f"/tomtat {word}"))
    for text in typed:
        await say_to_twelve(summary)
        assert said(await say_to_twelve(text)) == wanted


async def test_after_an_answer_more_in_words_is_its_context(say):
    await say("/tomtat 1")
    await say("đất hiếm")
    (part,) = (await say("nói rõ hơn đi")).parts
    assert isinstance(part, Answered)
    assert part.wider


@pytest.mark.parametrize("number", ["2", "bài 2"])
async def test_right_after_the_glance_or_a_summary_a_number_opens_a_document(say_to_twelve, twelve, number):
    second = (await twelve.documents())[1]
    await say_to_twelve("/tomtat")
    assert document(await say_to_twelve(number)).source == second
    await say_to_twelve("7")
    assert document(await say_to_twelve(number)).source == second


@pytest.mark.parametrize("typed", ["tóm tắt bài này đi", "/tomtat bai nay"])
async def test_this_document_is_the_one_that_was_summarised_last(say, collection, typed):
    _, second = await collection.documents()
    await say("Putin sinh năm nào?")
    await say("/tomtat 2")
    assert document(await say(typed)).source == second
    assert (await say("đất hiếm")).turn.place
    await say("/tomtat 2")
    assert document(await say(typed)).source == second


@pytest.mark.parametrize(
    "typed", ["tóm tắt tất cả", "tom tat het di", "/tomtat tất cả các bài", "tóm tắt mọi tài liệu"]
)
async def test_all_of_them_are_the_glance(say, typed):
    assert (await say(typed)).parts[0] == Line(VI.overview(2, True))


async def test_a_document_that_was_removed_is_gone(twelve, talk):
    say = talk(twelve)
    await say("/tomtat 1")
    await twelve.remove([(await twelve.documents())[0].key])
    assert said(await say("/tomtat dài")) == VI.document_gone


async def test_a_sentence_that_never_ends_is_cut(empty_collection, talk):
    await empty_collection.add([Document("a.txt", "Cá tra", "cá tra " * 10_000)])
    say = talk(empty_collection)
    for typed in ("/tomtat 1", "/tomtat dài", "/tailieu 1"):
        assert len(document(await say(typed)).summary) <= 1000
    assert len(said(await say("/tomtat"))) < 2000


# --- A subject --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/tomtat đất hiếm", "/tomtat dat hiem", "/tomtat về đất hiếm"])
async def test_a_subject_is_told_out_of_the_documents_with_their_sources(say, collection, typed):
    reply = await say(typed)
    assert "ất hiếm" in " ".join(point.text for point in subject(reply).points)
    assert set(subject(reply).sources) <= set(await collection.documents())
    assert labels(reply) == [["Ngắn", "✓ Vừa", "Dài"]]


async def test_a_subject_is_repeated_as_it_was_typed(say):
    assert (await say("/tomtat về đất hiếm")).parts[0] == Line(VI.about_subject("đất hiếm"), ("đất hiếm",))


async def test_a_subject_that_was_mended_is_told_first(say):
    understood, lead, told = (await say("/tomtat ddaats hieems")).parts
    assert understood == Understood("đất hiếm")
    assert lead == Line(VI.about_subject("ddaats hieems"), ("ddaats hieems",))
    assert isinstance(told, SubjectSummary)


async def test_a_subject_is_told_shorter_and_longer(say):
    points = {}
    for word in ("ngắn", "dài"):
        await say("/tomtat đất hiếm")
        points[word] = subject(await say(f"/tomtat {word}")).points
    assert len(points["ngắn"]) < len(points["dài"])


async def test_an_unknown_subject_gets_the_nearest_titles(say):
    refusal, nearest = (await say("/tomtat giá vàng")).parts
    assert refusal == Refusal(VI.unknown_subject("giá vàng"), ("giá vàng",))
    assert isinstance(nearest, Suggestions)


async def test_a_long_subject_is_not_repeated_in_full(say):
    refusal, *_ = (await say("/tomtat " + "giá vàng " * 20)).parts
    assert isinstance(refusal, Refusal)
    assert len(refusal.text) < 150


@pytest.mark.parametrize("typed", ["/tomtat 👍", "/tomtat ???"])
async def test_a_subject_without_words_is_asked_for_words(say, typed):
    assert said(await say(typed)) == VI.no_words


@pytest.mark.parametrize("chat", Chat)
async def test_a_subject_may_follow_the_word_for_documents(say, chat):
    assert (await say("/tomtat tài liệu đất hiếm", chat=chat)).parts[0] == Line(
        VI.about_subject("đất hiếm"), ("đất hiếm",)
    )


# --- A text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chat", Chat)
async def test_a_message_that_is_replied_to_is_summarised(say, chat):
    reply = await say("/tomtat", replied=ARTICLE, chat=chat)
    assert reply.parts[0] == Line(VI.about_text)
    assert all(sentence in ARTICLE for sentence in text(reply).sentences)
    assert len(" ".join(text(reply).sentences)) < len(ARTICLE)


async def test_a_message_is_summarised_shorter_and_longer(say):
    short = text(await say("/tomtat ngắn", replied=ARTICLE)).sentences
    long = text(await say("/tomtat dài", replied=ARTICLE)).sentences
    assert len(short) < len(long)


@pytest.mark.parametrize("replied", ["Chào bạn.", "Một câu. Hai câu.", "👍", "https://example.org"])
async def test_a_short_message_needs_no_summary(say, replied):
    assert said(await say("/tomtat", replied=replied)) == VI.too_short_to_summarise


async def test_what_a_message_says_is_not_remembered(collection):
    turns = RecentTurns()
    conversation = Conversation(collection, turns)
    asker = Asker("chat", "an")
    reply = await conversation.reply(Message("/tomtat", asker, Language.VI, Face.TELEGRAM, replied=ARTICLE))
    assert reply.turn == await turns.last(asker) == Turn(summarised=Summarised(text=True))
    again = await conversation.reply(Message("/tomtat dài", asker, Language.VI, Face.TELEGRAM))
    assert said(again) == VI.text_not_kept


async def test_something_else_may_be_asked_for_in_reply_to_a_message(say):
    assert document(await say("/tomtat 1", replied=ARTICLE))


async def test_documents_that_are_named_are_meant_even_in_reply_to_a_message(say):
    assert overview(await say("/tomtat tài liệu", replied=ARTICLE, chat=Chat.GROUP))


# --- In reply to the bot ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chat", Chat)
async def test_in_reply_to_an_answer_the_document_that_it_quotes_is_summarised(say, chat):
    answer = await say("Kirill Dmitriev là ai?")
    (quoted,) = answer.parts
    reply = await say("/tomtat", earlier=answer.turn, chat=chat)
    assert document(reply).source == quoted.source
    assert len(document(await say("/tomtat dài", earlier=answer.turn)).summary) > len(document(reply).summary)


async def test_in_reply_to_a_refusal_all_is_told_at_a_glance(say):
    refused = await say("giá vàng hôm nay bao nhiêu")
    assert overview(await say("/tomtat", earlier=refused.turn))


async def test_a_button_is_about_the_summary_that_it_is_on(say_to_twelve):
    first = await say_to_twelve("/tomtat 1")
    await say_to_twelve("/tomtat 2")
    again = await say_to_twelve("/tomtat dài", earlier=first.turn)
    assert document(again).source == document(first).source


async def test_a_length_with_nothing_before_it_gives_the_glance(say):
    assert overview(await say("/tomtat ngắn"))


async def test_a_length_after_the_glance_gives_the_same_page(say_to_twelve):
    await say_to_twelve("/tomtat trang 2")
    assert overview(await say_to_twelve("/tomtat dài")).page == 2


async def test_answers_go_on_after_a_summary(say):
    await say("đất hiếm")
    await say("/tomtat 1")
    (second,) = (await say("/tiep")).parts
    assert second.place == 2
    assert said(await say("/tomtat dài")) == said(await say("/tomtat"))


# --- What is said -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str, fold, str.upper])
@pytest.mark.parametrize(
    ("word", "length"),
    [("ngắn", Length.SHORT), ("ngắn hơn", Length.SHORT), ("vừa", Length.NORMAL), ("dài", Length.LONG)],
)
def test_a_length_is_asked_for_with_or_without_diacritics(word, length, typed):
    assert length_asked_for(typed(word)) is length


@pytest.mark.parametrize("word", ["", "ngân", "đất hiếm dài", "3"])
def test_anything_else_is_no_length(word):
    assert length_asked_for(word) is None


async def test_it_speaks_english_too(say):
    reply = await say("/summary long", language=Language.EN)
    assert reply.parts[0] == Line(EN.overview(2, True))
    assert labels(await say("/summary 1", language=Language.EN))[0] == ["Short", "✓ Normal", "Long"]


# --- Documents or talk ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argument", "fields"),
    [
        ("tài liệu", {}),
        ("tai lieu đất hiếm", {}),
        ("documents 3", {}),
        ("trang 2", {}),
        ("d-AAAAAAAA", {}),
        ("", {"replied": ARTICLE}),
        ("dài", {"replied": ARTICLE}),
        ("", {"earlier": Turn("câu hỏi", place=1)}),
        ("dài", {"earlier": Turn(summarised=Summarised(document="a"))}),
        ("trang 1", {"earlier": DIGEST}),
    ],
)
async def test_in_a_group_documents_and_texts_are_told_from_talk(collection, argument, fields):
    summaries = Summaries(collection, RecentTurns())
    assert await summaries.concerns(in_group(argument, **fields), argument)


@pytest.mark.parametrize(
    ("argument", "fields"),
    [
        ("", {}),
        ("50", {}),
        ("6h", {}),
        ("hôm qua", {}),
        ("dài", {}),
        ("đất hiếm", {}),
        ("", {"earlier": DIGEST}),
        ("dài", {"earlier": DIGEST}),
        ("", {"earlier": Turn("câu hỏi")}),
    ],
)
async def test_in_a_group_all_else_is_about_the_talk(collection, argument, fields):
    summaries = Summaries(collection, RecentTurns())
    assert not await summaries.concerns(in_group(argument, **fields), argument)


async def test_a_length_is_about_what_was_summarised_last_in_the_group(collection):
    turns = RecentTurns()
    summaries = Summaries(collection, turns)
    message = in_group("dài")
    await turns.keep(message.asker, Turn("câu hỏi", summarised=Summarised(subject="đất hiếm")))
    assert await summaries.concerns(message, "dài")
    await turns.keep(message.asker, DIGEST)
    assert not await summaries.concerns(message, "dài")


@pytest.mark.parametrize("argument", ["", "50", "đất hiếm", "dài"])
async def test_in_private_it_is_about_documents(collection, argument):
    message = replace(in_group(argument), chat=Chat.PRIVATE)
    assert await Summaries(collection, RecentTurns()).concerns(message, argument)


@pytest.mark.parametrize("argument", ["", "dài"])
async def test_in_private_what_is_said_to_a_digest_that_was_sent_there_is_about_that(collection, argument):
    message = replace(in_group(argument, earlier=DIGEST), chat=Chat.PRIVATE)
    assert not await Summaries(collection, RecentTurns()).concerns(message, argument)


def in_group(argument: str, **fields) -> Message:
    asker = Asker("-100", "11")
    return Message(f"/tomtat {argument}", asker, Language.VI, Face.TELEGRAM, chat=Chat.GROUP, **fields)


# --- In words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/tomtat bài 1", "tóm tắt tài liệu 1 giúp mình", "tom tat bai dau tien"])
async def test_a_document_is_summarised_by_its_number_in_words(say_to_twelve, typed):
    assert document(await say_to_twelve(typed)).source.key == "12.txt"


async def test_the_document_that_was_quoted_last_is_summarised(say, collection):
    answered = await say("trữ lượng đất hiếm của Nga là bao nhiêu?")
    quoted = next(part.source for part in answered.parts if isinstance(part, Answered))

    assert document(await say("tóm tắt bài này đi")).source == quoted


async def test_what_asks_for_a_summary_in_a_group_is_a_question_there(say):
    reply = await say("tóm tắt bài 1", chat=Chat.GROUP)
    assert not any(isinstance(part, DocumentSummary) for part in reply.parts)


@pytest.mark.parametrize("typed", ["tóm tắt nội quy", "tom tat noi quy giup minh", "/tomtat Nội quy thư viện"])
async def test_a_subject_that_only_a_title_names_means_that_document(empty_collection, talk, typed):
    text = "Bạn đọc giữ trật tự. Mỗi người mượn tối đa năm cuốn. Trả muộn thì bị phạt."
    await empty_collection.add([Document("a.txt", "Nội quy thư viện", text), Document("b.txt", "Giá gạo", ARTICLE)])

    assert document(await talk(empty_collection)(typed)).source.key == "a.txt"
