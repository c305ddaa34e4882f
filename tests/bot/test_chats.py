import asyncio
import sqlite3

import aiosqlite
import pytest

from bot.chats import Chats, ChatsError
from bot.chats.database import Database
from bot.chats.feedback import Asked, Vote
from bot.chats.places import Place, Reach
from bot.chats.privacy import Stored
from bot.chats.schema import MIGRATIONS
from bot.chats.turns import place_of
from bot.chats.updates import Open
from bot.texts import Language
from bot.turns import Asker, Turn

HOUR, DAY = 3600.0, 24 * 3600.0
AN, BINH, GROUP, SUPERGROUP = 11, 12, -5, -1005
NGA = Turn("trữ lượng đất hiếm của Nga", place=1)


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


class TestFile:
    async def test_what_was_written_is_there_after_a_restart(self, path):
        async with Chats.open(path) as chats:
            await chats.updates.put(1, "{}")
        async with Chats.open(path) as chats:
            assert await chats.updates.open() == [Open(1, "{}", sending=False)]

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

    async def test_sending_is_marked_and_taken_back(self, chats):
        await chats.updates.put(1, "{}")
        await chats.updates.mark(1, sending=True)
        assert [one.sending for one in await chats.updates.open()] == [True]
        await chats.updates.mark(1, sending=False)
        assert [one.sending for one in await chats.updates.open()] == [False]

    async def test_what_is_done_stays_done(self, chats):
        await chats.updates.put(1, "{}")
        await chats.updates.strike_off(1)
        await chats.updates.mark(1, sending=True)
        assert await chats.updates.open() == []


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
        await chats.turns.keep(asker, Turn("còn Ukraine", page=2))
        async with Chats.open(path, clock=clock) as reopened:
            assert await reopened.turns.last(asker) == Turn("còn Ukraine", page=2)

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


class TestPrivacy:
    @pytest.fixture(autouse=True)
    async def _something_stored(self, chats):
        for person in (AN, BINH):
            await chats.places.choose_language(person, Language.EN)
            for chat in (person, GROUP):
                await chats.turns.keep(Asker(place_of(chat), str(person)), NGA)
                await chats.answers.show(chat, person, question=7, person=str(person), turn=NGA)
                await chats.feedback.vote(chat, person, person=str(person), vote=Vote.UP, question="một")

    async def test_a_person_learns_what_is_stored_of_them(self, chats):
        assert await chats.privacy.stored_of_person(AN) == Stored(turns=2, answers=2, votes=2, language=True)

    async def test_a_person_is_forgotten_in_every_chat(self, chats, path):
        await chats.privacy.forget_person(AN)
        stored = await chats.privacy.stored_of_person(AN)
        assert not stored.anything
        assert await chats.turns.last(Asker(place_of(AN), str(AN))) is None
        assert (await chats.places.get(AN)).language is None
        assert await chats.privacy.stored_of_person(BINH) == Stored(turns=2, answers=2, votes=2, language=True)

    async def test_a_chat_is_forgotten_with_what_it_was_before_it_moved(self, chats):
        await chats.places.move(GROUP, SUPERGROUP)
        await chats.answers.show(SUPERGROUP, 3, question=2, person=str(AN), turn=NGA)
        assert await chats.privacy.stored_of_chat(SUPERGROUP) == Stored(turns=2, answers=3, votes=2, language=False)
        await chats.privacy.forget_chat(SUPERGROUP)
        assert not (await chats.privacy.stored_of_chat(SUPERGROUP)).anything
        assert await chats.privacy.stored_of_person(AN) == Stored(turns=1, answers=1, votes=1, language=True)

    async def test_that_someone_blocked_the_bot_is_still_known(self, chats):
        await chats.places.note(AN, "private", Reach.BLOCKED)
        await chats.privacy.forget_person(AN)
        assert await chats.places.get(AN) == Place("private", Reach.BLOCKED)
