import sqlite3

import pytest

from index.documents import Document, Excerpt
from index.intake import Incoming
from index.moments import Moment
from index.preparing import prepare
from index.schema import VERSION_1
from index.store import KnownDocument, Origin, Store, StoreError
from index.terms import EXACT_FIELDS


def prepared(key="cho.txt", text="Chợ cá họp lúc nửa đêm ở bến Do."):
    return prepare(Incoming.of(Document(key, "Chợ cá", text)))


@pytest.fixture
async def store(tmp_path):
    async with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def moment(store, tmp_path):
    """The store as it is when called."""
    opened = []

    def now():
        opened.append(Moment(tmp_path / "store.sqlite3"))
        return opened[-1]

    yield now
    for one in opened:
        one.close()


async def test_totals_follow_what_is_added_replaced_and_removed(store, moment):
    one, two = prepared(), prepared("gao.txt", "Giá gạo tăng. " * 300)
    await store.write([one, two])
    both = moment().levels()
    await store.write([two], [one.document.key])
    alone = moment().levels()

    assert both["sections"].units == alone["sections"].units + 1
    for level in ("passages", "sections"):
        for field in EXACT_FIELDS:
            came_and_went = one.title.length(field) + sum(terms.length(field) for _, terms in one.passages)
            assert both[level].lengths[field] - alone[level].lengths[field] == came_and_went
    await store.write([], ["gao.txt"])
    assert moment().levels()["passages"].units == 0


async def test_long_documents_are_kept_in_sections_of_neighbouring_passages(store):
    long = prepared(text="Chợ cá họp lúc nửa đêm ở bến Do, cạnh nhà máy nước đá. " * 400)
    _, sections = await store.write([long])

    numbers = [passage.number for section in sections for passage in section.passages]
    assert len(sections) > 1
    assert numbers == list(range(len(long.passages)))
    start, end = long.passages[1][0].start, long.passages[2][0].end
    assert await store.excerpt("cho.txt", 1, 2) == Excerpt(long.document.text[start:end], start)
    assert await store.excerpt("nowhere.txt", 1, 2) is None


async def test_sections_are_read_as_they_were_written(store, moment):
    _, written = await store.write([prepared(), prepared("gao.txt", "Giá gạo tăng.")])

    read = moment().sections([section.number for section in written])

    assert [section.passages for section in read] == [section.passages for section in written]
    assert [section.unit.terms for section in read] == [section.unit.terms for section in written]
    assert [one.passages for one in moment().sections_of(moment().documents())] == [one.passages for one in read]
    texts = [[part.texts for part in section.unit.parts] for section in written]
    assert [[part.texts for part in section.unit.parts] for section in read] == texts


async def test_every_write_changes_what_the_store_is_known_by(store, moment):
    before = moment().identity
    await store.write([prepared()])

    assert moment().identity.generation > before.generation
    assert moment().identity.store == before.store


async def test_a_failed_write_leaves_nothing_behind(store, monkeypatch):
    await store.write([prepared()])
    broken = prepared("gao.txt")
    monkeypatch.setattr("index.store.make_section", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        await store.write([broken], ["cho.txt"])

    assert [source.key for source in await store.sources()] == ["cho.txt"]


async def test_numbers_are_not_used_again(store):
    _, first = await store.write([prepared()])
    _, second = await store.write([prepared()])

    assert first[0].number != second[0].number


async def test_an_error_while_the_store_is_open_is_not_taken_for_its_own(tmp_path):
    with pytest.raises(sqlite3.OperationalError):
        async with Store.open(tmp_path / "store.sqlite3"):
            raise sqlite3.OperationalError("of another database")


async def test_a_store_of_the_first_version_keeps_its_documents_and_where_they_came_from(tmp_path):
    path = tmp_path / "store.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(VERSION_1)
        connection.execute("INSERT INTO meta VALUES ('analysis', '1')")
        connection.executemany(
            "INSERT INTO documents (key, digest, stamp, title, headings, title_syllables, title_words, text)"
            " VALUES (?, ?, ?, 'Chợ cá', '[]', 'chợ cá', 'chợ_cá', 'Chợ cá họp lúc nửa đêm.')",
            [("cho.txt", "one", "12:34"), ("https://x.vn/cho", "two", "")],
        )
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    async with Store.open(path) as store:
        known = await store.known()
        assert known.documents == {
            "cho.txt": KnownDocument("one", "cho.txt"),
            "https://x.vn/cho": KnownDocument("two", ""),
        }
        assert known.origins == {"cho.txt": Origin("cho.txt", "12:34")}
        assert await store.outdated("1") == []
        assert await store.outdated("2") == ["cho.txt", "https://x.vn/cho"]


async def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "store.sqlite3"
    async with Store.open(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(StoreError, match="version 99"):
        async with Store.open(path):
            pass
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()
