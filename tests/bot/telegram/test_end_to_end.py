"""The bot as it runs, polling a Telegram on loopback: what people in it see."""

import ssl
from contextlib import asynccontextmanager

import pytest
from telegram.request import HTTPXRequest

from bot.chats import Chats
from bot.settings import Settings, TelegramSettings
from bot.telegram.application import ALLOWED_UPDATES, build_application
from bot.telegram.inbox import Inbox
from bot.telegram.processor import Processor
from bot.texts import TEXTS, Language
from tests.bot.telegram.talk import TRIP
from tests.telegram_server.server import TelegramServer

VI = TEXTS[Language.VI]
SUPPLY = "trữ lượng đất hiếm của Nga là bao nhiêu?"
FACT = "3,8 triệu tấn"
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
async def server():
    async with TelegramServer() as server:
        yield server
        assert not server.refusals


@pytest.fixture
def start(server, collection, tmp_path, an):
    """Let An's bot run, for as long as a block lasts; what it keeps stays for the next time."""
    telegram = TelegramSettings(
        token=server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        questions_per_minute=0,
        admins=frozenset({an.id}),
    )

    @asynccontextmanager
    async def start():
        request = HTTPXRequest(connection_pool_size=16, httpx_kwargs={"verify": NO_CERTIFICATES})
        async with Chats.open(tmp_path / "chats.sqlite3") as chats:
            processor = Processor(Inbox(chats.updates))
            settings = Settings(telegram=telegram)
            application = build_application(settings, collection, chats, processor=processor, request=request)
            async with application:
                await application.start()
                await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
                yield application
                await application.updater.stop()
                await processor.finish(5)
                await application.stop()

    return start


@pytest.fixture
async def running(start):
    async with start() as application:
        yield application


@pytest.fixture
def an(server):
    return server.user("An")


@pytest.mark.usefixtures("running")
async def test_a_private_question_its_follow_up_and_its_edit(server, an):
    question = an.write("trữ lượng đất hiếm của Mỹ là bao nhiêu?")
    first = await server.bot_message(an.chat, after=question)
    follow_up = an.write("còn Nga thì sao?")
    second = await server.bot_message(an.chat, after=follow_up)
    assert second.text.startswith(VI.understood(SUPPLY))
    assert FACT in second.text
    an.edit(question, "Kirill Dmitriev là ai?")
    await server.edited(first)
    assert "Dmitriev" in first.text
    assert first.buttons


@pytest.mark.usefixtures("running")
async def test_a_group_with_topics(server, an):
    forum = server.supergroup("Diễn đàn", owner=an, topics=["Đất hiếm", "Khác"])
    an.send(forum, "chuyện khác", thread=forum.topic("Khác"))
    question = an.send(forum, f"/hoi {SUPPLY}", thread=forum.topic("Đất hiếm"))
    answer = await server.bot_message(forum, after=question)
    assert FACT in answer.text
    assert (answer.thread_id, answer.reply_to) == (forum.topic("Đất hiếm"), question)
    assert len(forum.bot_messages) == 1


@pytest.mark.usefixtures("running")
async def test_a_mention_and_a_reply(server, an):
    group = server.group("Nhóm", owner=an, bot=None)
    an.add_bot(group)
    hello = await server.bot_message(group)
    assert hello.text.startswith(VI.joined_group("@hoi_tai_lieu_bot", False))
    question = an.send(group, "@hoi_tai_lieu_bot trữ lượng đất hiếm của Mỹ là bao nhiêu")
    answer = await server.bot_message(group, after=question)
    assert answer.reply_to is question
    follow_up = an.send(group, "còn Nga?", reply_to=answer)
    assert FACT in (await server.bot_message(group, after=follow_up)).text


@pytest.mark.usefixtures("running")
async def test_a_channel_and_its_discussion(server, an):
    group = server.supergroup("Bàn luận", owner=an, bot="administrator")
    channel = server.channel("Kênh", owner=an, discussion=group)
    post = an.send(channel, f"/hoi {SUPPLY}")
    answer = await server.bot_message(channel, after=post)
    assert FACT in answer.text
    comment = an.send(group, "/hoi Kirill Dmitriev là ai?", reply_to=post.forwarded_as)
    below = await server.bot_message(group, after=comment)
    assert below.reply_to is comment
    assert len(channel.bot_messages) == 1
    assert [message for message in group.bot_messages if not message.forwarded_from] == [below]


@pytest.mark.usefixtures("running")
async def test_an_inline_query(server, an):
    query = an.inline(SUPPLY)
    answer = await query.answer()
    offered = next(result for result in answer.results if FACT in result["description"])
    group = server.group("Nhóm", owner=an, bot=None)
    message = await an.choose(query, offered["id"], group)
    assert FACT in message.text
    assert message.links


async def test_buttons_before_and_after_a_restart(server, start, an):
    async with start():
        question = an.write("đất hiếm")
        answer = await server.bot_message(an.chat, after=question)
        first = answer.text
        await an.press(answer, "answer:2").answer()
        assert answer.text != first
    async with start():
        await an.press(answer, "answer:1").answer()
        assert answer.text == first
        assert (await an.press(answer, "👎").answer()).text == VI.voted_down
        follow_up = an.write("/tiep")
        assert (await server.bot_message(an.chat, after=follow_up)).labels[1].startswith("2/")


async def test_a_question_asked_while_the_bot_was_away(server, start, an):
    question = an.write(SUPPLY)
    async with start():
        assert FACT in (await server.bot_message(an.chat, after=question)).text


@pytest.mark.usefixtures("running")
async def test_a_language_and_the_end_of_what_is_stored(server, an):
    answer = await server.bot_message(an.chat, after=an.write(SUPPLY))
    asked = await server.bot_message(an.chat, after=an.write("/xoadulieu"))
    await an.press(asked, VI.forget_mine).answer()
    assert asked.text == VI.forgotten
    assert (await an.press(answer, "👍").answer()).text == VI.gone
    chosen = await server.bot_message(an.chat, after=an.write("/ngonngu en"))
    assert chosen.text == TEXTS[Language.EN].language_chosen


@pytest.mark.usefixtures("running")
async def test_a_digest_in_a_group_and_privately_by_its_link(server, an):
    binh = server.user("Bình")
    group = server.supergroup("Nhóm", owner=an, members=[binh], bot="administrator")
    for text in TRIP:
        binh.send(group, text)
    command = an.send(group, "/tomtat")
    digest = await server.bot_message(group, after=command)
    assert "Ba Vì" in digest.text
    url = (await binh.press(digest, VI.send_privately).answer()).url
    opened = binh.write(f"/start {url.partition('=')[2]}")
    private = await server.bot_message(binh.chat, after=opened)
    assert private.text.startswith(VI.talk_of("Nhóm"))
    assert "Ba Vì" in private.text
    assert group.bot_messages == [digest]


async def test_a_file_is_answered_from_at_once_and_undone_after_a_restart(server, start, an, collection):
    text = "Lịch nghỉ\n\nPhòng kế toán nghỉ bù vào thứ sáu, ngày 12 tháng 9, và làm việc lại từ thứ hai."
    question = "phòng kế toán nghỉ bù vào thứ mấy?"
    async with start():
        sent = an.send_document(an.chat, text.encode(), "lịch nghỉ.txt")
        added = await server.bot_message(an.chat, after=sent)
        assert added.text.startswith(VI.added_document)
        asked = an.write(question)
        assert "thứ sáu" in (await server.bot_message(an.chat, after=asked)).text
    async with start():
        await an.press(added, VI.undo).answer()
        assert added.text == VI.undone("Lịch nghỉ", False)
        asked = an.write(question)
        assert "thứ sáu" not in (await server.bot_message(an.chat, after=asked)).text
    assert await collection.document("telegram/lịch nghỉ.txt") is None


async def test_a_file_sent_while_the_bot_was_away_is_added_once(server, start, an, collection):
    sent = an.send_document(an.chat, "Lịch trực\n\nChị Hạnh trực thứ bảy tuần này.".encode(), "truc.txt")
    async with start():
        added = await server.bot_message(an.chat, after=sent)
        await server.acknowledged()
        await an.press(added, VI.undo).answer()
    assert await collection.document("telegram/truc.txt") is None
