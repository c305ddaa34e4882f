import os
import shutil
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.documents import Document
from index.engine import EngineWriter
from index.intake import Incoming
from index.live_engine import LiveEngine, NotWritten
from index.preparing import prepare
from index.store import Store
from index.terms import Field

FIELD = Field.SYLLABLES


def prepared(key, text):
    return prepare(Incoming.of(Document(key, "Tin", text)))


@pytest.fixture
async def store(tmp_path):
    async with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def opened(store, tmp_path):
    """Opens the engine, as each process does for itself."""
    made = []

    def open_engine():
        made.append(LiveEngine(tmp_path / "engine", tmp_path / "store.sqlite3"))
        return made[-1]

    yield open_engine
    for one in made:
        one.close()


@pytest.fixture
def engine(opened):
    made = opened()
    made.catch_up()
    return made


def follow(engine, gone, came):
    """Take in what was written to the store, to the end."""
    return engine.follow(gone, came) and engine.settle()


def found(engine, term):
    """What is found for a term, and how many passages it is said to be in."""
    finder = engine.newest()
    sections = finder.sections(finder.candidates({FIELD: [term]}, 5))
    return {section.passages[0].source.key for section in sections}, finder.document_frequency(FIELD, term)


async def test_a_question_asked_while_something_is_written_sees_it_before_or_after(store, engine, opened, monkeypatch):
    other = opened()
    follow(engine, *await store.write([prepared("cam.txt", "Giá cam."), prepared("gao.txt", "Giá gạo.")]))
    before, after = ({"cam.txt", "gao.txt"}, 2), ({"gao.txt", "tieu.txt"}, 2)
    seen = [found(engine, "giá"), found(other, "giá")]
    commit = EngineWriter.commit

    def asked_before_and_after(writer):
        seen.extend([found(engine, "giá"), found(other, "giá")])
        commit(writer)
        seen.extend([found(engine, "giá"), found(other, "giá")])

    monkeypatch.setattr(EngineWriter, "commit", asked_before_and_after)

    gone, came = await store.write([prepared("tieu.txt", "Giá tiêu.")], ["cam.txt"])
    seen += [found(engine, "giá"), found(other, "giá")]
    follow(engine, gone, came)

    assert seen == [before] * 8
    assert [found(engine, "giá"), found(other, "giá")] == [after] * 2


async def test_what_was_written_is_found_before_the_files_are_merged(store, engine, opened):
    other = opened()
    found(other, "gạo")

    assert engine.follow(*await store.write([prepared("gao.txt", "Giá gạo.")]))

    assert not engine.is_settled
    assert found(other, "gạo") == ({"gao.txt"}, 1)
    assert engine.settle()
    assert engine.is_settled
    assert found(other, "gạo") == ({"gao.txt"}, 1)


async def test_what_is_merged_is_not_taken_for_what_the_store_has_come_to_since(store, engine, opened, monkeypatch):
    assert engine.follow(*await store.write([prepared("gao.txt", "Giá gạo.")]))
    written = await store.write([prepared("cam.txt", "Giá cam.")])

    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(EngineWriter, "commit", stop)
    with pytest.raises(KeyboardInterrupt):
        engine.follow(*written)

    monkeypatch.undo()
    after = opened()
    assert not after.is_current()
    after.catch_up()
    assert found(after, "cam") == ({"cam.txt"}, 1)


async def test_where_nothing_was_merged_what_is_open_stays_open(store, engine):
    assert engine.follow(*await store.write([prepared("gao.txt", "Giá gạo.")]))
    before = engine.newest()

    assert engine.settle()

    assert engine.newest() is before


async def test_an_engine_that_went_missing_is_not_taken_for_whole_by_what_comes(store, engine, tmp_path):
    follow(engine, *await store.write([prepared("gao.txt", "Giá gạo.")]))
    shutil.rmtree(tmp_path / "engine")
    (tmp_path / "engine").mkdir()

    assert not follow(engine, *await store.write([prepared("tieu.txt", "Giá tiêu.")]))

    engine.catch_up()
    assert found(engine, "giá") == ({"gao.txt", "tieu.txt"}, 2)


async def test_a_stop_after_files_were_merged_costs_no_new_building(store, engine, opened, monkeypatch):
    for number in range(7):
        follow(engine, *await store.write([prepared(f"{number}.txt", f"Giá gạo {number}.")]))
    engine.follow(*await store.write([prepared("8.txt", "Giá gạo 8.")]))
    engine._merging.under_way.close()
    again, added = opened(), []
    monkeypatch.setattr(EngineWriter, "add", lambda *unit: added.append(unit))

    assert not again.is_current()
    again.catch_up()

    assert added == []
    assert found(again, "gạo")[1] == 8


async def test_who_opens_while_something_is_written_finds_nothing_rather_than_half(store, engine, opened):
    written = await store.write([prepared("gao.txt", "Giá gạo.")])

    late = opened()
    assert not late.refresh()
    follow(engine, *written)
    assert late.refresh()
    assert found(late, "gạo") == ({"gao.txt"}, 1)


async def test_what_a_stopped_process_wrote_is_caught_up_with_by_what_differs(store, engine, opened, monkeypatch):
    follow(engine, *await store.write([prepared(f"{number}.txt", f"Giá gạo {number}.") for number in range(5)]))
    await store.write([prepared("tieu.txt", "Giá tiêu.")], ["0.txt"])
    again, added = opened(), []
    add = EngineWriter.add
    monkeypatch.setattr(EngineWriter, "add", lambda *unit: added.append(unit[2]) or add(*unit))

    assert not again.is_current()
    again.catch_up()

    assert len(set(added)) == 1
    assert found(again, "giá") == ({"1.txt", "2.txt", "3.txt", "4.txt", "tieu.txt"}, 5)
    assert found(again, "0") == (set(), 0)


async def test_what_was_committed_before_a_stop_is_found_only_once_it_is_noted(store, engine, opened, monkeypatch):
    follow(engine, *await store.write([prepared("gao.txt", "Giá gạo.")]))
    written = await store.write([prepared("tieu.txt", "Giá tiêu.")], ["gao.txt"])
    commit = EngineWriter.commit

    def stop_after(writer):
        commit(writer)
        raise KeyboardInterrupt

    monkeypatch.setattr(EngineWriter, "commit", stop_after)
    with pytest.raises(KeyboardInterrupt):
        follow(engine, *written)
    monkeypatch.setattr(EngineWriter, "commit", commit)

    again = opened()
    assert not again.refresh()
    again.catch_up()
    assert found(again, "giá") == ({"tieu.txt"}, 1)


async def test_what_earlier_versions_kept_beside_it_is_removed(store, engine, opened, tmp_path):
    follow(engine, *await store.write([prepared("gao.txt", "Giá gạo.")]))
    sections = tmp_path / "engine" / "sections"
    sections.mkdir()
    (sections / "meta.json").write_text("{}", encoding="utf-8")

    opened().catch_up()

    assert not sections.exists()
    assert found(engine, "giá") == ({"gao.txt"}, 1)


async def test_building_goes_on_where_it_was_interrupted(store, engine, opened, monkeypatch):
    follow(engine, *await store.write([prepared(f"{number}.txt", f"Giá gạo {number}.") for number in range(7)]))
    shutil.rmtree(engine._folder)
    monkeypatch.setattr("index.live_engine._COMMITTED_TOGETHER", 2)
    monkeypatch.setattr("index.live_engine._READ_TOGETHER", 1)

    def stop_at_five(done, _):
        if done == 5:
            raise KeyboardInterrupt

    again, seen = opened(), []
    with pytest.raises(KeyboardInterrupt):
        again.catch_up(stop_at_five)
    again.catch_up(lambda done, total: seen.append((done, total)))

    assert seen == [(5, 7), (6, 7), (7, 7)]
    assert found(again, "giá")[1] == 7


def cut_short(path):
    """A shorter file in the place of one: the one itself may be mapped into memory."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1])


async def test_files_that_are_gone_or_cut_short_are_noticed_and_built_again(store, engine, opened):
    follow(engine, *await store.write([prepared("gao.txt", "Giá gạo.")]))
    files = engine._folder
    kinds = {path.suffix for path in files.glob("[!.]*")}
    assert len(kinds) > 3

    for kind in kinds:
        for damage in (Path.unlink, cut_short):
            damage(next(files.glob(f"[!.]*{kind}")))
            again = opened()
            assert not again.is_current()
            assert not again.refresh()
            again.catch_up()
            assert found(again, "gạo") == ({"gao.txt"}, 1)


async def test_an_engine_torn_while_open_is_built_again_when_something_is_written(store, engine):
    follow(engine, *await store.write([prepared("gao.txt", "Giá gạo.")]))
    found(engine, "giá")
    (engine._folder / "meta.json").write_text("torn", encoding="utf-8")
    assert found(engine, "giá") == ({"gao.txt"}, 1)

    if not follow(engine, *await store.write([prepared("tieu.txt", "Giá tiêu.")])):
        engine.catch_up()

    assert found(engine, "giá") == ({"gao.txt", "tieu.txt"}, 2)


@pytest.mark.parametrize("free", [0, 1 << 30])
async def test_whether_there_is_room_is_known_too_where_none_can_be_set_aside(store, engine, monkeypatch, free):
    follow(engine, *await store.write([prepared("gao.txt", "Giá gạo.")]))
    (engine._folder / "meta.json").write_text("torn", encoding="utf-8")
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    with nullcontext() if free else pytest.raises(NotWritten):
        assert not follow(engine, *await store.write([prepared("tieu.txt", "Giá tiêu.")]))


async def test_what_was_removed_takes_no_more_room_than_what_is_there(store, engine):
    _, came = await store.write([prepared(f"{number}.txt", f"Giá gạo {number}.") for number in range(6)])
    follow(engine, [], came)
    for number in range(5):
        if not follow(engine, *await store.write([], [f"{number}.txt"])):
            engine.catch_up()
        postings = engine.newest()._postings
        assert postings.removed <= len(postings) == 5 - number


async def test_an_engine_of_another_store_is_built_again(store, engine, opened, tmp_path):
    follow(engine, *await store.write([prepared("gao.txt", "Giá gạo.")]))
    async with Store.open(tmp_path / "another.sqlite3") as other:
        await other.write([prepared("tieu.txt", "Giá tiêu.")])
        moved = LiveEngine(tmp_path / "engine", tmp_path / "another.sqlite3")
        moved.catch_up()
        assert found(moved, "giá") == ({"tieu.txt"}, 1)
        moved.close()


async def test_the_log_does_not_grow_for_ever_while_somebody_writes_and_reads(store, engine, tmp_path, monkeypatch):
    monkeypatch.setattr("index.moments._LONG_LOG", 100_000)
    log = tmp_path / "store.sqlite3-wal"
    document = prepared("gao.txt", "Giá gạo xuất khẩu tăng năm phần trăm trong tháng qua. " * 400)

    for _ in range(30):
        follow(engine, *await store.write([document]))
        assert found(engine, "gạo")[0] == {"gao.txt"}

    assert log.stat().st_size < 10 * 100_000
