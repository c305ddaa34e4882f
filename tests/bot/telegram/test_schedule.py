import asyncio
import datetime as dt
from functools import partial

import pytest

from bot.settings import Settings, TelegramSettings
from bot.telegram.application import digests_of
from bot.telegram.schedule import DailyDigests
from bot.telegram.splitting import pieces
from bot.texts import TEXTS, Language
from tests.bot.telegram.talk import MINUTE, REPORT, TRIP, Clock

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]
EIGHT = dt.time(8)


@pytest.fixture
def clock():
    clock = Clock()
    clock.set(18, 7, 30)
    return clock


@pytest.fixture
def daily(offline, collection, clock):
    return daily_of(offline, collection, clock)


def daily_of(offline, collection, clock, *, settings=None, **pieces):
    settings = settings or Settings()
    digests = digests_of(settings, collection, offline.chats, offline.application.bot, clock=clock)
    return DailyDigests(offline.application.bot, settings, offline.chats, digests, clock=clock, **pieces)


@pytest.fixture
def group(offline):
    return offline.server.supergroup("Nhóm", owner=offline.an, bot="administrator")


@pytest.fixture
async def waiting(offline, group, clock):
    """A group with talk to tell of at eight; the time is half past seven."""
    await schedule(offline, group)
    await talk(offline, group)
    return clock


async def schedule(offline, chat, time="08:00", **kwargs):
    offline.an.send(chat, f"/lich {time}", **kwargs)
    await offline.handle()
    chat.store = {number: message for number, message in chat.store.items() if not message.by_bot}


async def talk(offline, chat, texts=TRIP, **kwargs):
    for text in texts:
        offline.an.send(chat, text, **kwargs)
    await offline.handle()


async def post(daily):
    await asyncio.gather(*await daily.begin())


async def test_a_digest_is_posted_at_its_time_once(offline, daily, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    clock.set(18, 7, 59)
    await post(daily)
    assert not group.bot_messages
    clock.set(18, 8)
    await post(daily)
    await post(daily)
    clock.now += 5 * MINUTE
    await post(daily)
    [digest] = group.bot_messages
    assert "Ba Vì" in digest.text
    assert digest.reply_to is None


async def test_the_next_day_it_goes_on_from_there(offline, daily, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    clock.set(18, 8)
    await post(daily)
    clock.set(18, 20)
    await talk(offline, group, REPORT)
    clock.set(19, 8)
    await post(daily)
    assert "doanh thu" in group.bot_messages[-1].text
    assert "Ba Vì" not in group.bot_messages[-1].text


async def test_the_same_after_a_restart(offline, collection, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    clock.set(18, 8)
    await post(daily_of(offline, collection, clock))
    await post(daily_of(offline, collection, clock))
    assert len(group.bot_messages) == 1


@pytest.mark.parametrize(("late", "posted"), [((8, 59), 1), ((9, 0), 1), ((9, 1), 0)])
async def test_it_is_late_by_an_hour_at_most(daily, group, waiting, late, posted):
    waiting.set(18, *late)
    await post(daily)
    assert len(group.bot_messages) == posted


async def test_over_midnight_it_may_be_late_too(offline, daily, group, clock):
    await schedule(offline, group, "23:50")
    await talk(offline, group)
    clock.set(19, 0, 20)
    await post(daily)
    await post(daily)
    assert len(group.bot_messages) == 1
    clock.set(19, 9)
    await talk(offline, group, REPORT)
    clock.set(19, 23, 50)
    await post(daily)
    assert len(group.bot_messages) == 2


async def test_a_time_that_has_passed_when_it_is_set_is_tomorrows(offline, daily, group, clock):
    clock.set(18, 8, 10)
    await talk(offline, group)
    await schedule(offline, group)
    await post(daily)
    assert not group.bot_messages
    clock.set(19, 8)
    await post(daily)
    assert len(group.bot_messages) == 1


async def test_where_nothing_new_counts_it_is_silent_for_the_day(offline, daily, group, clock):
    await schedule(offline, group)
    await talk(offline, group, ["ok", "👍"])
    clock.set(18, 8)
    await post(daily)
    await talk(offline, group)
    clock.set(18, 8, 10)
    await post(daily)
    assert not group.bot_messages


async def test_its_buttons_work_and_it_begins_a_pause(offline, daily, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    clock.set(18, 8)
    await post(daily)
    [digest] = group.bot_messages
    await offline.press(digest, VI.lengths["long"])
    assert f"✓ {VI.lengths['long']}" in digest.labels
    offline.an.send(group, "/tomtat 1 ngày")
    assert VI.send_privately in (await offline.said_in(group)).labels


async def test_a_long_one_is_one_answer_of_several_messages(offline, daily, group, clock, monkeypatch):
    monkeypatch.setattr("bot.telegram.rendering.pieces", partial(pieces, limit=300))
    await schedule(offline, group)
    await talk(offline, group, [*TRIP, *REPORT])
    clock.set(18, 8)
    await post(daily)
    assert len(group.bot_messages) > 1
    assert [bool(message.labels) for message in group.bot_messages[-2:]] == [False, True]
    await offline.press(group.bot_messages[-1], VI.lengths["short"])
    assert [message.text.startswith("Tóm tắt") for message in group.bot_messages].count(True) == 1


async def test_it_goes_to_its_topic(offline, daily, clock):
    forum = offline.server.supergroup("Diễn đàn", owner=offline.an, bot="administrator", topics=["Việc", "Chơi"])
    await schedule(offline, forum, thread=forum.topic("Việc"))
    await talk(offline, forum, REPORT, thread=forum.topic("Việc"))
    await talk(offline, forum, TRIP, thread=forum.topic("Chơi"))
    clock.set(18, 8)
    await post(daily)
    [digest] = forum.bot_messages
    assert digest.thread_id == forum.topic("Việc")
    assert "Ba Vì" not in digest.text


async def test_a_topic_that_was_deleted_has_no_schedule_any_more(offline, daily, clock, caplog):
    forum = offline.server.supergroup("Diễn đàn", owner=offline.an, bot="administrator", topics=["Việc"])
    topic = forum.topic("Việc")
    await schedule(offline, forum, thread=topic)
    await talk(offline, forum, REPORT, thread=topic)
    offline.an.delete_topic(forum, topic)
    clock.set(18, 8)
    await post(daily)
    assert await offline.chats.schedules.all() == []
    assert f"{forum.id}/{topic}" in caplog.text


async def test_where_the_bot_may_not_write_the_day_is_left_out(offline, daily, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    offline.an.restrict_bot(group)
    clock.set(18, 8)
    await post(daily)
    assert not group.bot_messages
    offline.an.promote(group, offline.server.bot)
    clock.set(18, 8, 1)
    await post(daily)
    assert not group.bot_messages
    clock.set(18, 20)
    await talk(offline, group)
    clock.set(19, 8)
    await post(daily)
    assert "Ba Vì" in group.bot_messages[-1].text


async def test_what_could_not_be_sent_is_tried_again_within_the_hour(offline, daily, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    clock.set(18, 8)
    trouble = offline.server.faults.refuse(409, "Conflict: try again", "sendMessage", times=None)
    await post(daily)
    assert not group.bot_messages
    trouble.cancel()
    clock.now += MINUTE
    await post(daily)
    assert len(group.bot_messages) == 1


async def resting(daily):
    """Wait until digests wait for Telegram's patience."""
    while not any(posting.resting for posting in daily._under_way.values()):  # noqa: ASYNC110  # Nothing tells of it.
        await asyncio.sleep(0)


async def test_what_waits_for_telegrams_patience_is_begun_once_and_its_day_is_not_done_with(
    offline, daily, group, waiting
):
    waiting.set(18, 8)
    offline.server.faults.flood("sendMessage", retry_after=600, chat=group)
    [task] = await daily.begin()
    await resting(daily)
    assert await daily.begin() == [task]
    assert (await offline.chats.schedules.of(str(group.id))).handled < dt.date(2026, 11, 18)
    task.cancel()


async def test_when_the_bot_stops_telegrams_patience_is_not_waited_for(offline, collection, group, waiting):
    waiting.set(18, 8)
    looked = []

    async def sleep(seconds):
        looked.append(seconds)
        if len(looked) > 1:
            await asyncio.Event().wait()

    daily = daily_of(offline, collection, waiting, sleep=sleep)
    offline.server.faults.flood("sendMessage", retry_after=600, chat=group)
    running = asyncio.create_task(daily.run())
    await resting(daily)
    running.cancel()
    await asyncio.wait([running])
    assert (await offline.chats.schedules.of(str(group.id))).handled < dt.date(2026, 11, 18)


async def test_when_the_bot_stops_what_is_being_sent_is_sent(offline, collection, group, waiting):
    waiting.set(18, 8)
    looked = []

    async def sleep(seconds):
        looked.append(seconds)
        if len(looked) > 1:
            await asyncio.Event().wait()

    daily = daily_of(offline, collection, waiting, sleep=sleep)
    held = offline.server.faults.hold("sendMessage", chat=group)
    running = asyncio.create_task(daily.run())
    await offline.server.wait_for(lambda: held.hits)
    running.cancel()
    await asyncio.sleep(0)
    held.cancel()
    await asyncio.wait([running])
    assert len(group.bot_messages) == 1
    assert await offline.chats.digests.of(str(group.id))


async def test_a_schedule_that_ends_while_its_digest_waits_sends_nothing(offline, daily, group, waiting, monkeypatch):
    waiting.set(18, 8)
    claim = offline.chats.schedules.claim

    async def end_first(schedule, day):
        await offline.chats.schedules.remove(schedule.place)
        return await claim(schedule, day)

    monkeypatch.setattr(type(offline.chats.schedules), "claim", lambda _, *arguments: end_first(*arguments))
    await post(daily)
    assert not group.bot_messages


@pytest.mark.parametrize(
    ("named", "posted"),
    [({}, 1), ({"chats": {"group"}}, 1), ({"users": {"an"}}, 1), ({"chats": {"other"}}, 0), ({"users": {"other"}}, 0)],
)
async def test_it_goes_only_where_the_owner_lets_the_bot_be_used(  # noqa: PLR0917
    offline, collection, group, waiting, named, posted, caplog
):
    numbers = {"group": group.id, "an": offline.an.id, "other": 5}
    allowed = {kind: frozenset(numbers[name] for name in names) for kind, names in named.items()}
    waiting.set(18, 8)
    daily = daily_of(offline, collection, waiting, settings=Settings(telegram=TelegramSettings(**allowed)))
    await post(daily)
    await post(daily)
    assert len(group.bot_messages) == posted
    assert caplog.text.count("do not let") == 1 - posted


async def test_that_messages_are_kept_counts_as_told_when_it_was_sent(offline, daily, group, waiting):
    waiting.set(18, 8)
    trouble = offline.server.faults.refuse(409, "Conflict: try again", "sendMessage", times=None)
    await post(daily)
    trouble.cancel()
    await post(daily)
    assert VI.kept_for_digests(7) in group.bot_messages[0].text
    assert (await offline.chats.places.get(group.id)).told_of_keeping


async def test_what_fails_for_another_reason_is_left_out_for_the_day(daily, group, waiting, monkeypatch, caplog):
    async def fail(*_):
        raise ValueError("broken")

    waiting.set(18, 8)
    monkeypatch.setattr("bot.digests.Digests.new_talk", fail)
    await asyncio.gather(*await daily.begin(), return_exceptions=True)
    monkeypatch.undo()
    await post(daily)
    assert not group.bot_messages
    assert "a daily digest failed" in caplog.text


async def test_a_group_that_became_a_supergroup_has_its_schedule_there(offline, daily, clock):
    group = offline.server.group("Nhóm", owner=offline.an, bot="administrator")
    await schedule(offline, group)
    await talk(offline, group)
    supergroup = offline.an.migrate(group)
    clock.set(18, 8)
    await post(daily)  # Telegram tells of it only now.
    assert "Ba Vì" in supergroup.bot_messages[0].text
    assert [one.place for one in await offline.chats.schedules.all()] == [str(supergroup.id)]


async def test_when_the_bot_has_left_nothing_is_posted(offline, daily, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    offline.an.remove_bot(group)
    await offline.handle()
    clock.set(18, 8)
    await post(daily)
    assert await offline.chats.schedules.all() == []
    assert not offline.server.calls("sendMessage", chat=group)[1:]


async def test_no_group_waits_for_telegrams_patience_with_another(offline, daily, group, clock):
    other = offline.server.supergroup("Khác", owner=offline.an, bot="administrator")
    for chat in (group, other):
        await schedule(offline, chat)
        await talk(offline, chat)
    clock.set(18, 8)
    held = offline.server.faults.hold("sendMessage", chat=group)
    under_way = await daily.begin()
    await offline.server.bot_messages(other, 1)
    assert not group.bot_messages
    held.cancel()
    await asyncio.gather(*under_way)
    assert len(group.bot_messages) == 1


async def test_the_language_chosen_there_is_spoken(offline, daily, group, clock):
    await schedule(offline, group)
    await offline.chats.places.choose_language(group.id, Language.EN)
    await talk(offline, group)
    clock.set(18, 8)
    await post(daily)
    assert EN.send_privately in group.bot_messages[0].labels


async def test_it_looks_every_minute_until_it_is_stopped(offline, collection, group, clock):
    await schedule(offline, group)
    await talk(offline, group)
    slept = []

    async def sleep(seconds):
        slept.append(seconds)
        clock.now += seconds
        await asyncio.sleep(0)
        if clock.moment.time() > EIGHT:
            await offline.server.bot_messages(group, 1)
            raise asyncio.CancelledError

    clock.now += 20
    with pytest.raises(asyncio.CancelledError):
        await daily_of(offline, collection, clock, sleep=sleep).run()
    assert slept[:3] == [5.0, 35.0, 60.0]
    assert len(group.bot_messages) == 1
