"""Digests of a group's talk that are sent privately to members who ask for them."""

import pytest

from bot.texts import TEXTS, Language
from tests.bot.telegram.offline import offline_bot
from tests.bot.telegram.talk import DAY, REPORT, TRIP, Clock
from tests.telegram_server.server import TelegramServer

VI = TEXTS[Language.VI]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def binh(offline):
    """Someone who has never written to the bot in private."""
    return offline.server.user("Bình")


@pytest.fixture
def group(offline, binh):
    """A group in which the bot hears everything."""
    return offline.server.supergroup("Nhóm đi chơi", owner=offline.an, members=[binh], bot="administrator")


async def ask(offline, group, text, by=None):
    (by or offline.an).send(group, text)
    return await offline.said_in(group)


async def test_who_has_written_to_the_bot_gets_it_privately(offline, group, talk, clock):
    await offline.says("/start")
    talk(group, TRIP)
    said = await ask(offline, group, "/tomtat riêng")
    assert said.text == VI.sent_privately
    digest = offline.an.chat.bot_messages[-1]
    assert digest.text.startswith(VI.talk_of("Nhóm đi chơi"))
    assert "Ba Vì" in digest.text
    assert VI.send_privately not in digest.labels
    assert "Ba Vì" in (await ask(offline, group, "/tomtat")).text


async def test_the_button_sends_it_privately_and_leaves_the_group_alone(offline, group, talk):
    await offline.says("/start")
    talk(group, TRIP)
    digest = await ask(offline, group, "/tomtat")
    assert await offline.press(digest, VI.send_privately) == VI.sent_privately
    assert group.bot_messages == [digest]
    assert "Ba Vì" in offline.an.chat.bot_messages[-1].text


async def test_a_private_digest_has_its_lengths(offline, group, talk):
    await offline.says("/start")
    talk(group, TRIP)
    await ask(offline, group, "/tomtat riêng ngắn 1h")
    digest = offline.an.chat.bot_messages[-1]
    assert f"✓ {VI.lengths['short']}" in digest.labels
    await offline.press(digest, VI.lengths["long"])
    assert digest.text.startswith(VI.talk_of("Nhóm đi chơi"))
    assert f"✓ {VI.lengths['long']}" in digest.labels


async def opened(offline, person, url):
    """What the bot says when somebody opens a link."""
    person.write(f"/start {url.partition('?start=')[2]}")
    return await offline.said_in(person.chat)


async def test_who_never_wrote_to_the_bot_gets_a_link(offline, group, talk, binh):
    talk(group, TRIP)
    said = await ask(offline, group, "/tomtat riêng 1h", by=binh)
    assert said.text == VI.open_privately
    digest = await opened(offline, binh, said.buttons[0]["url"])
    assert digest.text.startswith(VI.talk_of("Nhóm đi chơi"))
    assert "Ba Vì" in digest.text


async def test_a_button_opens_the_link(offline, group, talk, binh):
    talk(group, TRIP)
    digest = await ask(offline, group, "/tomtat")
    query = binh.press(digest, VI.send_privately)
    await offline.handle()
    url = (await query.answer(within=0)).url
    assert url.startswith("https://t.me/hoi_tai_lieu_bot?start=s-")
    assert "Ba Vì" in (await opened(offline, binh, url)).text


async def test_who_has_blocked_the_bot_gets_a_link(offline, group, talk):
    await offline.says("/start")
    offline.an.chat.blocked = True
    talk(group, TRIP)
    offline.server.faults.forbid("sendMessage", chat=offline.an.chat)
    assert (await ask(offline, group, "/tomtat riêng")).text == VI.open_privately


async def link_of(offline, group, talk, binh):
    talk(group, TRIP)
    return (await ask(offline, group, "/tomtat riêng 1h", by=binh)).buttons[0]["url"]


async def test_a_link_is_for_who_asked_for_it(offline, group, talk, binh):
    url = await link_of(offline, group, talk, binh)
    assert (await opened(offline, offline.an, url)).text == VI.request_gone


@pytest.mark.parametrize("payload", ["s-", "s-x", "s-AAAAAAAAAAAAAAAAAAAAAAAA", "s-../../etc"])
async def test_a_forged_link_tells_nothing(offline, group, talk, binh, payload):
    await link_of(offline, group, talk, binh)
    said = await opened(offline, binh, f"?start={payload}")
    assert "Ba Vì" not in said.text


async def test_a_link_works_for_a_day(offline, group, talk, binh, clock):
    url = await link_of(offline, group, talk, binh)
    clock.now += DAY
    assert (await opened(offline, binh, url)).text == VI.request_gone


async def test_a_link_is_for_members(offline, group, talk, binh):
    url = await link_of(offline, group, talk, binh)
    binh.leave(group)
    assert (await opened(offline, binh, url)).text == VI.not_a_member


async def test_where_telegram_does_not_tell_who_is_a_member_nothing_is_told(offline, group, talk, binh):
    url = await link_of(offline, group, talk, binh)
    offline.server.faults.refuse(400, "Bad Request: member list is inaccessible", "getChatMember")
    assert (await opened(offline, binh, url)).text == VI.not_a_member


async def test_someone_restricted_is_a_member_as_long_as_they_are_in(offline, group, talk, binh):
    url = await link_of(offline, group, talk, binh)
    offline.an.restrict(group, binh)
    assert "Ba Vì" in (await opened(offline, binh, url)).text
    binh.leave(group)
    assert (await opened(offline, binh, url)).text == VI.not_a_member


async def test_a_private_digests_buttons_are_for_members_too(offline, group, talk, binh):
    digest = await opened(offline, binh, await link_of(offline, group, talk, binh))
    binh.leave(group)
    assert await offline.press(digest, VI.lengths["long"], by=binh) == VI.not_a_member


async def test_after_the_bot_has_left_a_link_tells_nothing(offline, group, talk, binh):
    url = await link_of(offline, group, talk, binh)
    offline.an.remove_bot(group)
    assert (await opened(offline, binh, url)).text == VI.request_gone


async def test_an_anonymous_admin_gets_it_by_the_button(offline, group, talk, binh):
    await offline.says("/start")
    offline.an.promote(group, binh, anonymous=True)
    talk(group, TRIP)
    said = await ask(offline, group, "/tomtat riêng 1h", by=binh)
    assert said.text == VI.who_asks
    assert await offline.press(said, VI.send_privately) == VI.sent_privately
    assert "Ba Vì" in offline.an.chat.bot_messages[-1].text


async def test_where_there_is_nothing_to_tell_nothing_is_sent(offline, group):
    await offline.says("/start")
    assert (await ask(offline, group, "/tomtat riêng")).text == VI.nothing_said_at_all


async def test_where_nothing_counts_that_is_said_in_the_group_and_nothing_is_sent(offline, group):
    hello = await offline.says("/start")
    offline.an.send(group, "chào cả nhà")
    assert "chưa có gì để tóm tắt" in (await ask(offline, group, "/tomtat riêng 1h")).text
    assert offline.an.chat.bot_messages == [hello]


async def test_where_who_asks_cannot_be_seen_among_the_members_the_group_is_not_told_that_it_was_sent(
    offline, group, talk
):
    hello = await offline.says("/start")
    talk(group, TRIP)
    offline.server.faults.refuse(400, "Bad Request: member list is inaccessible", "getChatMember", times=None)
    assert (await ask(offline, group, "/tomtat riêng 1h")).text == VI.not_a_member
    digest = await ask(offline, group, "/tomtat")
    assert await offline.press(digest, VI.send_privately) == VI.not_a_member
    assert offline.an.chat.bot_messages == [hello]


async def test_who_may_not_use_the_bot_in_private_is_not_sent_there(collection, tmp_path, clock):
    twin = TelegramServer()  # It numbers chats alike.
    number = twin.supergroup("Nhóm", owner=twin.user("An")).id
    async with offline_bot(collection, tmp_path, clock=clock, chats=frozenset({number})) as offline:
        group = offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")
        for text in TRIP:
            offline.an.send(group, text)
        assert (await ask(offline, group, "/tomtat riêng")).text == VI.not_in_private
        assert await offline.press(await ask(offline, group, "/tomtat"), VI.send_privately) == VI.not_in_private
        assert not offline.an.chat.bot_messages


async def test_a_refusal_is_said_in_the_language_of_the_group(offline, group, talk):
    await offline.says("/language en")
    talk(group, TRIP)
    offline.server.faults.refuse(400, "Bad Request: member list is inaccessible", "getChatMember", times=None)
    assert (await ask(offline, group, "/tomtat riêng 1h")).text == VI.not_a_member


async def test_the_pauses_button_sends_what_was_asked_for(offline, group, talk, clock):
    await offline.says("/start")
    clock.set(18, 8)
    talk(group, REPORT)
    clock.set(18, 15)
    talk(group, TRIP)
    await ask(offline, group, "/tomtat 1 giờ")
    said = await ask(offline, group, "/tomtat 12 giờ")
    assert await offline.press(said, VI.send_privately) == VI.sent_privately
    assert "doanh thu" in offline.an.chat.bot_messages[-1].text
