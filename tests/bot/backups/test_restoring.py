import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

from bot.backups import restoring
from bot.backups.archive import DamagedDatabase, NewerBackup, NotABackup
from bot.backups.making import back_up
from bot.backups.restoring import CollectionInUse, DataThere, finish, restore
from bot.chats import Chats
from bot.data_folder import InUse
from index.collection import Collection

DOCUMENT = "quy định: 1.txt"


@pytest.fixture
def backup(data, archive):
    """A backup of the data folder."""
    back_up(data, archive)
    return archive


def rewritten(archive, name, change):
    """An archive with one of its files changed."""
    changed = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as before, zipfile.ZipFile(changed, "w") as after:
        for entry in before.namelist():
            content = before.read(entry)
            after.writestr(entry, change(content) if entry == name else content)
    return changed


def files(folder):
    """What is in a folder, but for locks."""
    kept = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


class TestRestoring:
    async def test_another_machine_has_all_of_it(self, backup, tmp_path, open_updates, greeting):
        data = tmp_path / "elsewhere" / "data"
        _, aside = restore(backup, data, replace=False)
        assert aside is None
        assert await open_updates(data) == greeting
        assert (data / "documents" / DOCUMENT).read_text(encoding="utf-8").startswith("Nội quy")
        async with Collection.open(data / "collection") as collection:
            assert (await collection.statistics()).documents == 2
            assert "17 nguyên tố" in (await collection.ask("đất hiếm gồm mấy nguyên tố")).answers[0].text

    def test_nobody_else_may_read_it(self, backup, tmp_path):
        restore(backup, tmp_path / "new", replace=False)
        kept = [path for path in (tmp_path / "new").rglob("*") if path.is_file() and path.suffix != ".lock"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700

    async def test_what_is_there_stays_unless_it_may_be_replaced(self, backup, data, open_updates, greeting):
        async with Chats.open(data / "chats.sqlite3") as chats:
            await chats.updates.strike_off(1)
        with pytest.raises(DataThere):
            restore(backup, data, replace=False)
        assert await open_updates(data) == []
        restore(backup, data, replace=True)
        assert await open_updates(data) == greeting

    async def test_what_was_there_is_kept_aside(self, backup, data, open_updates):
        async with Chats.open(data / "chats.sqlite3") as chats:
            await chats.updates.put(2, "mới")
        (data / "other").write_text("x", encoding="utf-8")
        _, aside = restore(backup, data, replace=True)
        assert aside.parent == data
        assert (aside / "other").exists()
        assert not (data / "other").exists()
        assert [one.content for one in await open_updates(aside)] == ["xin chào", "mới"]


class TestRefusing:
    @pytest.fixture(autouse=True)
    def _unchanged(self, data):
        before = files(data)
        yield
        assert files(data) == before

    def test_while_a_bot_runs(self, backup, data):
        with FileLock(data / "bot.lock"), pytest.raises(InUse):
            restore(backup, data, replace=True)

    def test_while_somebody_indexes(self, backup, data):
        with FileLock(data / "collection" / "write.lock"), pytest.raises(CollectionInUse):
            restore(backup, data, replace=True)

    def test_what_is_no_archive(self, data, tmp_path):
        (tmp_path / "other").write_bytes(b"x" * 1000)
        with pytest.raises(NotABackup):
            restore(tmp_path / "other", data, replace=True)

    def test_what_is_not_there(self, data, tmp_path):
        with pytest.raises(FileNotFoundError):
            restore(tmp_path / "missing", data, replace=True)

    @pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
    def test_a_torn_archive(self, backup, data, part):
        backup.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * part)])
        with pytest.raises(NotABackup):
            restore(backup, data, replace=True)

    def test_a_flipped_bit(self, backup, data):
        content = bytearray(backup.read_bytes())
        content[len(content) // 2] ^= 1
        backup.write_bytes(content)
        with pytest.raises((NotABackup, DamagedDatabase)):
            restore(backup, data, replace=True)

    @pytest.mark.parametrize("name", ["chats.sqlite3", f"documents/{DOCUMENT}"])
    def test_another_content_than_the_manifest_tells(self, backup, data, name):
        with pytest.raises(NotABackup, match=Path(name).name):
            restore(rewritten(backup, name, lambda content: content + b"x"), data, replace=True)

    def test_a_zip_file_of_another_kind(self, data, tmp_path):
        with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
            other.writestr("a.txt", "x")
        with pytest.raises(NotABackup, match="manifest"):
            restore(tmp_path / "other.zip", data, replace=True)

    @pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "a/../../out.txt", ""])
    def test_a_name_that_leads_out_of_the_folder(self, backup, data, name):
        def change(content):
            return json.dumps(json.loads(content) | {"files": {name: "0" * 64}}).encode()

        with pytest.raises(NotABackup, match="leads out"):
            restore(rewritten(backup, "manifest.json", change), data, replace=True)

    def test_an_archive_of_a_newer_version(self, backup, data):
        def change(content):
            return json.dumps(json.loads(content) | {"format": 99}).encode()

        with pytest.raises(NewerBackup):
            restore(rewritten(backup, "manifest.json", change), data, replace=True)

    def test_a_database_of_a_newer_version(self, backup, data, monkeypatch):
        monkeypatch.setitem(restoring.check_database.__globals__["_SCHEMAS"], "chats.sqlite3", 1)
        with pytest.raises(NewerBackup):
            restore(backup, data, replace=True)


class Killed(BaseException):
    """Ends everything, as a kill does."""


class TestKilled:
    @pytest.mark.parametrize("move", range(1, 9))
    async def test_at_any_move_the_next_start_goes_on(self, backup, data, monkeypatch, move, open_updates):
        async with Chats.open(data / "chats.sqlite3") as chats:
            await chats.updates.put(2, "mới")
        (data / "other").write_text("x", encoding="utf-8")
        real, done = Path.rename, []

        def rename(path, target):
            done.append(target)
            if len(done) == move:
                raise Killed
            return real(path, target)

        monkeypatch.setattr(Path, "rename", rename)
        with pytest.raises(Killed):
            restore(backup, data, replace=True)
        monkeypatch.setattr(Path, "rename", real)
        finish(data)
        there = {path.name for path in data.iterdir() if not path.name.startswith("before-restore")} - {"bot.lock"}
        if move == 1:  # It was not checked to the end: nothing has changed.
            assert there == {"chats.sqlite3", "collection", "documents", "other"}
            assert len(await open_updates(data)) == 2
            return
        assert there == {"chats.sqlite3", "collection", "documents"}
        assert len(await open_updates(data)) == 1
        asides = [aside for aside in data.glob("before-restore-*") if (aside / "chats.sqlite3").exists()]
        assert [len(await open_updates(aside)) for aside in asides] == [2]
        assert list(data.glob("before-restore-*/other"))

    def test_what_came_into_being_meanwhile_is_kept_too(self, backup, data, monkeypatch):
        real = Path.rename

        def rename(path, target):
            if path.parent.name == "restoring.cleared":
                raise Killed
            return real(path, target)

        monkeypatch.setattr(Path, "rename", rename)
        with pytest.raises(Killed):
            restore(backup, data, replace=True)
        monkeypatch.setattr(Path, "rename", real)
        (data / "collection").mkdir()
        (data / "collection" / "new").touch()
        finish(data)
        assert list(data.glob("before-restore-*/collection/new"))
        assert (data / "collection" / "collection.sqlite3").exists()

    def test_where_nothing_was_begun_nothing_is_done(self, data):
        before = files(data)
        assert finish(data) is None
        assert files(data) == before
        shutil.rmtree(data)
