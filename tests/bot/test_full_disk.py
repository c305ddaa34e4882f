"""People are told that the disk is full: the owner at the start, and whoever wants something written."""

import errno
import os
import sqlite3

import pytest

from bot.adding import Adding
from bot.commands import Face
from bot.conversation import Conversation, Message
from bot.faults import Fault, fault_of, said_of_fault
from bot.indexing import opened, said_of
from bot.settings import Settings
from bot.texts import TEXTS, Language
from bot.turns import Asker, RecentTurns
from index.collection import Collection, CollectionError, Damaged, Unwritable
from index.live_engine import NotWritten
from index.settings import Folders
from tests.bot.test_adding import RICE, reading, said
from tests.disks import filled, small_disk

VI = TEXTS[Language.VI]
ME = Asker("console", "console")


@pytest.fixture
def disk(tmp_path):
    """A folder on a small disk."""
    with small_disk(tmp_path / "data"):
        yield tmp_path / "data"


def talk(collection):
    """Say something in a terminal."""
    adding = Adding(collection, reading, owns=lambda _: True)
    conversation = Conversation(collection, RecentTurns(), others=adding.commands)
    return lambda text: conversation.reply(Message(text, ME, Language.VI, Face.CONSOLE))


async def test_a_document_that_there_is_no_room_for_is_told_and_can_be_added_later(disk, tmp_path):
    (tmp_path / "gạo.txt").write_text(RICE, encoding="utf-8")
    (tmp_path / "cam.txt").write_text("Cam sành Hà Giang chín vào tháng mười một, quả vàng và ngọt.", encoding="utf-8")
    async with Collection.open(disk / "collection") as collection:
        say = talk(collection)
        await say(f"/them {tmp_path / 'gạo.txt'}")
        with filled(disk):
            assert said(await say(f"/them {tmp_path / 'cam.txt'}")) == VI.no_room_now
            assert said(await say("/xoa gạo.txt")) == VI.no_room_now
            assert RICE in said(await say("giá gạo tăng bao nhiêu"))
        await say(f"/them {tmp_path / 'cam.txt'}")
        assert "ngọt" in said(await say("cam sành Hà Giang chín vào tháng mấy"))


async def test_a_start_without_room_says_so(disk, tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "gạo.txt").write_text(RICE, encoding="utf-8")
    settings = Settings(folders=Folders(documents, disk))
    async with opened(settings):
        pass
    (documents / "cam.txt").write_text("Cam sành Hà Giang chín vào tháng mười một, quả vàng và ngọt.", encoding="utf-8")
    with filled(disk), pytest.raises((CollectionError, sqlite3.Error)) as caught:
        async with opened(settings):
            pass
    assert fault_of(caught.value) is Fault.FULL
    assert (said_of_fault(caught.value, "", VI) or "").startswith("Ổ đĩa hết chỗ")
    assert list(disk.glob("damaged-*")) == []


async def test_what_a_collection_cannot_write_is_said_as_its_cause_is():
    full, forbidden = Unwritable("no space"), Unwritable("read-only")
    full.__cause__ = NotWritten(errno.ENOSPC, "no space")
    forbidden.__cause__ = NotWritten(errno.EROFS, "read-only")
    assert said_of(full, VI) == VI.disk_full("no space")
    assert said_of(forbidden, VI) == VI.cannot_write("read-only")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, Fault.FULL),
        (errno.EDQUOT, Fault.FULL),
        (errno.EROFS, Fault.READ_ONLY),
        (errno.EACCES, Fault.READ_ONLY),
        (errno.EIO, Fault.FAILING),
        (errno.EMFILE, Fault.FAILING),
        (errno.ECONNRESET, None),
        (errno.ENOENT, None),
    ],
)
def test_what_the_system_says_is_a_fault_of_the_disk_or_none(number, fault):
    error = CollectionError()
    error.__cause__ = OSError(number, os.strerror(number))
    assert fault_of(error) is fault


async def test_what_no_room_would_mend_is_no_matter_of_room(empty_collection, monkeypatch, tmp_path):
    async def damaged(*_, **__):
        raise Damaged("torn")

    monkeypatch.setattr(empty_collection, "add", damaged)
    (tmp_path / "gạo.txt").write_text(RICE, encoding="utf-8")
    with pytest.raises(Damaged):
        await talk(empty_collection)(f"/them {tmp_path / 'gạo.txt'}")


async def test_a_read_only_collection_is_told_with_the_reason(empty_collection, monkeypatch, tmp_path):
    async def refused(*_, **__):
        raise Unwritable("[Errno 30] Read-only file system") from NotWritten(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(empty_collection, "add", refused)
    (tmp_path / "gạo.txt").write_text(RICE, encoding="utf-8")
    told = said(await talk(empty_collection)(f"/them {tmp_path / 'gạo.txt'}"))
    assert told == VI.not_written_now("[Errno 30] Read-only file system")
