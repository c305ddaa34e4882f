import contextlib
import shutil
import sqlite3
import stat
import zipfile

import pytest

from bot.backups.archive import MANIFEST, DamagedDatabase, NotABackup
from bot.backups.making import InsideData, NothingThere, back_up
from bot.chats import Chats


def names(archive):
    with zipfile.ZipFile(archive) as opened:
        return set(opened.namelist())


def test_everything_is_in_it_but_what_is_built_again(data, archive):
    (data / "before-restore-20260101T000000000000Z").mkdir()
    (data / "before-restore-20260101T000000000000Z" / "chats.sqlite3").touch()
    assert (data / "collection" / "engine").is_dir()
    back_up(data, archive)
    documents = {"documents/quy định: 1.txt"}
    assert names(archive) == documents | {MANIFEST, "chats.sqlite3", "collection/collection.sqlite3"}


def test_it_is_for_its_owners_eyes_alone(data, archive):
    back_up(data, archive)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


async def test_what_a_running_bot_has_acknowledged_is_in_it(data, archive, tmp_path):
    async with Chats.open(data / "chats.sqlite3") as chats:
        await chats.updates.put(2, "vừa hỏi")
        back_up(data, archive)
    with zipfile.ZipFile(archive) as opened:
        opened.extract("chats.sqlite3", tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "chats.sqlite3")) as copy:
        assert copy.execute("SELECT content FROM updates").fetchall() == [("xin chào",), ("vừa hỏi",)]


async def test_a_copy_is_of_one_moment_though_it_is_written_to_meanwhile(data, archive):
    async with Chats.open(data / "chats.sqlite3") as chats:
        for number in range(2, 40):
            await chats.updates.put(number, "dài " * 20_000)
    told = []

    def write(done, total):
        told.append((done, total))
        if len(told) < 50:
            with contextlib.closing(sqlite3.connect(data / "chats.sqlite3")) as other, other:
                other.execute("INSERT INTO updates VALUES (?, 0, ?, 0)", (1000 + len(told), "ngắn"))

    back_up(data, archive, write)
    assert len(told) > 3
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] <= told[-1][1]


def test_an_archive_that_is_there_is_replaced_only_by_a_whole_one(data, archive, damage):
    back_up(data, archive)
    before = archive.read_bytes()
    damage(data / "collection" / "collection.sqlite3")
    with pytest.raises(DamagedDatabase, match=r"collection\.sqlite3"):
        back_up(data, archive)
    assert archive.read_bytes() == before
    assert list(archive.parent.glob(".backup*")) == []


def test_what_cannot_be_read_again_is_no_archive(data, archive, monkeypatch):
    real = zipfile.ZipFile.open

    def torn(self, name, mode="r", **kwargs):
        if mode == "r" and name == "chats.sqlite3":
            raise zipfile.BadZipFile("Bad CRC-32")
        return real(self, name, mode, **kwargs)

    monkeypatch.setattr(zipfile.ZipFile, "open", torn)
    with pytest.raises(NotABackup, match="CRC"):
        back_up(data, archive)
    assert not archive.exists()


def test_a_document_that_is_removed_meanwhile_is_not_in_it(data, archive):
    document = data / "documents" / "quy định: 1.txt"
    back_up(data, archive, lambda *_: document.unlink(missing_ok=True))
    assert "documents/quy định: 1.txt" not in names(archive)


def test_links_are_not_followed(data, archive, tmp_path):
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (data / "link").symlink_to(tmp_path / "secret")
    back_up(data, archive)
    assert "link" not in names(archive)


def test_it_is_not_kept_in_the_folder_itself(data):
    with pytest.raises(InsideData):
        back_up(data, data / "documents" / "backup.zip")


@pytest.mark.parametrize("there", [True, False])
def test_of_nothing_there_is_none(tmp_path, archive, there):
    if there:
        (tmp_path / "data").mkdir()
    with pytest.raises(NothingThere):
        back_up(tmp_path / "data", archive)


def test_a_full_disk_leaves_nothing_behind(data, archive, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.backups.making.copy", full)
    with pytest.raises(OSError, match="No space"):
        back_up(data, archive)
    assert not archive.exists()
    assert list(archive.parent.glob(".backup*")) == []


def test_a_copied_data_folder_gives_the_same_files(data, archive, tmp_path):
    shutil.copytree(data, tmp_path / "copy")
    manifest = back_up(data, archive)
    assert back_up(tmp_path / "copy", archive).files.keys() == manifest.files.keys()
