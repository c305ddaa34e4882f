import errno
from contextvars import ContextVar

import pytest

from bot.telegram.handlers import channels
from bot.texts import TEXTS, Language
from index.collection import Busy, Unwritable
from index.live_engine import NotWritten
from tests.bot.telegram.offline import offline_bot
from tests.telegram_server.server import TelegramServer

VI = TEXTS[Language.VI]
RICE = "Giá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua, theo hiệp hội lương thực."
RESTS = "Giá gạo xuất khẩu của các tỉnh đồng bằng đứng yên trong tháng qua, theo hiệp hội lương thực."
QUESTION = "giá gạo tăng bao nhiêu phần trăm?"


@pytest.fixture
async def owned(empty_collection, tmp_path):
    """A bot without documents, whose owner An is."""
    server = TelegramServer()
    an = server.user("An")
    async with offline_bot(empty_collection, tmp_path, server=server, admins=frozenset({an.id})) as offline:
        an.chat.started = an.user.seen = True
        offline.an = an
        yield offline


@pytest.fixture
async def channel(owned):
    """A channel of An's that publishes."""
    channel = owned.server.channel("Giá Gạo", owner=owned.an, username="giagao")
    owned.an.send(channel, "/kenhnguon bật")
    said = await owned.said_in(channel)
    assert said.text == VI.publishes
    return channel


async def test_posts_from_then_on_are_answered_from_with_their_link(owned, channel, empty_collection):
    post = owned.an.send(channel, f"GẠO TĂNG GIÁ\n{RICE}")
    assert await owned.said_in(channel) is None
    answer = await owned.says(QUESTION)
    assert "tăng 5%" in answer.text
    assert answer.links == {"GẠO TĂNG GIÁ – Giá Gạo": f"https://t.me/giagao/{post.id}"}
    (source,) = await empty_collection.documents()
    assert source.date is not None


async def test_a_caption_counts(owned, channel, empty_collection):
    owned.an.send_photo(channel, caption=RICE)
    await owned.handle()
    assert len(await empty_collection.documents()) == 1


async def test_an_edited_post_says_what_it_says_now_also_when_the_channel_was_renamed(owned, channel, empty_collection):
    post = owned.an.send(channel, RICE)
    await owned.handle()
    channel.username = "gaoviet"
    owned.an.edit(post, RESTS)
    await owned.handle()
    (source,) = await empty_collection.documents()
    assert source.url == f"https://t.me/gaoviet/{post.id}"
    assert "đứng yên" in (await empty_collection.document(source.key)).text


async def test_a_post_that_says_hardly_anything_is_left_out(owned, channel, empty_collection):
    post = owned.an.send(channel, RICE)
    owned.an.send(channel, "Chào buổi sáng!")
    await owned.handle()
    assert len(await empty_collection.documents()) == 1
    owned.an.edit(post, "(đã xoá)")
    await owned.handle()
    assert await empty_collection.documents() == []


async def test_what_the_owner_removed_stays_out_when_it_is_edited(owned, channel, empty_collection):
    post = owned.an.send(channel, RICE)
    await owned.handle()
    await empty_collection.remove(await empty_collection.keys())
    owned.an.edit(post, RESTS)
    await owned.handle()
    assert await empty_collection.documents() == []


async def test_turned_off_it_takes_no_more_and_asks_about_those_it_took(owned, channel, empty_collection):
    owned.an.send(channel, RICE)
    await owned.handle()
    owned.an.send(channel, "/kenhnguon tắt")
    asked = await owned.said_in(channel)
    assert asked.text == VI.publishes_no_more(1)
    assert asked.labels == [VI.remove_posts(1), VI.keep_posts]
    owned.an.send(channel, RESTS)
    await owned.handle()
    assert len(await empty_collection.documents()) == 1

    reader = owned.person("Bình")
    assert await owned.press(asked, VI.remove_posts(1), by=reader) == VI.not_yours
    await owned.press(asked, VI.remove_posts(1))
    assert asked.text == VI.posts_removed(1)
    assert await empty_collection.documents() == []


async def test_posts_that_were_taken_are_kept_where_that_is_wished(owned, channel, empty_collection):
    owned.an.send(channel, RICE)
    owned.an.send(channel, "/kenhnguon tắt")
    asked = await owned.said_in(channel)
    await owned.press(asked, VI.keep_posts)
    assert asked.text == VI.posts_kept(1)
    assert len(await empty_collection.documents()) == 1


async def test_other_channels_do_not_publish(owned, empty_collection):
    channel = owned.server.channel("Kênh khác", owner=owned.an)
    owned.an.send(channel, RICE)
    assert await owned.said_in(channel) is None
    assert await empty_collection.documents() == []
    owned.an.send(channel, "/kenhnguon")
    asked = await owned.said_in(channel)
    assert asked.text == VI.does_not_publish
    await owned.press(asked, VI.publish)
    assert asked.text == VI.publishes


async def test_a_channel_that_the_owner_does_not_manage_fills_nothing(owned, empty_collection):
    stranger = owned.person("Bình")
    channel = owned.server.channel("Kênh lạ", owner=stranger)
    stranger.send(channel, "/kenhnguon bật")
    assert (await owned.said_in(channel)).text == VI.not_trusted
    stranger.send(channel, RICE)
    await owned.handle()
    assert await empty_collection.documents() == []


async def test_a_channel_that_the_owner_has_named_may_publish(empty_collection, tmp_path):
    server = TelegramServer()
    stranger = server.user("Bình")
    channel = server.channel("Kênh", owner=stranger)
    async with offline_bot(empty_collection, tmp_path, server=server, chats=frozenset({channel.id})) as offline:
        stranger.send(channel, "/kenhnguon bật")
        assert (await offline.said_in(channel)).text == VI.publishes


@pytest.mark.parametrize("kind", ["private", "group"])
async def test_it_is_a_command_for_channels(owned, kind):
    chat = owned.an.chat if kind == "private" else owned.server.group("Nhóm", owner=owned.an)
    owned.an.send(chat, "/kenhnguon bật")
    assert (await owned.said_in(chat)).text == VI.in_channels_only


async def test_a_post_that_cannot_be_taken_just_now_is_no_error(owned, channel, monkeypatch, empty_collection):
    async def busy(*_, **__):
        raise Busy

    monkeypatch.setattr(empty_collection, "add", busy)
    owned.an.send(channel, RICE)
    assert await owned.said_in(channel) is None


async def test_a_post_waits_for_room_on_the_disk(owned, channel, monkeypatch, empty_collection):
    async def full(*_, **__):
        raise Unwritable("no space") from NotWritten(errno.ENOSPC, "no space")

    class Waiting:
        undelivered, rested = False, 0

        async def rest(self, pause):
            pause.close()
            self.rested += 1

    waiting = Waiting()
    monkeypatch.setattr(empty_collection, "add", full)
    monkeypatch.setattr(channels, "in_hand", ContextVar("in_hand", default=waiting))
    owned.an.send(channel, RICE)
    assert await owned.said_in(channel) is None
    assert waiting.undelivered
    assert waiting.rested == 1


async def test_what_becomes_a_document_is_told_where_privacy_is(owned):
    assert VI.becomes_documents in (await owned.says("/riengtu")).text
