"""What is wrong with a database, found by doing to one what a disk or another program would."""

import contextlib
import sqlite3

import aiosqlite
import pytest

from bot.chats import Chats, ChatsError
from bot.faults import DamagedFile, Fault, fault_of, look_through, passed_over, said_of_fault
from bot.texts import TEXTS, Language
from index.store import StoreError

VI = TEXTS[Language.VI]


@pytest.fixture
def database(tmp_path):
    """A database with a table in it."""
    path = tmp_path / "one.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.executemany("INSERT INTO words VALUES (?)", [("nước" * 400,)] * 100)
    return path


@contextlib.contextmanager
def opened(path):
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        yield connection


def error_of(path, statement, *before):
    with opened(path) as connection:
        for one in before:
            connection.execute(one)
        with pytest.raises(sqlite3.Error) as caught:
            connection.execute(statement).fetchall()
    return caught.value


WRITE = "INSERT INTO words VALUES (hex(zeroblob(100000)))"


class TestNaming:
    def test_a_full_disk(self, database):
        with opened(database) as connection:
            ((pages,),) = connection.execute("PRAGMA page_count")
        error = error_of(database, WRITE, f"PRAGMA max_page_count = {pages}")
        assert fault_of(error) is Fault.FULL
        assert said_of_fault(error, "", VI) == VI.disk_full("database or disk is full")

    def test_what_may_not_be_written_to(self, database):
        error = error_of(f"{database}", WRITE, "PRAGMA query_only = ON")
        assert fault_of(error) is Fault.READ_ONLY
        assert said_of_fault(error, "", VI) == VI.cannot_write(str(error))

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(sqlite3.OperationalError) as caught:
            sqlite3.connect(tmp_path / "nowhere" / "one.sqlite3")
        assert fault_of(caught.value) is Fault.READ_ONLY

    def test_one_that_another_program_holds(self, database):
        with opened(database) as other:
            other.execute("BEGIN EXCLUSIVE")
            error = error_of(database, WRITE)
        assert fault_of(error) is Fault.HELD
        assert said_of_fault(error, "", VI) == VI.database_held("database is locked")

    def test_damage(self, database):
        content = bytearray(database.read_bytes())
        content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
        database.write_bytes(content)
        error = error_of(database, "SELECT * FROM words")
        assert fault_of(error) is Fault.DAMAGED
        assert said_of_fault(error, "hỏng", VI) == "hỏng"

    def test_what_is_no_database(self, database):
        database.write_bytes(b"x" * 10_000)
        assert fault_of(error_of(database, "SELECT * FROM words")) is Fault.DAMAGED

    async def test_a_newer_version(self, tmp_path):
        async with Chats.open(tmp_path / "chats.sqlite3"):
            pass
        with opened(tmp_path / "chats.sqlite3") as connection:
            connection.execute("PRAGMA user_version = 99")
        with pytest.raises(ChatsError) as caught:
            async with Chats.open(tmp_path / "chats.sqlite3"):
                pass
        assert fault_of(caught.value) is Fault.NEWER
        assert said_of_fault(caught.value, "", VI) == VI.newer_data(str(caught.value))

    def test_any_other(self, database):
        error = error_of(database, "SELECT * FROM absent")
        assert fault_of(error) is Fault.OTHER
        assert said_of_fault(error, "", VI) == VI.disk_failing("no such table: absent")

    def test_what_comes_from_no_database(self):
        assert fault_of(ValueError()) is None
        assert said_of_fault(ValueError(), "", VI) is None

    def test_the_cause_counts(self, database):
        error = StoreError()
        error.__cause__ = error_of(database, WRITE, "PRAGMA query_only = ON")
        assert fault_of(error) is Fault.READ_ONLY

    def test_only_what_a_disk_or_others_do_may_pass(self):
        assert {fault for fault in Fault if fault.may_pass} == {
            Fault.FULL,
            Fault.READ_ONLY,
            Fault.HELD,
            Fault.FAILING,
        }


class TestLookingThrough:
    def test_a_good_one(self, database):
        look_through(database)

    def test_one_that_is_not_there_is_not_made(self, tmp_path):
        look_through(tmp_path / "new.sqlite3")
        assert not (tmp_path / "new.sqlite3").exists()

    def test_damage_that_no_question_has_come_upon(self, database):
        content = bytearray(database.read_bytes())
        content[-4096:] = b"\xff" * 4096
        database.write_bytes(content)
        with pytest.raises(DamagedFile):
            look_through(database)


class TestPassingOver:
    def test_what_cannot_be_kept_is_logged_in_a_line(self, caplog):
        with passed_over("a vote is"):
            raise aiosqlite.OperationalError("database or disk is full")
        assert caplog.messages == ["a vote is not kept: database or disk is full"]

    def test_anything_else_is_not_passed_over(self):
        with pytest.raises(ValueError, match="x"), passed_over("a vote is"):
            raise ValueError("x")
