"""What of a group's or channel's talk is kept, and what is not."""

import datetime as dt
import logging
import sqlite3

import pytest
from telegram.error import Forbidden

from bot.chats.messages import Messages
from bot.texts import TEXTS, Language
from index.documents import Shared
from tests.bot.telegram.offline import offline_bot

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
QUESTION = "trữ lượng đất hiếm của Nga là bao nhiêu?"
FOREVER = 4_000_000_000.0
PLAN = "Thứ bảy này cả nhóm đi Ba Vì nhé"


@pytest.fixture
def binh(offline):
    return offline.server.user("Bình", last_name="Trần")


@pytest.fixture
def group(offline, binh):
    """A group in which the bot hears everything."""
    return offline.server.supergroup("Nhóm", owner=offline.an, members=[binh], bot="administrator")


@pytest.fixture
def channel(offline):
    return offline.server.channel("Kênh", owner=offline.an)


async def kept(offline, chat, topic=None):
    """What is kept of a chat, once everything is handled."""
    await offline.handle()
    return await offline.chats.messages.latest(chat.id, topic, 100, FOREVER)


async def texts(offline, chat, topic=None):
    return [post.text for post in await kept(offline, chat, topic)]


# --- What is kept -----------------------------------------------------------------------------------------------------


async def test_a_message_is_kept_with_who_said_it_when_and_where(offline, group, binh):
    said = binh.send(group, f"  {PLAN}\u200b ")
    [post] = await kept(offline, group)
    assert (post.key, post.text, post.person, post.author) == (
        f"{group.id}:{said.id}",
        PLAN,
        str(binh.id),
        "Bình Trần",
    )
    assert post.sent == dt.datetime.fromtimestamp(said.date, dt.UTC)
    assert post.link == f"https://t.me/c/{str(group.id)[4:]}/{said.id}"
    assert (post.reply_to, post.shared) == (None, ())
    assert not group.bot_messages


async def test_a_caption_is_what_a_picture_says(offline, group):
    offline.an.send_photo(group, caption=PLAN)
    assert await texts(offline, group) == [PLAN]


async def test_a_reply_names_what_it_replies_to_and_links_to_itself(offline, group, binh):
    first = offline.an.send(group, PLAN)
    second = binh.send(group, "Mấy giờ xuất phát?", reply_to=first)
    post = (await kept(offline, group))[1]
    assert post.reply_to == f"{group.id}:{first.id}"
    assert post.link == f"https://t.me/c/{str(group.id)[4:]}/{second.id}"


async def test_a_message_of_a_topic_is_kept_in_it_and_replies_to_nobody(offline):
    forum = offline.server.supergroup("Diễn đàn", owner=offline.an, topics=["Đi chơi"], bot="administrator")
    topic = forum.topic("Đi chơi")
    first = offline.an.send(forum, PLAN, thread=topic)
    offline.an.send(forum, "Mình đi được", reply_to=first)
    offline.an.send(forum, "Chuyện ở ngoài")
    one, two = await kept(offline, forum, topic)
    assert (one.reply_to, two.reply_to) == (None, one.key)
    assert one.link == f"https://t.me/c/{str(forum.id)[4:]}/{first.id}?thread={topic}"
    assert await texts(offline, forum) == ["Chuyện ở ngoài"]


async def test_a_public_chats_links_have_its_name_and_a_basic_group_has_none(offline):
    public = offline.server.supergroup("Công khai", owner=offline.an, bot="administrator", username="congkhai")
    small = offline.server.group("Nhỏ", owner=offline.an, bot="administrator")
    said = offline.an.send(public, PLAN)
    offline.an.send(small, PLAN)
    assert [post.link for post in await kept(offline, public)] == [f"https://t.me/congkhai/{said.id}"]
    assert [post.link for post in await kept(offline, small)] == [None]


async def test_who_speaks_as_a_chat_is_called_what_it_is(offline, group, binh):
    club = offline.server.channel("Câu lạc bộ", owner=offline.an)
    offline.an.promote(group, binh, anonymous=True)
    binh.send(group, "Từ quản trị viên")
    offline.an.send(group, "Từ một kênh", as_channel=club)
    assert [(post.author, post.person) for post in await kept(offline, group)] == [
        ("Nhóm", str(group.id)),
        ("Câu lạc bộ", str(club.id)),
    ]


async def test_a_channels_posts_are_kept_under_their_signature(offline, channel):
    offline.an.send(channel, "Không ký tên")
    channel.is_signed = True
    signed = offline.an.send(channel, "Có ký tên")
    posts = await kept(offline, channel)
    assert [(post.author, post.text, post.person) for post in posts] == [
        ("", "Không ký tên", str(channel.id)),
        ("An", "Có ký tên", str(channel.id)),
    ]
    assert posts[1].link == f"https://t.me/c/{str(channel.id)[4:]}/{signed.id}"


async def test_a_post_copied_into_the_discussion_group_is_said_by_the_channel(offline, group, binh):
    channel = offline.server.channel("Kênh", owner=offline.an, discussion=group)
    post = offline.an.send(channel, "Tin mới về đất hiếm")
    binh.send(group, "Hay quá, cảm ơn ban biên tập", reply_to=post.forwarded_as)
    copied, comment = await kept(offline, group)
    assert (copied.author, copied.person, copied.text) == ("Kênh", str(channel.id), "Tin mới về đất hiếm")
    assert comment.reply_to == copied.key
    assert await texts(offline, channel) == ["Tin mới về đất hiếm"]


# --- Links and files --------------------------------------------------------------------------------------------------


async def test_links_are_kept_once_each_whatever_stands_before_them(offline, group):
    text = "🎉🎉 Xem https://vnexpress.net/a và bài này, hoặc tuoitre.vn/b; lại https://vnexpress.net/a"
    offline.an.send(group, text, text_links={"bài này": "https://example.vn/c"})
    [post] = await kept(offline, group)
    assert post.shared == (
        Shared("https://vnexpress.net/a", "https://vnexpress.net/a"),
        Shared("bài này", "https://example.vn/c"),
        Shared("tuoitre.vn/b", "http://tuoitre.vn/b"),
    )


async def test_an_address_with_a_port_is_one_and_what_runs_or_writes_mail_is_none(offline, group):
    links = {"đây": "javascript:alert(1)", "kia": "mailto:lan@example.vn", "nữa": "example.vn:8080/a"}
    offline.an.send(group, "Xem đây, kia, và nữa nhé", text_links=links)
    assert [post.shared for post in await kept(offline, group)] == [(Shared("nữa", "http://example.vn:8080/a"),)]


async def test_links_in_captions_are_kept_and_what_opens_no_page_is_not(offline, group):
    offline.an.send_photo(group, caption="Ảnh ở https://example.vn/anh")
    offline.an.send(group, "Hỏi Lan hoặc lan@example.vn", text_links={"Lan": "tg://user?id=11"})
    assert [post.shared for post in await kept(offline, group)] == [
        (Shared("https://example.vn/anh", "https://example.vn/anh"),),
        (),
    ]


async def test_files_are_kept_by_name_without_a_word_too(offline, group):
    offline.an.send_document(group, b"%PDF", "Lịch trình.pdf")
    offline.an.send_audio(group, "Bài hát.mp3", caption="nghe thử nhé")
    offline.an.send_video(group, "Ba Vì.mp4")
    assert [(post.text, post.shared) for post in await kept(offline, group)] == [
        ("", (Shared("Lịch trình.pdf"),)),
        ("nghe thử nhé", (Shared("Bài hát.mp3"),)),
        ("", (Shared("Ba Vì.mp4"),)),
    ]


async def test_what_says_and_shares_nothing_is_not_kept(offline, group):
    offline.an.send_photo(group)
    offline.an.send_sticker(group)
    offline.an.send_voice(group)
    offline.an.send_video(group)
    offline.an.send_animation(group)
    offline.person("Chi").join(group)
    assert await kept(offline, group) == []


# --- What is not kept -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [f"/hoi {QUESTION}", "/lenhkhac gì đó", "/lenh@bot_khac", f"@hoi_tai_lieu_bot {QUESTION}", f"Bot ơi {QUESTION}"],
)
async def test_commands_and_what_is_said_to_the_bot_are_not_kept(offline, group, text):
    mentions = {"Bot": offline.server.bot} if text.startswith("Bot") else None
    offline.an.send(group, text, text_mentions=mentions)
    assert await kept(offline, group) == []


async def test_a_reply_to_the_bot_is_not_kept_in_a_group_or_channel(offline, group, channel):
    for chat in (group, channel):
        offline.an.send(chat, f"/hoi {QUESTION}")
        answer = await offline.said_in(chat)
        offline.an.send(chat, "còn Mỹ thì sao?", reply_to=answer)
        assert await kept(offline, chat) == []


async def test_what_the_bot_said_is_not_kept_by_any_way_back(offline, group, binh):
    channel = offline.server.channel("Kênh", owner=offline.an, discussion=group)
    offline.an.send(channel, f"/hoi {QUESTION}")
    assert await offline.said_in(channel)
    private = await offline.says(QUESTION)
    offline.an.forward(private, group)
    binh.send(group, PLAN)
    assert await texts(offline, group) == [PLAN]
    assert await texts(offline, channel) == []


async def test_what_is_sent_by_way_of_a_bot_is_not_kept(offline, group):
    query = offline.an.inline(QUESTION)
    await offline.handle()
    offer = (await query.answer(within=0)).results[0]
    await offline.an.choose(query, offer["id"], group)
    assert await kept(offline, group) == []


async def test_what_people_forward_is_kept(offline, group, binh):
    news = offline.server.channel("Báo", owner=offline.an, bot=None)
    offline.an.forward(offline.an.send(news, "Xăng tăng giá từ chiều nay"), group)
    assert [(post.author, post.text) for post in await kept(offline, group)] == [("An", "Xăng tăng giá từ chiều nay")]


async def test_nothing_of_a_private_chat_is_kept(offline):
    await offline.says(PLAN)
    assert await kept(offline, offline.an.chat) == []


async def test_without_days_nothing_is_kept(collection, tmp_path):
    async with offline_bot(collection, tmp_path, message_days=0) as offline:
        group = offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")
        offline.an.send(group, PLAN)
        assert await kept(offline, group) == []
        assert not (await offline.chats.privacy.stored_of_chat(group.id)).messages


async def test_where_the_bot_may_not_be_used_nothing_is_kept(collection, tmp_path):
    async with offline_bot(collection, tmp_path, chats=frozenset({-5})) as offline:
        group = offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")
        offline.an.send(group, PLAN)
        assert await kept(offline, group) == []


# --- Edits ------------------------------------------------------------------------------------------------------------


async def test_an_edited_message_is_kept_as_edited(offline, group):
    said = offline.an.send(group, PLAN)
    reply = offline.an.send(group, "Đi xe gì", reply_to=said)
    before = await kept(offline, group)
    offline.an.edit(reply, "Đi xe nào? https://example.vn/xe")
    after = await kept(offline, group)
    assert after[0] == before[0]
    assert (after[1].text, after[1].shared) == (
        "Đi xe nào? https://example.vn/xe",
        (Shared("https://example.vn/xe", "https://example.vn/xe"),),
    )
    assert (after[1].sent, after[1].reply_to) == (before[1].sent, before[1].reply_to)


async def test_an_edited_post_is_kept_as_edited_in_the_discussion_too(offline, group):
    channel = offline.server.channel("Kênh", owner=offline.an, discussion=group)
    post = offline.an.send(channel, "Tin cũ")
    offline.an.edit(post, "Tin đã sửa")
    assert await texts(offline, channel) == ["Tin đã sửa"]
    assert await texts(offline, group) == ["Tin đã sửa"]


async def test_what_is_edited_into_a_question_to_the_bot_is_kept_no_more(offline, group):
    said = offline.an.send(group, QUESTION)
    await offline.handle()
    offline.an.edit(said, f"@hoi_tai_lieu_bot {QUESTION}")
    assert await kept(offline, group) == []


async def test_what_was_erased_is_not_kept_again_when_it_is_edited(offline, group, binh):
    said = binh.send(group, PLAN)
    binh.send(group, "/xoadulieu xacnhan")
    await offline.handle()
    binh.edit(said, f"{PLAN}!")
    assert await kept(offline, group) == []


# --- Trouble ----------------------------------------------------------------------------------------------------------


async def test_a_failure_to_keep_is_logged_without_what_was_said_and_answers_go_on(offline, group, monkeypatch, caplog):
    async def fail(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Messages, "keep", fail)
    offline.an.send(group, PLAN)
    offline.an.send(group, f"/hoi {QUESTION}")
    assert "3,8 triệu tấn" in (await offline.said_in(group)).text
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.name == "bot.faults"
    assert "disk is full" in caplog.text
    assert PLAN not in caplog.text


# --- Choosing whether -------------------------------------------------------------------------------------------------


async def test_an_admin_has_what_was_kept_erased_and_nothing_kept(offline, group, binh):
    binh.send(group, PLAN)
    offline.an.send(group, "/luutin tắt")
    assert (await offline.said_in(group)).text == VI.talk_erased
    assert await kept(offline, group) == []
    binh.send(group, "Chuyện sau đó")
    assert await kept(offline, group) == []
    offline.an.send(group, "/keep on")
    assert (await offline.said_in(group)).text == VI.kept_for_digests(7)
    binh.send(group, "Chuyện sau nữa")
    assert await texts(offline, group) == ["Chuyện sau nữa"]


async def test_the_command_alone_tells_and_its_button_is_the_other_choice(offline, group, binh):
    binh.send(group, PLAN)
    offline.an.send(group, "/luutin")
    told = await offline.said_in(group)
    assert (told.text, told.labels) == (VI.kept_for_digests(7), [VI.stop_keeping_talk])
    assert await offline.press(told, VI.stop_keeping_talk, binh) == VI.not_yours
    await offline.press(told, VI.stop_keeping_talk)
    assert told.text == VI.talk_erased
    assert await kept(offline, group) == []
    offline.an.send(group, "/luutin")
    told = await offline.said_in(group)
    assert (told.text, told.labels) == (VI.not_kept_for_digests, [VI.keep_talk])
    await offline.press(told, VI.keep_talk)
    assert told.text == VI.kept_for_digests(7)


async def test_a_member_is_told_but_does_not_choose(offline, group, binh):
    binh.send(group, "/luutin")
    told = await offline.said_in(group)
    assert told.text == VI.kept_for_digests(7)
    await offline.press(told, VI.stop_keeping_talk, binh)
    assert told.text == VI.admins_only
    binh.send(group, "/luutin tat")
    assert (await offline.said_in(group)).text == VI.admins_only
    assert (await offline.chats.places.get(group.id)).keeps_talk


async def test_an_anonymous_admin_and_a_channels_post_choose(offline, group, channel, binh):
    offline.an.promote(group, binh, anonymous=True)
    binh.send(group, "/luutin tắt")
    assert (await offline.said_in(group)).text == VI.talk_erased
    offline.an.send(channel, PLAN)
    offline.an.send(channel, "/luutin tắt")
    assert (await offline.said_in(channel)).text == VI.talk_erased
    assert await kept(offline, channel) == []


async def test_in_private_it_is_said_to_be_for_groups(offline):
    assert (await offline.says("/luutin")).text == VI.in_groups_only


async def test_where_the_owner_keeps_nothing_it_is_said(collection, tmp_path):
    async with offline_bot(collection, tmp_path, message_days=0) as offline:
        group = offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")
        for text in ("/luutin", "/luutin bật"):
            offline.an.send(group, text)
            assert (await offline.said_in(group)).text == VI.never_kept_for_digests


async def test_the_choice_goes_along_when_the_group_moves(offline):
    group = offline.server.group("Nhóm", owner=offline.an, bot="administrator")
    offline.an.send(group, "/luutin tắt")
    await offline.handle()
    large = offline.an.migrate(group)
    offline.an.send(large, PLAN)
    assert await kept(offline, large) == []


async def test_forgetting_the_group_leaves_the_choice(offline, group, binh):
    offline.an.send(group, "/luutin tắt")
    offline.an.send(group, "/xoadulieu canhom")
    binh.send(group, PLAN)
    assert await kept(offline, group) == []


# --- Going, and being forgotten ---------------------------------------------------------------------------------------


async def test_where_the_bot_is_removed_what_was_said_is_erased(offline, group, channel):
    for chat in (group, channel):
        offline.an.send(chat, PLAN)
    assert await texts(offline, group) == [PLAN]
    offline.an.remove_bot(group)
    assert await kept(offline, group) == []
    assert await texts(offline, channel) == [PLAN]


async def test_where_telegram_tells_only_later_that_the_bot_is_out_it_is_erased_then(offline, group):
    offline.an.send(group, PLAN)
    assert await texts(offline, group) == [PLAN]
    offline.server.faults.refuse(403, "Forbidden: bot was kicked from the supergroup chat", "sendMessage")
    offline.an.send(group, f"/hoi {QUESTION}")
    with pytest.raises(Forbidden):
        await offline.handle()
    assert await offline.chats.messages.latest(group.id, None, 100, FOREVER) == []


async def test_what_was_said_before_a_group_moved_stays_and_goes_with_the_new_one(offline):
    group = offline.server.group("Nhóm", owner=offline.an, bot="administrator")
    first = offline.an.send(group, PLAN)
    large = offline.an.migrate(group)
    second = offline.an.send(large, "Chuyện sau đó")
    one, two = await kept(offline, large)
    assert (one.key, one.link) == (f"{group.id}:{first.id}", None)
    assert (two.key, two.link) == (f"{large.id}:{second.id}", f"https://t.me/c/{str(large.id)[4:]}/{second.id}")
    offline.an.remove_bot(large)
    assert await kept(offline, large) == []
    assert not (await offline.chats.privacy.stored_of_person(offline.an.id)).messages


async def test_a_member_is_forgotten_everywhere_and_nobody_else_is(offline, group, binh):
    other = offline.server.supergroup("Khác", owner=offline.an, members=[binh], bot="administrator")
    for chat in (group, other):
        binh.send(chat, "Mình bận mất rồi")
        offline.an.send(chat, PLAN)
    binh.send(group, "/xoadulieu")
    await offline.press(await offline.said_in(group), VI.forget_mine, binh)
    assert await texts(offline, group) == [PLAN]
    assert await texts(offline, other) == [PLAN]


async def test_a_group_is_forgotten_whoever_spoke(offline, group, channel, binh):
    for person in (offline.an, binh):
        person.send(group, PLAN)
    offline.an.send(channel, PLAN)
    offline.an.send(group, "/xoadulieu")
    await offline.press(await offline.said_in(group), VI.forget_group)
    assert await kept(offline, group) == []
    assert await texts(offline, channel) == [PLAN]


async def test_a_person_learns_how_many_of_their_messages_are_kept(offline, group):
    offline.an.send(group, PLAN)
    offline.an.send(group, "Ai đi được thì báo mình")
    await offline.handle()
    assert (await offline.says("/riengtu")).text.startswith(VI.kept(0, 0, 0, 2, 7))


# --- Telling that it is kept ------------------------------------------------------------------------------------------


async def test_a_new_group_and_channel_are_told_once_in_the_greeting(offline):
    group = offline.server.supergroup("Nhóm", owner=offline.an, bot=None)
    offline.an.add_bot(group, rights=["can_pin_messages"])
    hello = await offline.said_in(group)
    assert hello.text == f"{VI.joined_group('@hoi_tai_lieu_bot', True)}\n\n{VI.kept_for_digests(7)}"
    assert (await offline.chats.places.get(group.id)).told_of_keeping
    channel = offline.server.channel("Kênh", owner=offline.an, bot=None)
    offline.an.add_bot(channel)
    assert (await offline.said_in(channel)).text == f"{VI.joined_channel}\n\n{VI.kept_for_digests(7)}"
    offline.an.promote(group, offline.server.bot)
    assert await offline.said_in(group) is None


async def test_where_messages_are_hidden_it_says_how_to_change_that_and_tells_when_it_did(offline):
    group = offline.server.supergroup("Nhóm", owner=offline.an, bot=None)
    offline.an.add_bot(group)
    hello = await offline.said_in(group)
    assert hello.text == f"{VI.joined_group('@hoi_tai_lieu_bot', False)}\n\n{VI.make_me_admin}"
    offline.an.send(group, PLAN)
    assert await kept(offline, group) == []
    assert not (await offline.chats.places.get(group.id)).told_of_keeping
    offline.an.promote(group, offline.server.bot)
    assert (await offline.said_in(group)).text == VI.kept_for_digests(7)
    offline.an.send(group, PLAN)
    assert await texts(offline, group) == [PLAN]


async def test_where_nothing_is_kept_nothing_is_said_of_it(collection, tmp_path):
    async with offline_bot(collection, tmp_path, message_days=0) as offline:
        for rights, hears_all in ((None, False), (["can_pin_messages"], True)):
            group = offline.server.supergroup("Nhóm", owner=offline.an, bot=None)
            offline.an.add_bot(group, rights=rights)
            assert (await offline.said_in(group)).text == VI.joined_group("@hoi_tai_lieu_bot", hears_all)


async def test_the_greeting_in_a_channel_is_not_kept_in_its_discussion_group(offline, group):
    channel = offline.server.channel("Kênh", owner=offline.an, bot=None, discussion=group)
    offline.an.add_bot(channel)
    assert await offline.said_in(channel)
    assert await kept(offline, group) == []
