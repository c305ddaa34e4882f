import contextlib
import io
import sqlite3
import sys

import pytest

from bot.indexing import opened, said_of, update
from bot.settings import Settings
from bot.texts import TEXTS, Language
from index.collection import Busy, CollectionError, Damaged, NoDocuments
from index.documents import Changes, Document, Skipped
from index.settings import Folders
from index.store import Store

VI = TEXTS[Language.VI]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def settings(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("Cá tra sống ở sông Mê Kông.\n", encoding="utf-8")
    (folder / "b.txt").write_text("Cây lúa sống ở ruộng nước.\n", encoding="utf-8")
    return Settings(folders=Folders(folder, tmp_path / "data"))


async def test_what_changed_is_said_in_a_line(empty_collection, settings, capsys):
    await update(empty_collection, settings)
    assert capsys.readouterr().err == "Thêm 2 tài liệu.\n"
    (settings.folders.documents / "a.txt").write_text("Cá tra và cá ba sa sống ở sông.\n", encoding="utf-8")
    (settings.folders.documents / "b.txt").unlink()
    (settings.folders.documents / "c.txt").write_text("Trâu ăn cỏ.\n", encoding="utf-8")
    await update(empty_collection, settings)
    assert capsys.readouterr().err == "Thêm 1 tài liệu, cập nhật 1 tài liệu, bỏ 1 tài liệu.\n"


async def test_when_nothing_changed_nothing_is_said(empty_collection, settings, capsys):
    await update(empty_collection, settings)
    capsys.readouterr()
    await update(empty_collection, settings)
    assert capsys.readouterr().err == ""


async def test_where_documents_can_be_added_in_other_ways_there_may_be_none_yet(settings, capsys):
    for file in settings.folders.documents.iterdir():
        file.unlink()
    async with opened(settings, may_be_empty=True) as (collection, changes):
        assert changes == Changes()
        assert (await collection.statistics()).documents == 0
    assert capsys.readouterr().err == f"{VI.empty_folder(settings.folders.documents)}\n"
    with pytest.raises(NoDocuments):
        async with opened(settings):
            pass
    settings.folders.documents.rmdir()
    with pytest.raises(NoDocuments):
        async with opened(settings, may_be_empty=True):
            pass


async def test_skipped_files_are_named_with_their_reason(empty_collection, settings, capsys):
    (settings.folders.documents / "trống.txt").touch()
    await update(empty_collection, settings)
    assert capsys.readouterr().err == "Thêm 2 tài liệu.\nBỏ qua 1 tệp: trống.txt (tệp trống).\n"


async def test_many_skipped_files_are_counted(empty_collection, settings, capsys):
    for number in range(5):
        (settings.folders.documents / f"trống{number}.txt").touch()
    await update(empty_collection, settings)
    assert capsys.readouterr().err.endswith("trống2.txt (tệp trống); và 2 tệp khác.\n")


class TestDamage:
    """A collection that is damaged is put aside, and made anew from the documents."""

    @pytest.fixture
    async def damaged(self, settings, capsys):
        """A collection whose database is overwritten with something else from a page on."""
        async with opened(settings):
            pass
        capsys.readouterr()
        path = settings.folders.collection / "collection.sqlite3"

        def damage(first):
            content = bytearray(path.read_bytes())
            content[first * 4096 :] = b"\xff" * (len(content) - first * 4096)
            path.write_bytes(content)

        return damage

    @pytest.mark.parametrize("first", [0, 1, 4])
    async def test_it_answers_as_before(self, settings, damaged, first, capsys):
        damaged(first)
        async with opened(settings) as (collection, _):
            assert (await collection.statistics()).documents == 2
            assert (await collection.ask("cá tra sống ở đâu")).answers
        (aside,) = settings.folders.data.glob("damaged-*")
        assert (aside / "collection" / "collection.sqlite3").exists()
        lines = capsys.readouterr().err.splitlines()
        assert lines[0].startswith("Kho tài liệu bị hỏng (")
        assert str(aside) in lines[0]
        assert lines[1] == "Thêm 2 tài liệu."

    async def test_what_no_question_has_come_upon_is_found_where_it_is_looked_for(self, settings, damaged, capsys):
        path = settings.folders.collection / "collection.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'documents_by_digest'")
        content = bytearray(path.read_bytes())
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
        path.write_bytes(content)
        async with opened(settings, look_first=True) as (collection, _):
            assert (await collection.statistics()).documents == 2
        assert list(settings.folders.data.glob("damaged-*"))

    async def test_what_was_added_by_hand_is_put_back(self, settings, capsys):
        async with opened(settings) as (collection, _):
            await collection.add([Document("telegram/gao.txt", "Giá gạo", "Giá gạo tăng năm phần trăm.")])
            await collection.add([Document("https://bao.vn/ca", "Cá", "Cá tra tăng giá.")], origin="https://bao.vn/rss")
        capsys.readouterr()
        with contextlib.closing(sqlite3.connect(settings.folders.collection / "collection.sqlite3")) as connection:
            ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'")
        path = settings.folders.collection / "collection.sqlite3"
        content = bytearray(path.read_bytes())
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
        path.write_bytes(content)
        async with opened(settings) as (collection, _):
            assert sorted(await collection.keys()) == ["a.txt", "b.txt", "https://bao.vn/ca", "telegram/gao.txt"]
            assert [origin.key for origin in await collection.addresses()] == ["https://bao.vn/rss"]
        assert capsys.readouterr().err.endswith(f"{VI.salvaged(2)}\n")

    async def test_one_of_a_newer_version_is_left_alone(self, settings, damaged):
        with contextlib.closing(sqlite3.connect(settings.folders.collection / "collection.sqlite3")) as connection:
            connection.execute("PRAGMA user_version = 99")
        with pytest.raises(Damaged) as caught:
            async with opened(settings):
                pass
        assert said_of(caught.value, VI) == VI.newer_data(str(caught.value))
        assert not list(settings.folders.data.glob("damaged-*"))

    async def test_where_there_is_no_room_nothing_is_put_aside(self, settings, monkeypatch):
        async def write(*_, **__):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        monkeypatch.setattr(Store, "write", write)
        with pytest.raises(sqlite3.OperationalError, match="full"):
            async with opened(settings):
                pass
        assert not list(settings.folders.data.glob("damaged-*"))


async def test_a_terminal_shows_progress(empty_collection, settings, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    await update(empty_collection, settings)
    assert VI.indexing in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("Thêm 2 tài liệu.\n")


async def test_other_outputs_show_no_progress(empty_collection, settings, capsys):
    await update(empty_collection, settings)
    assert VI.indexing not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (NoDocuments("kho"), VI.empty_folder("kho")),
        (
            NoDocuments("kho", (Skipped("ảnh.png", "format", ".png"),)),
            f"{VI.empty_folder('kho')} Bỏ qua 1 tệp: ảnh.png (định dạng chưa hỗ trợ: .png).",
        ),
        (Busy(), VI.busy),
        (Damaged("malformed"), VI.damaged("malformed")),
        (CollectionError("something else"), "something else"),
    ],
)
def test_errors_are_worded_for_people(error, line):
    assert said_of(error, VI) == line
