import pytest

from bot.chats.feedback import Report
from bot.texts import TEXTS, Language
from index.documents import Document
from tests.bot.telegram.offline import offline_bot

VI = TEXTS[Language.VI]
BROAD = "đất hiếm"


async def test_the_answers_are_turned_in_their_message(offline):
    answer = await offline.says(BROAD)
    total = int(answer.labels[0].partition("/")[2].split()[0])
    texts = [answer.text]
    for place in range(2, total + 1):
        await offline.press(answer, f"answer:{place}")
        assert any(f"{place}/{total}" in label for label in answer.labels)
        texts.append(answer.text)
    assert len(set(texts)) == total
    for place in range(total - 1, 0, -1):
        await offline.press(answer, f"answer:{place}")
        assert answer.text == texts[place - 1]
    assert len(offline.an.chat.bot_messages) == 1


async def test_an_answer_is_widened_and_narrowed(offline):
    answer = await offline.says("Kirill Dmitriev là ai?")
    before = answer.text
    await offline.press(answer, VI.wider)
    assert answer.text != before
    assert VI.narrower in answer.labels
    await offline.press(answer, VI.narrower)
    assert answer.text == before


async def test_pressing_twice_does_the_same(offline):
    answer = await offline.says(BROAD)
    offline.an.press_stale(answer, "answer:2")
    offline.an.press_stale(answer, "answer:2")
    await offline.handle()
    assert answer.labels[1].startswith("2/")


async def test_widening_by_a_button_does_the_same_however_far_it_was_widened_since(offline):
    answer = await offline.says("Kirill Dmitriev là ai?")
    await offline.press(answer, VI.wider)
    before = answer.text
    offline.an.press_stale(answer, "wider:1")
    await offline.handle()
    assert answer.text == before


async def test_a_passage_that_is_the_whole_document_is_not_widened(empty_collection, tmp_path):
    await empty_collection.add([Document("a.txt", "Cá tra", "Cá tra sống ở sông Mê Kông.")])
    async with offline_bot(empty_collection, tmp_path) as offline:
        answer = await offline.says("cá tra sống ở đâu")
        assert await offline.press(answer, VI.wider) == VI.nothing_wider
        assert VI.wider in answer.labels


async def test_a_follow_up_goes_on_from_what_was_asked_last(offline):
    first = await offline.says(BROAD)
    await offline.says("Kirill Dmitriev là ai?")
    await offline.press(first, "answer:2")
    assert (await offline.says("/tiep")).labels[1].startswith("3/")


async def test_an_answer_that_is_forgotten_says_so(offline):
    answer = await offline.says(BROAD)
    await offline.says("/xoadulieu xacnhan")
    for button in ("answer:2", VI.wider, "👍"):
        assert await offline.press(answer, button) == VI.gone


async def test_an_answer_that_the_documents_hold_no_more_says_so(empty_collection, tmp_path):
    await empty_collection.add([Document(f"{n}.txt", f"Cá {n}", f"Cá tra {n} sống ở sông.") for n in range(2)])
    async with offline_bot(empty_collection, tmp_path) as offline:
        answer = await offline.says("cá tra")
        before = answer.text
        await empty_collection.remove(["0.txt", "1.txt"])
        assert await offline.press(answer, "answer:2")
        assert answer.text == before


async def test_a_button_of_another_time_says_so(offline):
    answer = await offline.says(BROAD)
    query = offline.an.press_stale(answer, "cũ:1")
    await offline.handle()
    assert (await query.answer(within=0)).text == VI.gone


async def test_a_button_works_on_a_message_so_old_that_telegram_does_not_show_it(offline):
    answer = await offline.says(BROAD)
    offline.an.press(answer, "answer:2")
    for _, update in offline.server.world.updates.pending:
        message = update["callback_query"]["message"]
        update["callback_query"]["message"] = {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
    await offline.handle()
    assert answer.labels[1].startswith("2/")


async def test_votes_are_kept_one_a_person(offline):
    answer = await offline.says(BROAD)
    binh = offline.person("Bình")
    assert await offline.press(answer, "👍") == VI.voted_up
    assert await offline.press(answer, "👎", binh) == VI.voted_down
    assert await offline.press(answer, "👎") == VI.voted_down
    report = await offline.chats.feedback.report()
    assert report == Report(0, 2, [], report.disliked)
    assert [(asked.question, asked.times) for asked in report.disliked] == [(BROAD, 2)]


async def test_a_press_that_came_too_late_does_no_harm(offline):
    answer = await offline.says(BROAD)
    offline.an.press(answer, "answer:2").expire()
    await offline.handle()
    assert answer.labels[1].startswith("2/")


@pytest.mark.parametrize("data", ["/baocao", "/lich 08:00", "/tomtat 2000", "/hoi Nga"])
async def test_what_no_button_on_the_message_says_changes_nothing(offline, data):
    group = offline.server.supergroup("Nhóm", owner=offline.an, members=[binh := offline.person("Bình")])
    offline.an.send(group, "/tomtat tài liệu")
    listed = await offline.said_in(group)
    before = listed.text
    query = binh.press_stale(listed, data)
    await offline.handle()
    assert (await query.answer(within=0)).text == VI.gone
    assert listed.text == before
