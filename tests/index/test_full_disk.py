"""A collection on a disk that is full: it says so, answers on, loses nothing, and goes on when there is room again."""

import re
import sqlite3

import pytest

from index import moments
from index.__main__ import main
from index.collection import STORE, Collection, Unwritable
from index.documents import Document, Outcome
from index.live_engine import NotWritten
from index.moments import Moment
from tests.disks import filled, small_disk

ROOMS = [0, 4_096, 40_000]
"""Bytes that are left: nothing can be begun, or something is broken off in the midst."""


def about(subject: str) -> Document:
    lines = [f"Giá {subject} ở tỉnh thứ {number} là {number * 37 % 991} đồng một cân." for number in range(150)]
    return Document(f"{subject}.txt", f"Giá {subject}", "\n".join(lines))


async def found(collection: Collection, subject: str) -> set[str]:
    return {hit.passage.source.key for hit in await collection.search(f"giá {subject}", top=1)}


@pytest.mark.parametrize("room", ROOMS)
async def test_where_the_engine_cannot_be_written_nothing_is_lost_and_all_is_found_later(tmp_path, room):
    engine = tmp_path / "engine"
    with small_disk(engine):
        async with Collection.open(tmp_path) as collection:
            await collection.add([about("gạo")])
            before = {path.name for path in engine.glob("*/*.store")}
            with filled(engine, but=room):
                with pytest.raises(Unwritable) as caught:
                    await collection.add([about("cam")])
                assert isinstance(caught.value.__cause__, NotWritten)
                assert await found(collection, "gạo") == {"gạo.txt"}
            assert before <= {path.name for path in engine.glob("*/*.store")}
            (tried_again, added) = await collection.add([about("cam"), about("tiêu")])
            assert (tried_again.outcome, added.outcome) == (Outcome.UNCHANGED, Outcome.ADDED)
            for subject in ("gạo", "cam", "tiêu"):
                assert await found(collection, subject) == {f"{subject}.txt"}


@pytest.mark.parametrize("room", ROOMS)
async def test_where_nothing_can_be_written_it_is_as_it_was_and_can_be_tried_again(tmp_path, room):
    folder = tmp_path / "collection"
    with small_disk(folder):
        async with Collection.open(folder) as collection:
            await collection.add([about("gạo")])
            with filled(folder, but=room):
                with pytest.raises((sqlite3.OperationalError, Unwritable)):
                    await collection.add([about("cam"), about("tiêu")])
                assert await found(collection, "gạo") == {"gạo.txt"}
            await collection.add([about("cam"), about("tiêu")])
            assert await found(collection, "cam") == {"cam.txt"}
        async with Collection.open(folder) as collection:
            assert len(await collection.keys()) == 3


async def test_what_was_not_found_for_want_of_room_is_when_the_folder_is_looked_at_next(tmp_path):
    documents, engine = tmp_path / "documents", tmp_path / "engine"
    documents.mkdir()
    (documents / "gạo.txt").write_text(about("gạo").text)
    with small_disk(engine):
        async with Collection.open(tmp_path) as collection:
            await collection.update(documents)
            with filled(engine), pytest.raises(Unwritable):
                await collection.add([about("cam")])
            await collection.update(documents)
            assert await found(collection, "cam") == {"cam.txt"}


async def test_a_long_log_stays_where_there_is_no_room_to_take_it_over(tmp_path, monkeypatch):
    store = tmp_path / "data" / STORE
    monkeypatch.setattr(moments, "_LONG_LOG", 1)
    with small_disk(tmp_path / "data", megabytes=40):
        async with Collection.open(tmp_path / "data") as collection:
            before = Moment(store)  # Meanwhile nothing is taken over.
            await collection.add([about(f"gạo {number}") for number in range(60)])
            now = Moment(store)
            before.close()
            with filled(tmp_path / "data"):
                now.let_go_of_log()
                assert await found(collection, "gạo 7") == {"gạo 7.txt"}
            now.close()


async def test_a_start_that_must_mend_the_engine_says_what_keeps_it_from_it(tmp_path):
    engine = tmp_path / "engine"
    with small_disk(engine):
        async with Collection.open(tmp_path) as collection:
            await collection.add([about("gạo")])
            with filled(engine), pytest.raises(Unwritable):
                await collection.add([about("cam")])
        with filled(engine), pytest.raises(Unwritable):
            async with Collection.open(tmp_path):
                pass
        async with Collection.open(tmp_path) as collection:
            assert await found(collection, "cam") == {"cam.txt"}


def test_the_command_line_says_it_on_a_line(tmp_path, monkeypatch, capsys):
    documents, data = tmp_path / "documents", tmp_path / "data"
    documents.mkdir()
    (documents / "gạo.txt").write_text(about("gạo").text)
    monkeypatch.setenv("DOCUMENTS_DIR", str(documents))
    monkeypatch.setenv("DATA_DIR", str(data))
    with small_disk(data):
        assert main(["build"]) == 0
        (documents / "cam.txt").write_text(about("cam").text)
        capsys.readouterr()
        with filled(data):
            assert main(["build"]) == 1
        assert re.match("index: .*(disk|device)", capsys.readouterr().err.splitlines()[-1])
