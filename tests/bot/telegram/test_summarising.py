"""``/tomtat`` over documents and messages, as people in Telegram use it: by commands, replies, buttons and links."""

import datetime as dt
from functools import partial

import pytest

from bot.listing import short_name
from bot.telegram import links
from bot.telegram.splitting import pieces
from bot.texts import TEXTS, Language
from index.documents import Document
from tests.bot.telegram.offline import offline_bot
from tests.bot.test_summaries import ARTICLE

VI = TEXTS[Language.VI]


@pytest.fixture
def group(offline):
    return offline.server.supergroup("Nhóm", owner=offline.an, members=[offline.person("Bình")])


@pytest.fixture
async def of_twelve(empty_collection, tmp_path):
    """A bot over twelve documents."""
    day = dt.date(2025, 1, 1)
    numbers = range(1, 13)
    await empty_collection.add(
        [Document(f"{n:02}.txt", f"Bài {n}", ARTICLE, date=day + dt.timedelta(n)) for n in numbers]
    )
    async with offline_bot(empty_collection, tmp_path) as bot:
        yield bot


# --- Buttons ----------------------------------------------------------------------------------------------------------


async def test_the_collection_at_a_glance_is_turned_and_opened_and_left_in_its_message(of_twelve):
    glance = await of_twelve.says("/tomtat")
    assert glance.labels == ["1", "2", "3", "4", "5", "▸ trang 2/3"]
    await of_twelve.press(glance, "▸ trang 2/3")
    assert glance.labels == ["6", "7", "8", "9", "10", "◂ trang 1/3", "▸ trang 3/3"]
    second_page = glance.text
    await of_twelve.press(glance, "7")
    assert glance.text.startswith("Bài 6 ")
    assert glance.labels == ["Ngắn", "✓ Vừa", "Dài", VI.other_documents]
    await of_twelve.press(glance, VI.other_documents)
    assert glance.text == second_page
    assert len(of_twelve.an.chat.bot_messages) == 1


async def test_a_summary_is_made_shorter_and_longer_in_its_message(of_twelve):
    summary = await of_twelve.says("/tomtat 3")
    lengths = []
    for button in ("Ngắn", "Vừa", "Dài"):
        await of_twelve.press(summary, button)
        assert f"✓ {button}" in summary.labels
        lengths.append(len(summary.text))
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[2]


async def test_pressing_the_length_that_is_shown_changes_nothing(offline):
    summary = await offline.says("/tomtat 1")
    before = summary.text
    assert await offline.press(summary, "✓ Vừa") == ""
    assert summary.text == before
    assert len(offline.an.chat.bot_messages) == 1


async def test_a_button_is_about_the_message_that_it_is_on(of_twelve):
    first = await of_twelve.says("/tomtat 1")
    await of_twelve.says("/tomtat Mê Kông")
    await of_twelve.press(first, "Dài")
    assert first.text.startswith("Bài 12 ")


async def test_buttons_work_after_a_restart(collection, tmp_path):
    async with offline_bot(collection, tmp_path) as before:
        summary = await before.says("/tomtat đất hiếm")
        server, an = before.server, before.an
    async with offline_bot(collection, tmp_path) as after:
        after.server.world, after.an = server.world, an
        short = len(summary.text)
        await after.press(summary, "Dài")
    assert len(summary.text) > short
    assert "✓ Dài" in summary.labels


async def test_the_buttons_of_a_summary_that_is_forgotten_say_so(offline):
    summary = await offline.says("/tomtat 1")
    before = summary.text
    await offline.says("/xoadulieu xacnhan")
    assert await offline.press(summary, "Dài") == VI.gone
    assert summary.text == before


async def test_a_document_that_was_removed_is_noted_and_its_summary_stays(of_twelve, empty_collection):
    summary = await of_twelve.says("/tomtat 1")
    before = summary.text
    await empty_collection.remove([(await empty_collection.documents())[0].key])
    assert await of_twelve.press(summary, "Dài") == VI.document_gone
    assert summary.text == before


async def test_a_document_of_the_list_leads_to_its_longer_summary(offline):
    listed = await offline.says("/tailieu")
    await offline.press(listed, "1")
    short = listed.text
    await offline.press(listed, VI.longer_summary)
    assert "✓ Vừa" in listed.labels
    assert listed.text != short


async def test_what_takes_several_messages_is_edited_in_all_of_them(empty_collection, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.telegram.rendering.pieces", partial(pieces, limit=900))
    sentence = f"Sông này {'rất dài và biển kia cũng rộng ' * 40}."
    await empty_collection.add([Document(f"{n}.txt", f"Sông {n}", sentence) for n in range(6)])
    async with offline_bot(empty_collection, tmp_path) as offline:
        await offline.says("/tomtat")
        five = [message for message in offline.an.chat.bot_messages if not message.deleted]
        await offline.press(five[-1], "▸ trang 2/2")
        one = [message for message in offline.an.chat.bot_messages if not message.deleted]
    assert len(five) > 1
    assert len(one) == 1


# --- Replies ----------------------------------------------------------------------------------------------------------


async def test_a_message_that_is_replied_to_is_summarised_under_it(offline):
    article = offline.an.write(ARTICLE)
    await offline.handle()
    summary = await offline.says("/tomtat", reply_to=article)
    assert summary.text.startswith(VI.about_text)
    assert summary.reply_to is article


async def test_somebody_elses_message_is_summarised_in_a_group_and_shown_longer(offline, group):
    article = offline.person("Chi")
    article.join(group)
    article = article.send(group, ARTICLE)
    offline.an.send(group, "/tomtat", reply_to=article)
    summary = await offline.said_in(group)
    assert summary.text.startswith(VI.about_text)
    assert summary.reply_to is article
    short = len(summary.text)
    await offline.press(summary, "Dài")
    assert len(summary.text) > short


async def test_a_message_that_was_deleted_cannot_be_summarised_again(offline, group):
    article = offline.an.send(group, ARTICLE)
    offline.an.send(group, "/tomtat", reply_to=article)
    summary = await offline.said_in(group)
    before = summary.text
    offline.an.delete(article)
    summary.reply_to = None
    assert await offline.press(summary, "Dài") == VI.text_not_kept
    assert summary.text == before


async def test_what_a_message_says_is_not_stored(offline, group, tmp_path):
    article = offline.an.send(group, ARTICLE)
    offline.an.send(group, "/tomtat", reply_to=article)
    summary = await offline.said_in(group)
    turn = await offline.chats.answers.turn(group.id, summary.id)
    assert turn.summarised.text is True
    assert "Tây Tạng" not in str(turn)


async def test_a_post_is_summarised_in_its_channel(offline):
    channel = offline.server.channel("Kênh", owner=offline.an)
    post = offline.an.send(channel, ARTICLE)
    offline.an.send(channel, "/tomtat", reply_to=post)
    assert (await offline.said_in(channel)).text.startswith(VI.about_text)


async def test_a_caption_is_summarised(offline):
    photo = offline.an.send_photo(offline.an.chat, caption=ARTICLE)
    await offline.handle()
    assert (await offline.says("/tomtat", reply_to=photo)).text.startswith(VI.about_text)


QUOTED = ARTICLE[ARTICLE.index("Mùa khô") : ARTICLE.index("Các nhà khoa học")]


async def test_of_a_message_that_is_quoted_in_part_that_part_is_summarised_at_any_length(offline, group):
    article = offline.an.send(group, ARTICLE)
    offline.an.send(group, "/tomtat", reply_to=article, quote=QUOTED.strip())
    summary = await offline.said_in(group)
    for button in ("", "Ngắn", "Dài"):
        if button:
            await offline.press(summary, button)
        assert summary.reply_to is article
        told = [line.removeprefix("• ") for line in summary.text.splitlines() if line.startswith("• ")]
        assert told
        assert all(sentence in QUOTED for sentence in told)


async def test_a_question_that_is_quoted_is_asked_with_the_bots_name(offline, group):
    said = offline.an.send(group, "Chào cả nhà. Kirill Dmitriev là ai? Mai gặp nhé.")
    offline.an.send(group, "@hoi_tai_lieu_bot", reply_to=said, quote="Kirill Dmitriev là ai?")
    assert "Dmitriev" in (await offline.said_in(group)).text


async def test_a_text_after_the_command_is_summarised_and_shown_longer_and_shorter(offline):
    summary = await offline.says(f"/tomtat\n{ARTICLE}")
    assert summary.text.startswith(VI.about_text)
    assert summary.reply_to is offline.an.chat.messages[-2]
    normal = len(summary.text)
    await offline.press(summary, "Ngắn")
    assert len(summary.text) < normal
    await offline.press(summary, "Dài")
    assert len(summary.text) > normal
    assert "/tomtat" not in summary.text


async def test_a_text_after_the_command_may_be_as_long_as_a_message(offline):
    summary = await offline.says(f"/tóm tắt {ARTICLE * 5}"[:4096])
    assert summary.text.startswith(VI.about_text)


async def test_a_text_after_the_command_is_summarised_in_a_group_too(offline, group):
    offline.an.send(group, f"/tomtat@hoi_tai_lieu_bot {ARTICLE}")
    summary = await offline.said_in(group)
    assert summary.text.startswith(VI.about_text)
    before = summary.text
    await offline.press(summary, "Dài")
    assert len(summary.text) > len(before)


async def test_an_edited_text_after_the_command_is_summarised_anew(offline):
    command = offline.an.write(f"/tomtat {ARTICLE}")
    summary = await offline.said_in(offline.an.chat)
    offline.an.edit(command, f"/tomtat {ARTICLE.replace('Tây Tạng', 'Thanh Hải')}")
    await offline.handle()
    assert offline.an.chat.bot_messages == [summary]
    await offline.press(summary, "Dài")
    assert "Tây Tạng" not in summary.text


async def test_in_reply_to_an_answer_its_document_is_summarised(offline, group, collection):
    offline.an.send(group, "/hoi Kirill Dmitriev là ai?")
    answer = await offline.said_in(group)
    offline.an.send(group, "/tomtat", reply_to=answer)
    summary = await offline.said_in(group)
    assert summary.labels == ["Ngắn", "✓ Vừa", "Dài", VI.other_documents]
    [title] = [source.title for source in await collection.documents() if source.title in answer.text]
    assert summary.text.startswith(title)


async def test_in_a_group_documents_are_summarised_where_they_are_named(offline, group):
    offline.an.send(group, "/tomtat tài liệu")
    glance = await offline.said_in(group)
    assert glance.labels == ["1", "2"]
    await offline.press(glance, "2", offline.person("Dung"))
    assert "✓ Vừa" in glance.labels
    await offline.press(glance, "Ngắn")
    assert "✓ Ngắn" in glance.labels


# --- Links ------------------------------------------------------------------------------------------------------------


async def test_a_link_opens_the_summary_of_a_document(offline, collection):
    _, second = await collection.documents()
    summary = await offline.says(f"/start {links.to_summary(second.key)}")
    assert summary.text.startswith(second.title)
    assert "✓ Vừa" in summary.labels


async def test_a_link_to_a_document_that_is_gone_says_which_there_are(offline):
    payload = links.to_summary("không có")
    assert (await offline.says(f"/start {payload}")).text == VI.choose_summary(2, True)
    assert payload.removeprefix("t-") == short_name("không có").removeprefix("d-")
