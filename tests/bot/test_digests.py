"""Digests of talk without Telegram: what is kept goes in, replies come out."""

from dataclasses import replace
from itertools import count

import pytest

from bot.chats import Chats
from bot.chats.places import KEEPS_TALK, TOLD_OF_KEEPING
from bot.chats.schedules import Schedule
from bot.chats.turns import place_of
from bot.commands import SCHEDULE, SUMMARY, Chat, Face
from bot.conversation import Message
from bot.digests import PAUSE, Digests, is_request
from bot.replies import Line, TalkSummary
from bot.texts import TEXTS, Language
from bot.turns import Asker, Turn
from index.documents import Length
from tests.bot.telegram.talk import DAY, HANOI, HOUR, MINUTE, REPORT, TRIP, Clock

VI = TEXTS[Language.VI]
GROUP, AN, BINH = -5, "11", "12"
PLACE = place_of(GROUP)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def chats(tmp_path, clock):
    async with Chats.open(tmp_path / "chats.sqlite3", clock=clock) as chats:
        await chats.places.choose(GROUP, TOLD_OF_KEEPING, value=True)
        yield chats


@pytest.fixture
def members():
    """Who is in the group."""
    return {int(AN)}


@pytest.fixture
def digests(collection, chats, clock, members):
    async def visit(chat, person):
        return "Nhóm" if person in members else None

    return Digests(collection, chats, HANOI, visit, clock=clock)


@pytest.fixture
def say(chats, clock):
    """Let An and Bình say things in turn, a minute apart."""
    numbers = count(1)

    async def say(texts, *, chat=GROUP, topic=None):
        for number, text in enumerate(texts):
            person = (AN, BINH)[number % 2]
            await chats.messages.keep(
                chat,
                next(numbers),
                topic=topic,
                person=person,
                author=("An", "Bình")[number % 2],
                sent=clock.now,
                text=text,
                reply_to=None,
                link=None,
                shared=(),
            )
            clock.now += MINUTE

    return say


@pytest.fixture
def ask(digests):
    async def ask(argument="", *, command=SUMMARY, person=AN, place=PLACE, **fields):
        message = Message("", Asker(place, person), Language.VI, Face.TELEGRAM, **({"chat": Chat.GROUP} | fields))
        return await digests.commands[command](message, argument)

    return ask


def line(reply):
    """The first line of a reply that is no digest."""
    [first, *_] = reply.parts
    assert isinstance(first, Line)
    return first.text


def remarks(reply):
    """What a digest quotes."""
    [talk] = [part for part in reply.parts if isinstance(part, TalkSummary)]
    return {remark.text for thread in talk.digest.threads for remark in thread.remarks}


async def test_a_digest_ends_just_after_the_last_message_that_it_tells(ask, say, clock):
    await say(TRIP)
    summarised = (await ask()).turn.summarised
    assert summarised.of_talk
    assert clock.now - MINUTE < summarised.until < clock.now - MINUTE + 1
    assert summarised.since == pytest.approx(clock.now - DAY, abs=2)


async def test_what_is_new_begins_where_the_last_digest_ended(ask, say, chats):
    await say(TRIP)
    told = (await ask()).turn.summarised
    await chats.digests.note(PLACE, since=told.since, until=told.until, link=None)
    assert line(await ask(in_place=True)).endswith("gõ chẳng hạn /tomtat 2 ngày nhé.")
    await say(REPORT)
    assert remarks(await ask(in_place=True)) == set(REPORT)


async def test_topics_are_told_apart(ask, say):
    await say(TRIP, topic=3)
    await say(REPORT)
    assert remarks(await ask(place=place_of(GROUP, 3))) <= set(TRIP)
    assert remarks(await ask()) == set(REPORT)


async def test_the_pause_is_the_places_own(ask, say, chats):
    await say(TRIP)
    await say(TRIP, topic=3)
    await chats.digests.note(PLACE, since=0, until=0, link="https://t.me/c/5/7")
    paused = await ask("6h")
    assert "https://t.me/c/5/7" in line(paused)
    assert [choice.text for row in paused.choices for choice in row] == ["/tomtat rieng 6h"]
    assert remarks(await ask("6h", place=place_of(GROUP, 3)))


async def test_after_the_pause_there_is_another(ask, say, chats, clock):
    await say(TRIP)
    await chats.digests.note(PLACE, since=0, until=0, link=None)
    clock.now += PAUSE
    assert remarks(await ask("6h"))


async def test_another_length_is_of_the_same_talk(ask, say):
    await say(TRIP)
    first = await ask("hôm nay")
    await say(REPORT)
    again = await ask("dài", earlier=first.turn, in_place=True)
    assert remarks(again) <= set(TRIP)
    assert again.turn.summarised == replace(first.turn.summarised, length=Length.LONG)


async def test_the_last_message_of_a_second_is_shown_again_without_those_before(ask, say, clock):
    start = clock.now
    for text in TRIP:
        clock.now = start
        await say([text])
    first = await ask("1")
    assert remarks(first) == {TRIP[-1]}
    assert remarks(await ask("dài", earlier=first.turn, in_place=True)) == {TRIP[-1]}


async def test_why_there_is_nothing_to_tell(ask, chats):
    assert line(await ask()) == VI.nothing_said_at_all
    assert line(await ask(hears_all=False)) == VI.cannot_hear
    await chats.places.choose(GROUP, KEEPS_TALK, value=False)
    assert line(await ask()) == VI.not_kept_for_digests


async def test_a_daily_digest_is_of_what_is_new_or_is_none(digests, say, chats):
    assert await digests.new_talk(PLACE, Language.VI) is None
    await say(["ok", "chào cả nhà"])
    assert await digests.new_talk(PLACE, Language.VI) is None
    await say(TRIP)
    assert remarks(await digests.new_talk(PLACE, Language.VI)) <= set(TRIP)


# --- Privately --------------------------------------------------------------------------------------------------------


async def test_a_request_is_opened_by_who_made_it_as_long_as_they_are_in_the_chat(ask, say, members):
    await say(TRIP)
    request = (await ask("riêng 6h")).privately
    assert is_request(request)
    private = {"chat": Chat.PRIVATE, "place": AN}
    assert line(await ask(request, **private)) == VI.talk_of("Nhóm")
    assert line(await ask(request, chat=Chat.PRIVATE, place=BINH, person=BINH)) == VI.request_gone
    members.clear()
    assert line(await ask(request, **private)) == VI.not_a_member


async def test_a_request_keeps_to_the_time_that_was_asked_for(ask, say):
    await say(TRIP)
    request = (await ask("riêng 6h")).privately
    await say(REPORT)
    assert remarks(await ask(request, chat=Chat.PRIVATE, place=AN)) <= set(TRIP)


async def test_what_was_erased_meanwhile_is_not_told(ask, say, chats):
    await say(TRIP)
    request = (await ask("riêng 6h")).privately
    await chats.messages.forget_chat(GROUP)
    assert line(await ask(request, chat=Chat.PRIVATE, place=AN)) == VI.talk_gone


async def test_a_private_digest_is_told_in_another_length_by_its_token(ask, say):
    await say(TRIP)
    first = await ask((await ask("riêng 6h")).privately, chat=Chat.PRIVATE, place=AN)
    again = await ask("ngắn", chat=Chat.PRIVATE, place=AN, earlier=first.turn, in_place=True)
    assert again.turn.summarised.length is Length.SHORT
    assert again.turn.summarised.request == first.turn.summarised.request
    other = await ask("ngắn", chat=Chat.PRIVATE, place=BINH, person=BINH, earlier=first.turn)
    assert line(other) == VI.request_gone


@pytest.mark.parametrize("argument", ["s-", "s-" + "A" * 24, "S-" + "A" * 24, ""])
async def test_a_made_up_token_opens_nothing(ask, say, argument):
    await say(TRIP)
    assert line(await ask(argument, chat=Chat.PRIVATE, place=AN, earlier=Turn())) == VI.request_gone


async def test_who_is_anonymous_is_asked_to_press_a_button(ask, say):
    await say(TRIP)
    said = await ask("riêng dài", person=str(GROUP))
    assert (line(said), said.privately) == (VI.who_asks, "")
    assert [choice.text for row in said.choices for choice in row] == ["/tomtat rieng dai"]


# --- Schedules --------------------------------------------------------------------------------------------------------


async def test_a_schedule_remembers_who_set_it_and_from_which_day(ask, chats, clock):
    await ask("08:00", command=SCHEDULE)
    await ask("20:00", command=SCHEDULE, place=place_of(GROUP, 3), person=BINH)
    today = clock.moment.date()
    schedules = {each.place: each for each in await chats.schedules.all()}
    assert (schedules[PLACE].person, schedules[PLACE].handled) == (AN, today)
    assert schedules[place_of(GROUP, 3)].person == BINH
    assert schedules[place_of(GROUP, 3)].handled < today


async def test_only_who_manages_the_chat_sets_or_ends_one(ask, chats):
    assert line(await ask("08:00", command=SCHEDULE, manages=False)) == VI.admins_only
    await ask("08:00", command=SCHEDULE)
    assert line(await ask("tắt", command=SCHEDULE, manages=False)) == VI.admins_only
    assert isinstance(await chats.schedules.of(PLACE), Schedule)


async def test_hours_are_read_in_the_time_zone(ask, clock):
    clock.now += HOUR
    assert line(await ask("16:29", command=SCHEDULE)).count("ngày mai") == 1
    assert line(await ask("16:31", command=SCHEDULE)).count("hôm nay") == 1
