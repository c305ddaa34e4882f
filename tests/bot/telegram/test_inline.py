import pytest

from bot.chats.feedback import Report
from bot.telegram import links
from bot.texts import TEXTS, Language
from index.documents import Document
from tests.bot.telegram.offline import offline_bot

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
SUPPLY = "trữ lượng đất hiếm của Nga là bao nhiêu"


async def offered(offline, text, offset="", **kwargs):
    query = offline.an.inline(text, offset, **kwargs)
    await offline.handle()
    return query, await query.answer(within=0)


async def test_answers_are_offered_with_title_text_and_link(offline):
    _, answer = await offered(offline, SUPPLY)
    assert answer.is_personal
    first = next(result for result in answer.results if "3,8 triệu tấn" in result["description"])
    assert first["title"]
    assert first["input_message_content"]["link_preview_options"] == {"is_disabled": True}
    assert any(result.get("url") for result in answer.results)


async def test_what_is_chosen_is_the_answer(offline):
    query, answer = await offered(offline, SUPPLY)
    message = await offline.an.choose(query, answer.results[0]["id"], offline.an.chat)
    assert message.marked("bold")
    assert message.links
    [button] = message.buttons
    assert button["url"] == f"https://t.me/hoi_tai_lieu_bot?start={links.to_question(SUPPLY)}"


async def test_a_document_that_is_chosen_is_its_short_summary_and_leads_to_the_longer(offline, collection):
    query, answer = await offered(offline, "")
    first, *_ = await collection.documents()
    message = await offline.an.choose(query, answer.results[0]["id"], offline.an.chat)
    assert answer.results[0]["description"] in message.text
    [button] = message.buttons
    assert button["url"] == f"https://t.me/hoi_tai_lieu_bot?start={links.to_summary(first.key)}"


@pytest.mark.parametrize("text", ["", " ", "đ", "👍"])
async def test_as_long_as_nothing_is_typed_documents_and_help_are_offered(offline, collection, text):
    _, answer = await offered(offline, text)
    assert answer.titles == [source.title for source in await collection.documents()]
    assert answer.button == {"text": VI.how_to_ask, "start_parameter": "trogiup"}


async def test_where_nothing_is_found_a_private_chat_is(offline):
    _, answer = await offered(offline, "giá vàng hôm nay")
    assert answer.results == []
    assert answer.button == {"text": VI.none_found, "start_parameter": links.to_question("giá vàng hôm nay")}


@pytest.mark.parametrize("text", ["/hoi đất hiếm", "đất hiếm " * 200])
async def test_what_is_no_question_offers_nothing(offline, text):
    _, answer = await offered(offline, text)
    assert answer.results == []


async def test_nothing_that_is_typed_is_remembered(offline):
    for text in ("giá", "giá và", "giá vàng", SUPPLY):
        await offered(offline, text)
    report = await offline.chats.feedback.report()
    assert report == Report(0, 0, [], [])
    assert not (await offline.chats.privacy.stored_of_person(offline.an.id)).anything


async def test_offers_come_in_pages(empty_collection, tmp_path):
    await empty_collection.add([Document(f"{n:02}.txt", f"Tài liệu {n}", "Một câu.") for n in range(12)])
    async with offline_bot(empty_collection, tmp_path) as offline:
        titles, offset = [], ""
        for _ in range(3):
            _, answer = await offered(offline, "", offset)
            titles += answer.titles
            offset = answer.next_offset
        assert titles == [f"Tài liệu {n}" for n in reversed(range(12))]
        assert offset == ""


async def test_answers_come_in_pages(offline):
    _, first = await offered(offline, "đất hiếm")
    if first.next_offset:
        _, second = await offered(offline, "đất hiếm", first.next_offset)
        assert not {result["id"] for result in first.results} & {result["id"] for result in second.results}


async def test_a_strange_offset_is_the_beginning(offline):
    _, answer = await offered(offline, "đất hiếm", "x")
    assert answer.results


async def test_the_language_is_the_persons(offline):
    _, answer = await offered(offline, "", language_code="en")
    assert answer.button["text"] == EN.how_to_ask


async def test_a_query_that_is_too_old_does_no_harm(offline):
    offline.an.inline(SUPPLY).expire()
    await offline.handle()
