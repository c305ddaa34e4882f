import asyncio
import contextlib
import datetime as dt
import sqlite3
from dataclasses import replace

import aiosqlite
import pytest

from bot.chats import Chats, ChatsError
from bot.chats.database import Database
from bot.chats.digests import LastDigest
from bot.chats.feedback import Asked, Report, Vote
from bot.chats.messages import AFTERWARDS
from bot.chats.places import KEEPS_TALK, Place, Reach
from bot.chats.privacy import Stored
from bot.chats.requests import Request
from bot.chats.schedules import Schedule
from bot.chats.schema import MIGRATIONS
from bot.chats.turns import place_of
from bot.chats.updates import Open
from bot.counts import DayCount
from bot.texts import Language
from bot.turns import Asker, Changed, Turn
from index.documents import Length, Post, Replacement, Shared

HOUR, DAY = 3600.0, 24 * 3600.0
AN, BINH, GROUP, SUPERGROUP = 11, 12, -5, -1005
NGA = Turn("trữ lượng đất hiếm của Nga", place=1)


TURN = '{"question": "trữ lượng đất hiếm của Nga", "place": 1, "page": 0, "stem": ""}'
FILLED = {
    1: lambda now: [
        ("updates", 1, 0, "{}", 0),
        ("chats", GROUP, "group", "reachable", "en", '{"a": 1}'),
        ("moves", -4, GROUP),
        ("turns", GROUP, str(GROUP), "11", TURN, now),
        ("answers", GROUP, 8, 7, "11", TURN, now),
        ("votes", GROUP, 8, "11", 1, "một", now),
        ("unanswered", "gia vang", "giá vàng", 3, now),
    ],
    2: lambda now: [
        ("messages", GROUP, 9, None, "11", "An", now - 60, "tin cũ", None, None, "[]"),
        ("digests", GROUP, str(GROUP), now, now, "https://t.me/c/5/9"),
        ("schedules", GROUP, str(GROUP), 8 * 60, "2026-11-01", "11"),
        ("requests", "t" * 24, GROUP, str(GROUP), "11", 1.0, 2.0, "short", now),
    ],
}
"""A row for each table that a version of the schema brought."""


class Clock:
    def __init__(self):
        self.now = 1_760_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "chats.sqlite3"


@pytest.fixture
async def chats(path, clock):
    async with Chats.open(path, clock=clock) as chats:
        yield chats


async def say(chats, message, *, chat=GROUP, person=AN, ago=0.0, **changes):
    """Keep a message that was sent so many seconds ago."""
    values = {"topic": None, "author": "An", "text": f"tin {message}", "reply_to": None, "link": None, "shared": ()}
    sent = chats.messages._clock() - ago
    await chats.messages.keep(chat, message, person=str(person), sent=sent, **values | changes)


async def texts(chats, *, chat=GROUP, topic=None):
    return [post.text for post in await chats.messages.latest(chat, topic, 100, chats.messages._clock() + 1)]


class TestFile:
    async def test_what_was_written_is_there_after_a_restart(self, path):
        async with Chats.open(path) as chats:
            await chats.updates.put(1, "{}")
        async with Chats.open(path) as chats:
            assert await chats.updates.open() == [Open(1, "{}")]

    async def test_a_file_of_a_newer_version_is_not_touched(self, path):
        async with Chats.open(path):
            pass
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        connection.close()
        with pytest.raises(ChatsError, match="newer"):
            async with Chats.open(path):
                pass

    async def test_a_file_that_is_no_database_is_named(self, path):
        path.parent.mkdir()
        path.write_bytes(b"not a database, and long enough to be sure of that" * 100)
        with pytest.raises(ChatsError, match=r"chats\.sqlite3"):
            async with Chats.open(path):
                pass

    async def test_every_commit_reaches_the_disk_before_it_is_acknowledged(self, path):
        async with Database.open(path) as database:
            for connection in (database._writer, database._reader):
                for pragma, value in (("synchronous", 2), ("journal_mode", "wal")):
                    rows = await connection.execute_fetchall(f"PRAGMA {pragma}")
                    assert [tuple(row) for row in rows] == [(value,)]


class TestOlderFiles:
    """Files as each earlier version of the schema left them, with something in every table."""

    @pytest.fixture
    def older(self, path, clock):
        """Write a file of a version, with something in each of its tables."""

        def write(version):
            path.parent.mkdir()
            with contextlib.closing(sqlite3.connect(path)) as connection, connection:
                for number in range(1, version + 1):
                    connection.executescript(MIGRATIONS[number - 1])
                    for table, *values in FILLED[number](clock.now):
                        marks = ", ".join("?" * len(values))
                        connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608
                connection.execute(f"PRAGMA user_version = {version}")

        return write

    def test_each_is_tested(self):
        assert set(FILLED) == set(range(1, len(MIGRATIONS)))

    @pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
    async def test_one_is_brought_up_to_date_with_all_that_is_in_it(self, older, path, clock, version):
        older(version)
        async with Chats.open(path, clock=clock) as chats:
            assert await chats.updates.open() == [Open(1, "{}")]
            assert await chats.places.get(GROUP) == Place("group", Reach.REACHABLE, Language.EN, {"a": 1})
            assert await chats.places.former_numbers(GROUP) == [-4]
            assert await chats.turns.last(Asker(place_of(GROUP), "11")) == NGA
            assert await chats.answers.turn(GROUP, 8) == NGA
            assert await chats.feedback.report() == Report(1, 0, [Asked("giá vàng", 3)], [])
            if version >= 2:
                assert await texts(chats) == ["tin cũ"]
                assert await chats.digests.of(str(GROUP)) == LastDigest(clock.now, clock.now, "https://t.me/c/5/9")
                assert await chats.schedules.all() == [Schedule(str(GROUP), dt.time(8), dt.date(2026, 11, 1), "11")]
                request = Request(str(GROUP), "11", 1.0, 2.0, Length.SHORT)
                assert await chats.requests.find("t" * 24, "11") == request
            await say(chats, 2)
            assert (await texts(chats))[-1] == "tin 2"
            await chats.counts.count(dt.date(2026, 11, 1), answered=True, seconds=0.1)

    @pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
    async def test_its_schema_is_that_of_a_new_one(self, older, path, tmp_path, version):
        older(version)
        new = tmp_path / "new.sqlite3"
        schemas = []
        for file in (path, new):
            async with Chats.open(file):
                pass
            with contextlib.closing(sqlite3.connect(file)) as connection:
                schemas.append(set(connection.execute("SELECT name, sql FROM sqlite_schema")))
        assert schemas[0] == schemas[1]

    @pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
    async def test_a_stop_in_the_middle_leaves_it_as_it_was(self, older, path, version, monkeypatch):
        older(version)
        before = path.read_bytes()
        monkeypatch.setattr("bot.chats.database.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE updates (id);"))
        with pytest.raises(ChatsError, match="already exists"):
            async with Chats.open(path):
                pass
        with contextlib.closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (version,)
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert "counts" not in names
        assert len(path.read_bytes()) == len(before)


class TestDatabase:
    @pytest.fixture
    async def database(self, path):
        async with Database.open(path) as database:
            yield database

    async def numbers(self, database):
        return [number for (number,) in await database.read("SELECT id FROM updates ORDER BY id")]

    def insert(self, database, number):
        return database.write(("INSERT INTO updates VALUES (?, 0, '', 0)", (number,)))

    async def test_writers_at_once_share_commits(self, database, monkeypatch):
        commits = []
        transact = database._transact

        async def counted(writes):
            commits.append(len(writes))
            return await transact(writes)

        monkeypatch.setattr(database, "_transact", counted)
        await asyncio.gather(*(self.insert(database, number) for number in range(100)))
        assert sum(commits) == 100
        assert len(commits) < 10
        assert await self.numbers(database) == list(range(100))

    async def test_one_that_fails_takes_no_other_with_it(self, database):
        results = await asyncio.gather(
            self.insert(database, 1), self.insert(database, 1), self.insert(database, 2), return_exceptions=True
        )
        assert [type(result) for result in results] == [list, aiosqlite.IntegrityError, list]
        assert await self.numbers(database) == [1, 2]

    async def test_a_write_is_carried_out_whole_or_not_at_all(self, database):
        statement = ("INSERT INTO updates VALUES (7, 0, '', 0)", ())
        with pytest.raises(aiosqlite.IntegrityError):
            await database.write(statement, statement)
        assert await self.numbers(database) == []

    async def test_a_writer_that_gives_up_leaves_the_others_alone(self, database):
        first = asyncio.create_task(self.insert(database, 1))
        second = asyncio.create_task(self.insert(database, 2))
        await asyncio.sleep(0)
        first.cancel()
        await second
        with pytest.raises(asyncio.CancelledError):
            await first
        assert 2 in await self.numbers(database)


class TestUpdates:
    async def test_they_are_open_in_order_until_struck_off(self, chats):
        for number in (3, 1, 2):
            assert await chats.updates.put(number, f"[{number}]")
        await chats.updates.strike_off(2)
        assert [(one.number, one.content) for one in await chats.updates.open()] == [(1, "[1]"), (3, "[3]")]

    async def test_one_that_comes_twice_is_kept_once(self, chats):
        assert await chats.updates.put(1, "first")
        assert not await chats.updates.put(1, "second")
        assert [one.content for one in await chats.updates.open()] == ["first"]

    async def test_one_that_comes_again_after_it_was_answered_is_known(self, chats, clock):
        await chats.updates.put(1, "{}")
        await chats.updates.strike_off(1)
        clock.now += DAY
        await chats.clear_out()
        assert not await chats.updates.put(1, "{}")

    async def test_answered_ones_are_forgotten_some_days_later(self, chats, clock):
        await chats.updates.put(1, "{}")
        await chats.updates.strike_off(1)
        await chats.updates.put(2, "{}")
        clock.now += 4 * DAY
        await chats.clear_out()
        assert await chats.updates.put(1, "{}")
        assert not await chats.updates.put(2, "{}")

    async def test_what_was_said_is_forgotten_when_it_is_answered(self, chats, path):
        await chats.updates.put(1, "bí mật của An")
        await chats.updates.strike_off(1)
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT content FROM updates").fetchall() == [("",)]
        connection.close()

    async def test_what_it_leads_to_is_written_with_its_end_or_not_at_all(self, chats):
        await chats.updates.put(1, "{}")
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await chats.updates.strike_off(1, ("INSERT INTO nowhere VALUES (1)", ()))
        assert [one.number for one in await chats.updates.open()] == [1]
        await chats.updates.strike_off(1, ("INSERT INTO moves VALUES (-4, -5)", ()))
        assert await chats.places.former_numbers(-5) == [-4]
        assert await chats.updates.open() == []

    async def test_one_that_an_earlier_version_was_sending_is_open(self, chats, path):
        await chats.updates.put(1, "{}")
        with contextlib.closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE updates SET state = 1")
        assert await chats.updates.open() == [Open(1, "{}")]


class TestPlaces:
    async def test_a_chat_never_seen_is_reachable_and_has_no_choices(self, chats):
        assert await chats.places.get(GROUP) == Place(None, Reach.REACHABLE, None, {})

    async def test_what_happens_to_a_chat_is_followed(self, chats):
        await chats.places.note(AN, "private", Reach.REACHABLE)
        await chats.places.note(AN, None, Reach.BLOCKED)
        assert await chats.places.get(AN) == Place("private", Reach.BLOCKED)

    async def test_choices_are_kept_by_name(self, chats, path):
        await chats.places.choose_language(GROUP, Language.EN)
        await chats.places.choose(GROUP, "digest", "08:00")
        await chats.places.choose(GROUP, "links", value=False)
        await chats.places.choose(GROUP, "digest", None)
        async with Chats.open(path) as reopened:
            assert await reopened.places.get(GROUP) == Place(language=Language.EN, settings={"links": False})

    async def test_a_moved_chat_keeps_what_belongs_to_it(self, chats):
        await chats.places.note(GROUP, "group", Reach.REACHABLE)
        await chats.places.choose_language(GROUP, Language.EN)
        await chats.turns.keep(Asker(place_of(GROUP), "11"), NGA)
        await chats.turns.keep(Asker(place_of(GROUP, 4), "11"), NGA)
        await chats.places.move(GROUP, SUPERGROUP)
        assert await chats.places.get(SUPERGROUP) == Place("supergroup", Reach.REACHABLE, Language.EN)
        assert await chats.places.get(GROUP) == Place()
        assert await chats.turns.last(Asker(place_of(SUPERGROUP), "11")) == NGA
        assert await chats.turns.last(Asker(place_of(SUPERGROUP, 4), "11")) == NGA
        assert await chats.turns.last(Asker(place_of(GROUP), "11")) is None

    async def test_messages_of_a_moved_chat_keep_its_old_number(self, chats):
        """In the new chat messages are counted from one: the same number is another message."""
        await chats.answers.show(GROUP, 8, question=7, person="11", turn=NGA)
        await chats.places.move(GROUP, SUPERGROUP)
        assert await chats.answers.turn(GROUP, 8) == NGA
        assert await chats.answers.turn(SUPERGROUP, 8) is None

    async def test_moving_again_changes_nothing(self, chats):
        await chats.places.choose_language(GROUP, Language.EN)
        await chats.places.move(GROUP, SUPERGROUP)
        await chats.places.move(GROUP, SUPERGROUP)
        assert (await chats.places.get(SUPERGROUP)).language is Language.EN

    async def test_what_is_noted_of_the_old_chat_afterwards_does_not_follow(self, chats):
        await chats.places.choose_language(GROUP, Language.EN)
        await chats.places.move(GROUP, SUPERGROUP)
        await chats.places.note(GROUP, "group", Reach.LEFT)
        await chats.places.move(GROUP, SUPERGROUP)
        assert await chats.places.get(SUPERGROUP) == Place("supergroup", Reach.REACHABLE, Language.EN)

    async def test_a_chat_that_is_read_while_it_moves_is_read_again(self, chats):
        await chats.places.choose_language(GROUP, Language.EN)
        moving = asyncio.create_task(chats.places.move(GROUP, SUPERGROUP))
        await asyncio.sleep(0)
        await chats.places.get(SUPERGROUP)
        await moving
        assert (await chats.places.get(SUPERGROUP)).language is Language.EN


class TestTurns:
    async def test_a_turn_belongs_to_chat_topic_and_person(self, chats):
        await chats.turns.keep(Asker(place_of(GROUP, 4), "11"), NGA)
        assert await chats.turns.last(Asker(place_of(GROUP, 4), "11")) == NGA
        assert await chats.turns.last(Asker(place_of(GROUP, 5), "11")) is None
        assert await chats.turns.last(Asker(place_of(GROUP), "11")) is None
        assert await chats.turns.last(Asker(place_of(GROUP, 4), "12")) is None

    async def test_the_last_one_counts_after_a_restart_too(self, chats, path, clock):
        asker = Asker(place_of(AN), "11")
        await chats.turns.keep(asker, NGA)
        changed = Changed(1.5, (Replacement("gao.txt", "", "abc"),))
        await chats.turns.keep(asker, Turn("còn Ukraine", page=2, changed=changed))
        async with Chats.open(path, clock=clock) as reopened:
            assert await reopened.turns.last(asker) == Turn("còn Ukraine", page=2, changed=changed)

    async def test_a_turn_expires(self, chats, clock):
        asker = Asker(place_of(AN), "11")
        await chats.turns.keep(asker, NGA)
        clock.now += HOUR - 1
        assert await chats.turns.last(asker) == NGA
        clock.now += 1
        assert await chats.turns.last(asker) is None


class TestAnswers:
    async def test_the_buttons_of_a_message_continue_after_a_restart(self, chats, path, clock):
        await chats.answers.show(AN, 8, question=7, person="11", turn=NGA)
        async with Chats.open(path, clock=clock) as reopened:
            assert await reopened.answers.turn(AN, 8) == NGA
            assert await reopened.answers.asker(AN, 8) == "11"

    async def test_an_edited_message_continues_from_what_it_shows_now(self, chats):
        await chats.answers.show(AN, 8, question=7, person="11", turn=NGA)
        await chats.answers.show(AN, 8, question=None, person="11", turn=Turn(NGA.question, place=2))
        assert await chats.answers.turn(AN, 8) == Turn(NGA.question, place=2)
        assert await chats.answers.to_question(AN, 7) == [8]

    async def test_a_question_finds_all_messages_that_answer_it(self, chats):
        for message in (9, 8):
            await chats.answers.show(AN, message, question=7, person="11", turn=None)
        await chats.answers.show(GROUP, 10, question=7, person="11", turn=None)
        assert await chats.answers.to_question(AN, 7) == [8, 9]
        await chats.answers.remove(AN, 9)
        assert await chats.answers.to_question(AN, 7) == [8]

    async def test_what_shows_nothing_to_continue_has_no_turn(self, chats):
        await chats.answers.show(AN, 8, question=7, person="11", turn=None)
        assert await chats.answers.turn(AN, 8) is None

    async def test_buttons_are_gone_after_three_months(self, chats, clock):
        await chats.answers.show(AN, 8, question=7, person="11", turn=NGA)
        clock.now += 90 * DAY
        assert await chats.answers.turn(AN, 8) is None
        await chats.clear_out()
        assert await chats.answers.to_question(AN, 7) == []


class TestMessages:
    async def test_a_message_is_given_as_it_was_kept_after_a_restart_too(self, chats, path, clock):
        shared = (Shared("bài này", "https://example.vn"), Shared("Lịch trình.pdf"))
        await say(chats, 8, author="Bình Trần", text="đi nhé", reply_to=7, link="https://t.me/c/5/8", shared=shared)
        async with Chats.open(path, clock=clock) as reopened:
            [post] = await reopened.messages.latest(GROUP, None, 10, clock.now + 1)
        sent = dt.datetime.fromtimestamp(clock.now, dt.UTC)
        assert post == Post("-5:8", "11", "Bình Trần", sent, "đi nhé", "-5:7", "https://t.me/c/5/8", shared)
        assert post.sent.utcoffset() == dt.timedelta(0)

    async def test_a_period_begins_with_its_first_moment_and_ends_before_its_last(self, chats, clock):
        for message, ago in enumerate((40, 30, 20, 10)):
            await say(chats, message, ago=ago)
        posts = await chats.messages.between(GROUP, None, clock.now - 30, clock.now - 10)
        assert [post.text for post in posts] == ["tin 1", "tin 2"]

    async def test_they_come_in_the_order_they_were_sent_and_the_latest_win(self, chats, clock):
        for message, ago in ((1, 30), (5, 30), (3, 50), (2, 10)):
            await say(chats, message, ago=ago)
        assert await texts(chats) == ["tin 3", "tin 1", "tin 5", "tin 2"]
        assert [post.text for post in await chats.messages.latest(GROUP, None, 2, clock.now)] == ["tin 5", "tin 2"]
        posts = await chats.messages.between(GROUP, None, 0, clock.now, limit=1)
        assert [post.text for post in posts] == ["tin 2"]

    async def test_what_is_said_in_one_second_stays_in_its_order(self, chats, clock):
        for message in (1, 2, 3):
            await say(chats, message)
        posts = await chats.messages.latest(GROUP, None, 10, clock.now + 1)
        assert [post.text for post in posts] == ["tin 1", "tin 2", "tin 3"]
        told = posts[1].sent.timestamp() + AFTERWARDS
        assert [post.text for post in await chats.messages.between(GROUP, None, told, clock.now + 1)] == ["tin 3"]
        assert [post.text for post in await chats.messages.between(GROUP, None, 0, told)] == ["tin 1", "tin 2"]

    async def test_seconds_of_other_chats_do_not_count(self, chats, clock):
        await say(chats, 1, chat=-6)
        await say(chats, 1)
        [post] = await chats.messages.latest(GROUP, None, 10, clock.now + 1)
        assert post.sent.timestamp() == clock.now

    async def test_chats_and_topics_are_apart(self, chats):
        await say(chats, 1)
        await say(chats, 2, topic=4)
        await say(chats, 1, chat=-6, text="ở nơi khác")
        assert await texts(chats) == ["tin 1"]
        assert await texts(chats, topic=4) == ["tin 2"]
        assert await texts(chats, topic=5) == []
        assert await texts(chats, chat=-6) == ["ở nơi khác"]

    async def test_a_message_that_is_kept_again_is_as_it_is_now_at_its_first_time(self, chats, clock):
        await say(chats, 1, ago=100, reply_to=7)
        await say(chats, 1, text="đã sửa", author="An Nguyễn", reply_to=6)
        [post] = await chats.messages.latest(GROUP, None, 10, clock.now + 1)
        assert (post.text, post.author, post.reply_to) == ("đã sửa", "An Nguyễn", "-5:7")
        assert post.sent.timestamp() == clock.now - 100

    async def test_only_what_is_kept_is_corrected(self, chats):
        await say(chats, 1)
        for message in (1, 2):
            await chats.messages.correct(GROUP, message, author="An", text="đã sửa", shared=[Shared("a.pdf")])
        assert await texts(chats) == ["đã sửa"]

    async def test_nothing_older_than_it_may_be_is_given_or_kept(self, chats, clock):
        await say(chats, 1)
        clock.now += 7 * DAY - 1
        assert await texts(chats) == ["tin 1"]
        clock.now += 1
        assert await texts(chats) == []
        await say(chats, 2, ago=7 * DAY)
        assert await chats.privacy.stored_of_chat(GROUP) == Stored(0, 0, 0, messages=1, language=False)
        await chats.clear_out()
        assert not (await chats.privacy.stored_of_chat(GROUP)).anything

    @pytest.mark.parametrize(("days", "left"), [(30, ["tin 1", "tin 2"]), (2, ["tin 2"]), (0, [])])
    async def test_the_owner_chooses_for_how_long(self, path, clock, days, left):
        async with Chats.open(path, clock=clock, message_days=30) as chats:
            await say(chats, 1, ago=3 * DAY)
            await say(chats, 2, ago=DAY)
        async with Chats.open(path, clock=clock, message_days=days) as chats:
            assert await texts(chats) == left
            assert (await chats.privacy.stored_of_chat(GROUP)).messages == len(left)

    async def test_with_no_days_nothing_is_kept(self, path, clock):
        async with Chats.open(path, clock=clock, message_days=0) as chats:
            await say(chats, 1, ago=-60)
            assert not (await chats.privacy.stored_of_chat(GROUP)).messages

    async def test_a_moved_chat_gives_what_was_said_before_without_its_links(self, chats):
        await say(chats, 900, ago=20, reply_to=899, link="https://t.me/cu/900")
        await chats.places.move(GROUP, SUPERGROUP)
        await say(chats, 2, chat=SUPERGROUP, ago=10, reply_to=1, link="https://t.me/c/5/2")
        old, new = await chats.messages.latest(SUPERGROUP, None, 10, chats.messages._clock())
        assert (old.key, old.reply_to, old.link) == ("-5:900", "-5:899", None)
        assert (new.key, new.reply_to, new.link) == ("-1005:2", "-1005:1", "https://t.me/c/5/2")
        await chats.messages.forget_chat(SUPERGROUP)
        assert await texts(chats, chat=SUPERGROUP) == []

    async def test_a_chat_that_the_bot_is_out_of_leaves_nothing(self, chats):
        for reach in (Reach.LEFT, Reach.REMOVED):
            await chats.places.note(GROUP, "group", Reach.REACHABLE)
            await say(chats, 1)
            await say(chats, 1, chat=-6)
            await chats.places.note(GROUP, None, reach)
            assert await texts(chats) == []
            assert await texts(chats, chat=-6) == ["tin 1"]

    async def test_a_group_that_moved_is_not_one_that_the_bot_is_out_of(self, chats):
        await say(chats, 1, ago=1)
        await chats.places.move(GROUP, SUPERGROUP)
        await chats.places.note(GROUP, "group", Reach.LEFT)
        assert await texts(chats, chat=SUPERGROUP) == ["tin 1"]
        await chats.places.note(SUPERGROUP, None, Reach.REMOVED)
        assert await texts(chats, chat=SUPERGROUP) == []

    @pytest.mark.parametrize("how", ["turned off", "expired", "person", "chat"])
    async def test_erased_words_are_not_left_on_the_disk(self, chats, path, clock, how):
        def on_the_disk():
            files = [path, path.with_name(f"{path.name}-wal")]
            return any("bí mật của An".encode() in file.read_bytes() for file in files)

        await say(chats, 1, text="bí mật của An")
        assert on_the_disk()
        match how:
            case "turned off":
                await chats.messages.forget_chat(GROUP)
            case "expired":
                clock.now += 7 * DAY
                await chats.clear_out()
            case "person":
                await chats.privacy.forget_person(AN)
            case "chat":
                await chats.privacy.forget_chat(GROUP)
        assert not on_the_disk()


class TestDigests:
    async def test_a_place_has_none_until_one_is_posted(self, chats):
        assert await chats.digests.of(place_of(GROUP)) is None

    async def test_the_talk_counts_as_told_up_to_its_end(self, chats, clock):
        await chats.digests.note(place_of(GROUP), since=10, until=20, link="https://t.me/c/5/1")
        assert await chats.digests.of(place_of(GROUP)) == LastDigest(20, clock.now, "https://t.me/c/5/1")
        assert await chats.digests.of(place_of(GROUP, 3)) is None

    @pytest.mark.parametrize(
        ("since", "until", "told"), [(20, 30, 30), (5, 30, 30), (21, 30, 20), (5, 15, 20), (0, 20, 20)]
    )
    async def test_a_gap_is_not_told(self, chats, clock, since, until, told):
        await chats.digests.note(place_of(GROUP), since=10, until=20, link=None)
        clock.now += 60
        await chats.digests.note(place_of(GROUP), since=since, until=until, link=None)
        assert await chats.digests.of(place_of(GROUP)) == LastDigest(told, clock.now, None)


class TestRequests:
    REQUEST = Request(place_of(GROUP, 3), str(AN), 10, 20, Length.LONG)

    async def test_a_token_gives_who_asked_what_they_asked_for(self, chats, path, clock):
        token = await chats.requests.keep(self.REQUEST)
        async with Chats.open(path, clock=clock) as again:
            assert await again.requests.find(token, str(AN)) == self.REQUEST

    async def test_it_gives_others_nothing(self, chats):
        token = await chats.requests.keep(self.REQUEST)
        assert await chats.requests.find(token, str(BINH)) is None
        assert await chats.requests.find(f"{token}x", str(AN)) is None
        assert await chats.requests.find("", str(AN)) is None

    async def test_no_two_tokens_are_the_same(self, chats):
        assert len({await chats.requests.keep(self.REQUEST) for _ in range(20)}) == 20

    async def test_it_is_good_for_a_day(self, chats, clock, path):
        token = await chats.requests.keep(self.REQUEST)
        clock.now += DAY - 1
        assert await chats.requests.find(token, str(AN))
        clock.now += 1
        assert await chats.requests.find(token, str(AN)) is None
        await chats.clear_out()
        assert not (await chats.privacy.stored_of_person(AN)).requests

    async def test_it_is_forgotten_with_the_person_and_with_the_chat(self, chats):
        token = await chats.requests.keep(self.REQUEST)
        await chats.privacy.forget_person(AN)
        assert await chats.requests.find(token, str(AN)) is None
        token = await chats.requests.keep(self.REQUEST)
        await chats.privacy.forget_chat(GROUP)
        assert await chats.requests.find(token, str(AN)) is None


class TestSchedules:
    EIGHT = Schedule(place_of(GROUP, 3), dt.time(8), dt.date(2026, 11, 17))
    TODAY = dt.date(2026, 11, 18)

    async def test_a_place_has_one_until_it_ends(self, chats, path, clock):
        await chats.schedules.choose(self.EIGHT)
        late = replace(self.EIGHT, time=dt.time(20, 30))
        await chats.schedules.choose(late)
        async with Chats.open(path, clock=clock) as again:
            assert await again.schedules.all() == [late]
            assert await again.schedules.of(late.place) == late
            assert await again.schedules.of(place_of(GROUP)) is None
        assert await chats.schedules.remove(late.place)
        assert not await chats.schedules.remove(late.place)

    async def test_a_day_is_claimed_once(self, chats):
        await chats.schedules.choose(self.EIGHT)
        assert await chats.schedules.claim(self.EIGHT, self.TODAY)
        assert not await chats.schedules.claim(self.EIGHT, self.TODAY)

    async def test_a_claim_is_taken_back(self, chats):
        await chats.schedules.choose(self.EIGHT)
        await chats.schedules.claim(self.EIGHT, self.TODAY)
        await chats.schedules.release(self.EIGHT, self.TODAY)
        assert await chats.schedules.of(self.EIGHT.place) == self.EIGHT

    async def test_one_that_was_changed_meanwhile_is_not_claimed(self, chats):
        await chats.schedules.choose(replace(self.EIGHT, time=dt.time(9)))
        assert not await chats.schedules.claim(self.EIGHT, self.TODAY)

    async def test_a_day_is_claimed_though_the_chat_was_moved_since(self, chats):
        await chats.schedules.choose(self.EIGHT)
        await chats.places.move(GROUP, SUPERGROUP)
        assert await chats.schedules.claim(self.EIGHT, self.TODAY)
        await chats.schedules.release(self.EIGHT, self.TODAY)
        [moved] = await chats.schedules.all()
        assert moved == replace(self.EIGHT, place=place_of(SUPERGROUP, 3))

    async def test_who_set_it_is_forgotten_with_what_is_theirs(self, chats):
        await chats.schedules.choose(replace(self.EIGHT, person=str(AN)))
        await chats.privacy.forget_person(BINH)
        assert [each.person for each in await chats.schedules.all()] == [str(AN)]
        await chats.privacy.forget_person(AN)
        assert await chats.schedules.all() == [self.EIGHT]

    async def test_it_moves_with_its_chat_and_goes_with_it(self, chats):
        await chats.schedules.choose(replace(self.EIGHT, place=place_of(GROUP)))
        await chats.digests.note(place_of(GROUP), since=10, until=20, link=None)
        await chats.places.move(GROUP, SUPERGROUP)
        assert [each.place for each in await chats.schedules.all()] == [place_of(SUPERGROUP)]
        assert await chats.digests.of(place_of(SUPERGROUP))
        await chats.places.note(SUPERGROUP, None, Reach.REMOVED)
        assert await chats.schedules.all() == []
        assert await chats.digests.of(place_of(SUPERGROUP)) is None


class TestFeedback:
    async def test_a_person_has_one_vote_on_a_message_and_may_change_it(self, chats):
        vote = {"person": "11", "question": NGA.question}
        assert await chats.feedback.vote(AN, 8, vote=Vote.UP, **vote)
        assert not await chats.feedback.vote(AN, 8, vote=Vote.UP, **vote)
        assert await chats.feedback.vote(AN, 8, vote=Vote.DOWN, **vote)
        report = await chats.feedback.report()
        assert (report.up, report.down) == (0, 1)
        assert report.disliked == [Asked(NGA.question, 1)]

    async def test_the_report_begins_with_what_is_most_frequent(self, chats):
        for question in ("giá vàng", "Giá vàng?", "thời tiết", "gia vang"):
            await chats.feedback.note_unanswered(question)
        for person in ("11", "12"):
            await chats.feedback.vote(GROUP, 9, person=person, vote=Vote.DOWN, question="hai")
        await chats.feedback.vote(GROUP, 8, person="11", vote=Vote.DOWN, question="một")
        report = await chats.feedback.report()
        assert report.unanswered == [Asked("gia vang", 3), Asked("thời tiết", 1)]
        assert report.disliked == [Asked("hai", 2), Asked("một", 1)]

    async def test_a_report_has_an_end(self, chats):
        for number in range(5):
            await chats.feedback.note_unanswered(f"câu {number}")
        assert len((await chats.feedback.report(limit=3)).unanswered) == 3

    async def test_feedback_is_forgotten_after_a_year(self, chats, clock):
        await chats.feedback.note_unanswered("giá vàng")
        await chats.feedback.vote(AN, 8, person="11", vote=Vote.UP, question="một")
        clock.now += 365 * DAY
        await chats.clear_out()
        report = await chats.feedback.report()
        assert (report.up, report.unanswered) == (0, [])


class TestCounts:
    DAY = dt.date(2026, 11, 21)

    async def test_a_day_tells_how_many_how_many_answered_and_the_slowest(self, chats):
        for answered, seconds in ((True, 0.2), (False, 1.5), (True, 0.1)):
            await chats.counts.count(self.DAY, answered=answered, seconds=seconds)
        assert await chats.counts.since(self.DAY) == [DayCount(self.DAY, 3, 2, 1.5)]

    async def test_days_come_in_order_from_the_one_asked_for(self, chats):
        for ago in (0, 2, 1, 3):
            await chats.counts.count(self.DAY - dt.timedelta(days=ago), answered=True, seconds=0.1)
        counted = await chats.counts.since(self.DAY - dt.timedelta(days=2))
        assert [count.day.day for count in counted] == [19, 20, 21]

    async def test_they_are_forgotten_after_more_than_a_year(self, chats):
        await chats.counts.count(self.DAY - dt.timedelta(days=401), answered=True, seconds=0.1)
        await chats.counts.count(self.DAY, answered=True, seconds=0.1)
        assert [count.day for count in await chats.counts.since(dt.date.min)] == [self.DAY]

    async def test_nothing_else_is_kept(self, chats, path):
        await chats.counts.count(self.DAY, answered=True, seconds=0.1)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT * FROM counts").fetchall() == [("2026-11-21", 1, 1, 0.1)]


class TestPrivacy:
    @pytest.fixture(autouse=True)
    async def _something_stored(self, chats):
        for person in (AN, BINH):
            await chats.places.choose_language(person, Language.EN)
            for chat in (person, GROUP):
                await chats.turns.keep(Asker(place_of(chat), str(person)), NGA)
                await chats.answers.show(chat, person, question=7, person=str(person), turn=NGA)
                await chats.feedback.vote(chat, person, person=str(person), vote=Vote.UP, question="một")
            await say(chats, person, person=person)

    async def test_a_person_learns_what_is_stored_of_them(self, chats):
        assert await chats.privacy.stored_of_person(AN) == Stored(2, 2, 2, messages=1, language=True)

    async def test_a_person_is_forgotten_in_every_chat(self, chats, path):
        await chats.privacy.forget_person(AN)
        stored = await chats.privacy.stored_of_person(AN)
        assert not stored.anything
        assert await chats.turns.last(Asker(place_of(AN), str(AN))) is None
        assert (await chats.places.get(AN)).language is None
        assert await chats.privacy.stored_of_person(BINH) == Stored(2, 2, 2, messages=1, language=True)

    async def test_a_chat_is_forgotten_with_what_it_was_before_it_moved(self, chats):
        await chats.places.move(GROUP, SUPERGROUP)
        await chats.answers.show(SUPERGROUP, 3, question=2, person=str(AN), turn=NGA)
        assert await chats.privacy.stored_of_chat(SUPERGROUP) == Stored(2, 3, 2, messages=2, language=False)
        await chats.privacy.forget_chat(SUPERGROUP)
        assert not (await chats.privacy.stored_of_chat(SUPERGROUP)).anything
        assert await chats.privacy.stored_of_person(AN) == Stored(1, 1, 1, messages=0, language=True)

    async def test_choices_of_a_chat_are_forgotten_but_that_nothing_is_to_be_kept_of_its_talk(self, chats):
        for keeps in (None, True, False):
            await chats.places.choose(GROUP, "a", 1)
            await chats.places.choose(GROUP, KEEPS_TALK, keeps)
            await chats.privacy.forget_chat(GROUP)
            left = {} if keeps is not False else {KEEPS_TALK: False}
            assert await chats.places.get(GROUP) == Place(settings=left)

    async def test_that_someone_blocked_the_bot_is_still_known(self, chats):
        await chats.places.note(AN, "private", Reach.BLOCKED)
        await chats.privacy.forget_person(AN)
        assert await chats.places.get(AN) == Place("private", Reach.BLOCKED)
