"""Digests of talk as people in groups and channels have them."""

import datetime as dt

import pytest

from bot.chats.places import TOLD_OF_KEEPING
from bot.digests import PAUSE
from bot.texts import TEXTS, Language
from tests.bot.telegram.offline import offline_bot
from tests.bot.telegram.talk import DAY, HOUR, REPORT, TRIP, Clock

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]


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


@pytest.fixture
def forum(offline, binh):
    return offline.server.supergroup(
        "Diễn đàn", owner=offline.an, members=[binh], bot="administrator", topics=["Đi chơi", "Việc"]
    )


@pytest.fixture
def two_days(group, talk, clock):
    """Yesterday they talked of a trip in the evening, today of a report in the small hours."""
    clock.set(17, 23, 30)
    talk(group, TRIP)
    clock.set(18, 4, 30)
    talk(group, REPORT)


async def ask(offline, chat, text, by=None, **kwargs):
    (by or offline.an).send(chat, text, **kwargs)
    return await offline.said_in(chat)


# --- What is told -----------------------------------------------------------------------------------------------------


async def test_a_group_is_told_what_was_said_in_the_last_day(offline, group, talk, clock):
    offline.an.send(group, REPORT[0])
    clock.now += DAY + HOUR
    talk(group, TRIP)
    digest = await ask(offline, group, "/tomtat")
    assert "Ba Vì" in digest.text
    assert "Bình" in digest.text
    assert "báo cáo" not in digest.text.lower()
    assert f"https://t.me/c/{str(group.id)[4:]}/3" in digest.links.values()
    assert digest.labels == [
        VI.lengths[length] if length != "normal" else f"✓ {VI.lengths[length]}" for length in VI.lengths
    ] + [VI.send_privately]


@pytest.mark.parametrize(
    "command", ["/tóm tắt", "/summary", "/digest", "/tomtat@hoi_tai_lieu_bot", "@hoi_tai_lieu_bot /tomtat"]
)
async def test_the_command_has_its_names(offline, group, talk, command):
    talk(group, TRIP)
    assert "Ba Vì" in (await ask(offline, group, command)).text


async def test_the_next_digest_goes_on_where_the_last_one_ended(offline, group, talk, clock):
    talk(group, TRIP)
    await ask(offline, group, "/tomtat")
    clock.now += PAUSE
    talk(group, REPORT)
    digest = await ask(offline, group, "/tomtat")
    assert "doanh thu" in digest.text
    assert "Ba Vì" not in digest.text


async def test_a_digest_that_leaves_a_gap_does_not_count_as_telling_it(offline, group, talk, clock):
    await offline.chats.digests.note(str(group.id), since=0, until=clock(), link=None)
    clock.now += PAUSE
    talk(group, TRIP)
    clock.now += 3 * HOUR
    talk(group, REPORT)
    assert "Ba Vì" not in (await ask(offline, group, "/tomtat 1h")).text
    clock.now += PAUSE
    assert "Ba Vì" in (await ask(offline, group, "/tomtat")).text


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("2", False),
        ("5 tin", True),
        ("1h", False),
        ("6 giờ", True),
        ("hôm nay", False),
        ("hôm qua", True),
        ("2 days", True),
    ],
)
async def test_so_much_is_told_as_is_asked_for(offline, group, two_days, argument, told):
    digest = await ask(offline, group, f"/tomtat {argument}")
    assert ("Ba Vì" in digest.text) is told
    assert ("doanh thu" in digest.text) is (argument != "hôm qua")


async def test_a_digest_says_that_messages_are_kept_for_some_days_only(offline, group, talk):
    talk(group, TRIP)
    assert (await ask(offline, group, "/tomtat 3 tuần")).text.count(VI.kept_only(7)) == 1


async def test_the_first_digest_of_all_says_that_messages_are_kept(offline, group, talk, clock):
    talk(group, TRIP)
    assert VI.kept_for_digests(7) in (await ask(offline, group, "/tomtat")).text
    clock.now += PAUSE
    assert VI.kept_for_digests(7) not in (await ask(offline, group, "/tomtat 1 ngày")).text


async def test_a_topic_is_told_what_was_said_in_it(offline, forum, talk):
    talk(forum, TRIP, thread=forum.topic("Đi chơi"))
    talk(forum, REPORT, thread=forum.topic("Việc"))
    talk(forum, ["Nội quy diễn đàn: không đăng quảng cáo bán hàng dưới mọi hình thức"])
    there = await ask(offline, forum, "/tomtat", thread=forum.topic("Việc"))
    assert there.thread_id == forum.topic("Việc")
    assert "doanh thu" in there.text
    assert "Ba Vì" not in there.text
    assert "quảng cáo" not in there.text
    general = await ask(offline, forum, "/tomtat")
    assert "quảng cáo" in general.text
    assert "doanh thu" not in general.text


async def test_another_chats_talk_is_not_told(offline, group, talk):
    other = offline.server.supergroup("Khác", owner=offline.an, bot="administrator")
    offline.an.send(other, REPORT[0])
    talk(group, TRIP)
    assert "doanh thu" not in (await ask(offline, group, "/tomtat 1 tuần")).text


async def test_a_supergroup_is_told_what_was_said_when_it_was_a_group(offline, binh, talk, clock):
    group = offline.server.group("Nhóm", owner=offline.an, members=[binh], bot="administrator")
    talk(group, TRIP)
    await ask(offline, group, "/tomtat")
    talk(group, REPORT)
    clock.now += PAUSE
    supergroup = offline.an.migrate(group)
    await offline.handle()
    assert "doanh thu" in (await ask(offline, supergroup, "/tomtat")).text
    clock.now += PAUSE
    assert "Ba Vì" in (await ask(offline, supergroup, "/tomtat 1 ngày")).text


async def test_a_channel_is_told_its_own_posts(offline, talk):
    channel = offline.server.channel("Kênh", owner=offline.an)
    talk(channel, [*TRIP, *REPORT])
    digest = await ask(offline, channel, "/tomtat 1 ngày")
    assert "Ba Vì" in digest.text
    assert digest.chat is channel


async def test_the_documents_are_summarised_in_a_group_too(offline, group, talk):
    talk(group, TRIP)
    assert "đất hiếm" in (await ask(offline, group, "/tomtat tài liệu")).text


async def test_english_is_spoken_where_it_was_chosen(offline, group, talk):
    await offline.chats.places.choose_language(group.id, Language.EN)
    talk(group, TRIP)
    assert (await ask(offline, group, "/summary 1h")).labels[-1] == EN.send_privately


async def test_what_is_said_after_a_digest_is_not_lost_though_telegrams_clock_is_behind(offline, group, talk, clock):
    talk(group, TRIP)
    offline.server.world.clock = lambda: clock() - 10
    await ask(offline, group, "/tomtat")
    talk(group, REPORT[:1])
    clock.now += PAUSE
    assert "Đà Nẵng" in (await ask(offline, group, "/tomtat")).text


async def test_what_is_said_in_the_second_of_the_last_message_told_is_told_next(offline, group, binh, clock):
    for text in TRIP:
        binh.send(group, text)
    await ask(offline, group, "/tomtat")
    binh.send(group, REPORT[0])
    clock.now += PAUSE
    digest = await ask(offline, group, "/tomtat")
    assert "doanh thu" in digest.text
    assert "Ba Vì" not in digest.text


async def test_that_messages_are_kept_is_said_as_long_as_the_first_digest_is_shown(offline, group, talk):
    talk(group, TRIP)
    digest = await ask(offline, group, "/tomtat")
    for length in ("long", "short", "normal"):
        await offline.press(digest, VI.lengths[length])
        assert digest.text.count(VI.kept_for_digests(7)) == 1


async def test_where_more_was_said_than_can_be_told_the_latest_is_and_it_says_so(
    offline, group, talk, clock, monkeypatch
):
    monkeypatch.setattr("bot.digests.MOST_POSTS", len(TRIP))
    talk(group, TRIP)
    assert "tin gần nhất" not in (await ask(offline, group, "/tomtat")).text
    clock.now += PAUSE
    talk(group, REPORT[:1])
    digest = await ask(offline, group, "/tomtat 1 ngày")
    assert digest.text.splitlines()[0].endswith(f"(nhiều quá nên mình chỉ đọc {len(TRIP)} tin gần nhất)")
    assert TRIP[0] not in digest.text


async def test_who_hides_their_name_is_told_by_the_time_alone(offline, group):
    blank = offline.server.user("\u3164")
    blank.join(group)
    blank.send(group, TRIP[0])
    assert f"• 18/11 15:30: {TRIP[0]}" in (await ask(offline, group, "/tomtat")).text


# --- Nothing to tell --------------------------------------------------------------------------------------------------


async def test_a_chat_in_which_nothing_was_said_yet(offline, group):
    assert (await ask(offline, group, "/tomtat")).text == VI.nothing_said_at_all


async def test_nothing_since_the_last_digest(offline, group, talk, clock):
    talk(group, TRIP)
    await ask(offline, group, "/tomtat")
    clock.now += HOUR
    said = (await ask(offline, group, "/tomtat")).text
    assert said.startswith("Từ 15:32 ngày 18/11 đến giờ")
    assert "/tomtat 2 ngày" in said


async def test_nothing_yesterday_is_said_of_yesterday_alone(offline, group, talk):
    talk(group, TRIP)
    said = (await ask(offline, group, "/tomtat hôm qua")).text
    assert "Từ 0:00 ngày 17/11 đến 0:00 ngày 18/11" in said
    assert "đến giờ" not in said


async def test_greetings_and_stickers_are_nothing_to_tell_of(offline, group):
    for text in ("chào cả nhà", "ok", "👍👍"):
        offline.an.send(group, text)
    offline.an.send_sticker(group)
    assert "chưa có gì để tóm tắt" in (await ask(offline, group, "/tomtat 1h")).text


async def test_where_telegram_hides_the_messages_it_says_how_to_change_that(offline, binh):
    group = offline.server.supergroup("Nhóm", owner=offline.an, members=[binh])
    offline.an.send(group, TRIP[0])
    assert (await ask(offline, group, "/tomtat")).text == f"{VI.cannot_hear}\n\n{VI.how_to_hear}"


async def test_where_nothing_is_to_be_kept_it_says_who_can_change_that(offline, group, collection, tmp_path, clock):
    await ask(offline, group, "/luutin tắt")
    assert (await ask(offline, group, "/tomtat")).text == VI.not_kept_for_digests
    async with offline_bot(collection, tmp_path / "other", clock=clock, message_days=0) as silent:
        group = silent.server.supergroup("Nhóm", owner=silent.an, bot="administrator")
        silent.an.send(group, TRIP[0])
        assert (await ask(silent, group, "/tomtat 2 ngày")).text == VI.never_kept_for_digests


# --- What cannot be understood ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("0", VI.nothing_to_tell_of),
        ("0h", VI.nothing_to_tell_of),
        ("99999", VI.too_many_posts(2000)),
        ("tối nay", VI.still_ahead),
        ("con mèo", VI.unclear_period("con mèo")),
        ("-5", VI.unclear_period("-5")),
        ("x" * 100, VI.unclear_period("x" * 40 + "…")),
        ("riêng con mèo", VI.unclear_period("con mèo")),
    ],
)
async def test_a_wrong_time_or_number(offline, group, talk, argument, said):
    talk(group, TRIP)
    assert (await ask(offline, group, f"/tomtat {argument}")).text == said


# --- The pause --------------------------------------------------------------------------------------------------------


async def test_between_two_digests_there_is_a_pause(offline, group, binh, talk, clock):
    talk(group, TRIP)
    digest = await ask(offline, group, "/tomtat")
    posted = clock.moment
    clock.now += 20
    said = await ask(offline, group, "/tomtat 1 ngày", by=binh)
    assert said.text == VI.pause(posted, f"https://t.me/c/{str(group.id)[4:]}/{digest.id}", round(PAUSE) - 20)
    assert said.labels == [VI.send_privately]
    clock.now += PAUSE
    assert "Ba Vì" in (await ask(offline, group, "/tomtat 1 ngày")).text


async def test_a_topic_has_a_pause_of_its_own(offline, forum, talk):
    talk(forum, TRIP, thread=forum.topic("Đi chơi"))
    talk(forum, REPORT, thread=forum.topic("Việc"))
    await ask(offline, forum, "/tomtat", thread=forum.topic("Đi chơi"))
    assert "doanh thu" in (await ask(offline, forum, "/tomtat", thread=forum.topic("Việc"))).text


async def test_saying_that_there_is_nothing_begins_no_pause(offline, group, talk):
    await ask(offline, group, "/tomtat")
    talk(group, TRIP)
    assert "Ba Vì" in (await ask(offline, group, "/tomtat")).text


async def test_a_clock_that_was_set_back_makes_no_long_pause(offline, group, talk, clock):
    await offline.chats.digests.note(str(group.id), since=0, until=0, link=None)
    clock.now -= DAY
    talk(group, TRIP)
    assert "Ba Vì" in (await ask(offline, group, "/tomtat 1h")).text


async def test_the_pause_offers_no_button_for_what_it_could_not_hold(offline, group, talk):
    talk(group, TRIP)
    await ask(offline, group, "/tomtat")
    said = await ask(offline, group, "/tomtat " + "٠" * 38 + "٥")
    assert said.text.startswith("Ở đây vừa có bản tóm tắt")
    assert said.labels == []


# --- Lengths ----------------------------------------------------------------------------------------------------------


async def test_a_button_shows_the_same_talk_in_another_length(offline, group, talk, clock):
    await offline.chats.places.choose(group.id, TOLD_OF_KEEPING, value=True)
    talk(group, [*TRIP, *REPORT] * 3)
    digest = await ask(offline, group, "/tomtat")
    clock.now += HOUR
    offline.an.send(group, "Tin sau bản tóm tắt: mai họp lúc 9 giờ ở phòng 301 nhé mọi người")
    before = digest.text
    await offline.press(digest, VI.lengths["long"])
    assert len(digest.text) >= len(before)
    assert "phòng 301" not in digest.text
    assert f"✓ {VI.lengths['long']}" in digest.labels
    assert group.bot_messages == [digest]
    assert "phòng 301" in (await ask(offline, group, "/tomtat")).text


async def test_a_length_can_be_typed_with_the_time(offline, group, talk):
    talk(group, TRIP)
    assert f"✓ {VI.lengths['short']}" in (await ask(offline, group, "/tomtat ngắn 1 ngày")).labels


async def test_a_reply_to_a_digest_tells_the_same_talk(offline, group, talk, clock):
    talk(group, TRIP)
    digest = await ask(offline, group, "/tomtat")
    clock.now += PAUSE
    talk(group, REPORT)
    again = await ask(offline, group, "/tomtat dài", reply_to=digest)
    assert "Ba Vì" in again.text
    assert "doanh thu" not in again.text


async def test_a_length_alone_is_about_the_last_digest_that_one_had(offline, group, talk, clock):
    talk(group, TRIP)
    await ask(offline, group, "/tomtat")
    clock.now += PAUSE
    talk(group, REPORT)
    again = await ask(offline, group, "/tomtat dài")
    assert "Ba Vì" in again.text
    assert "doanh thu" not in again.text


async def test_an_edited_command_edits_its_digest_without_a_pause(offline, group, talk):
    talk(group, TRIP)
    command = offline.an.send(group, "/tomtat 1h")
    digest = await offline.said_in(group)
    offline.an.edit(command, "/tomtat ngắn")
    await offline.handle()
    assert group.bot_messages == [digest]
    assert f"✓ {VI.lengths['short']}" in digest.labels


async def test_a_digest_that_takes_the_place_of_another_reply_counts_as_posted(offline, group, talk, clock):
    talk(group, TRIP)
    command = offline.an.send(group, "/tomtat con mèo")
    said = await offline.said_in(group)
    offline.an.edit(command, "/tomtat")
    await offline.handle()
    assert "Ba Vì" in said.text
    assert (await ask(offline, group, "/tomtat 1h")).text.startswith("Ở đây vừa có bản tóm tắt")
    clock.now += PAUSE
    talk(group, REPORT)
    assert "Ba Vì" not in (await ask(offline, group, "/tomtat")).text


async def test_a_button_whose_messages_are_not_kept_any_more_says_so_and_changes_nothing(offline, group, talk, clock):
    talk(group, TRIP)
    digest = await ask(offline, group, "/tomtat")
    clock.now += 8 * DAY
    assert await offline.press(digest, VI.lengths["long"]) == VI.talk_gone
    assert "Ba Vì" in digest.text


# --- Help -------------------------------------------------------------------------------------------------------------


async def test_the_help_in_a_group_tells_of_its_talk(offline, group):
    assert VI.help_with_talk in (await ask(offline, group, "/trogiup")).text
    assert VI.help_with_talk not in (await offline.says("/trogiup")).text


async def test_the_help_in_a_group_says_how_to_ask_there_and_names_what_is_of_use_there(offline, group):
    said = (await ask(offline, group, "/trogiup")).text
    assert said.startswith(VI.help_in_group)
    assert "/lich" in said
    assert "/batdau" not in said


# --- Schedules --------------------------------------------------------------------------------------------------------


async def test_an_admin_sets_tells_and_ends_a_schedule(offline, group, clock):
    assert (await ask(offline, group, "/lich")).text == VI.no_schedule
    assert (await ask(offline, group, "/lich 8h30 tối")).text == VI.scheduled(dt.time(20, 30), True)
    assert (await ask(offline, group, "/lịch")).text == VI.schedule_is(dt.time(20, 30))
    assert (await ask(offline, group, "/schedule 08:00")).text == VI.scheduled(dt.time(8), False)
    assert (await ask(offline, group, "/lich tắt")).text == VI.schedule_ended
    assert (await ask(offline, group, "/lich tat")).text == VI.no_schedule


async def test_a_schedule_is_the_admins_to_choose_and_everybodys_to_see(offline, group, binh):
    assert (await ask(offline, group, "/lich 08:00", by=binh)).text == VI.admins_only
    assert (await ask(offline, group, "/lich tắt", by=binh)).text == VI.admins_only
    assert (await ask(offline, group, "/lich", by=binh)).text == VI.no_schedule
    offline.an.promote(group, binh, anonymous=True)
    assert "08:00" in (await ask(offline, group, "/lich 08:00", by=binh)).text


@pytest.mark.parametrize("time", ["24:00", "25:00", "8:75", "sớm"])
async def test_a_wrong_time_sets_nothing(offline, group, time):
    assert (await ask(offline, group, f"/lich {time}")).text == VI.wrong_time(time)
    assert await offline.chats.schedules.of(str(group.id)) is None


async def test_a_schedule_belongs_to_its_topic(offline, forum):
    await ask(offline, forum, "/lich 08:00", thread=forum.topic("Việc"))
    assert (await ask(offline, forum, "/lich", thread=forum.topic("Đi chơi"))).text == VI.no_schedule
    assert "08:00" in (await ask(offline, forum, "/lich", thread=forum.topic("Việc"))).text


async def test_a_channel_has_a_schedule(offline):
    channel = offline.server.channel("Kênh", owner=offline.an)
    assert "08:00" in (await ask(offline, channel, "/lich 08:00")).text


async def test_a_private_chat_has_none(offline):
    assert (await offline.says("/lich 08:00")).text == VI.in_groups_only


async def test_where_nothing_can_be_told_a_new_schedule_says_so(offline):
    group = offline.server.supergroup("Nhóm", owner=offline.an)
    assert VI.how_to_hear in (await ask(offline, group, "/lich 08:00")).text
