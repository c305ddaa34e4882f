import asyncio
import contextlib
import logging
import shutil
from contextlib import asynccontextmanager

import pytest

from bot import following
from bot.following import follow, follow_addresses
from bot.settings import Settings
from bot.texts import TEXTS, Language
from index.adding import Page
from index.collection import Busy, Collection
from index.documents import Document, Outcome
from index.readers import Contents
from index.settings import Folders

VI = TEXTS[Language.VI]
COFFEE = "Giá cà phê\n\nGiá cà phê giảm mạnh ở Đắk Lắk vì người trồng bán ra nhiều trước khi vào vụ thu hoạch mới."
RICE = "Giá gạo\n\nGiá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua, theo hiệp hội lương thực."


class Said:
    """What was said to the owner, line by line."""

    def __init__(self):
        self.lines = []
        self._new = asyncio.Event()

    def __call__(self, level, line):
        self.lines.append((level, line))
        self._new.set()

    async def line(self, text):
        """Wait until a line was said."""
        async with asyncio.timeout(30):
            while not any(text in said for _, said in self.lines):
                self._new.clear()
                await self._new.wait()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "documents"
    made.mkdir()
    (made / "gao.txt").write_text(RICE, encoding="utf-8")
    return made


@pytest.fixture
def said():
    return Said()


@pytest.fixture
def followed(empty_collection, folder, said):
    @asynccontextmanager
    async def followed():
        changes = await empty_collection.update(folder)
        settings = Settings(folders=Folders(documents=folder))
        task = asyncio.create_task(follow(empty_collection, settings, changes.skipped, said))
        try:
            yield empty_collection
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return followed


async def first_title(collection, question):
    return (await collection.ask(question)).answers[0].source.title


@pytest.mark.parametrize("polling", [False, True])
async def test_a_new_file_is_searchable_and_a_removed_one_is_not(followed, folder, said, monkeypatch, polling):
    if polling:
        monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    async with followed() as collection:
        (folder / "ca-phe.txt").write_text(COFFEE, encoding="utf-8")
        await said.line("Thêm 1 tài liệu.")
        assert await first_title(collection, "vì sao giá cà phê giảm") == "Giá cà phê"
        (folder / "gao.txt").unlink()
        await said.line("Bỏ 1 tài liệu.")
        assert [source.key for source in await collection.documents()] == ["ca-phe.txt"]


async def test_a_file_that_cannot_be_read_is_told_once_and_following_goes_on(followed, folder, said):
    async with followed() as collection:
        (folder / "trong.txt").write_text("", encoding="utf-8")
        await said.line("trong.txt")
        (folder / "ca-phe.txt").write_text(COFFEE, encoding="utf-8")
        await said.line("Thêm 1 tài liệu.")
        assert len([line for _, line in said.lines if "trong.txt" in line]) == 1
        assert (await collection.statistics()).documents == 2


async def test_a_folder_that_is_gone_loses_nothing_and_is_followed_when_it_is_back(followed, folder, said):
    async with followed() as collection:
        shutil.move(folder, aside := folder.with_name("aside"))
        await said.line(VI.empty_folder(folder))
        assert (await collection.statistics()).documents == 1
        shutil.move(aside, folder)
        (folder / "ca-phe.txt").write_text(COFFEE, encoding="utf-8")
        await said.line("Thêm 1 tài liệu.")
        assert [level for level, _ in said.lines] == [logging.WARNING, logging.INFO]


async def test_where_the_system_tells_nothing_the_folder_is_looked_through(followed, folder, said, monkeypatch):
    async def tells_nothing(*_, **__):
        while True:
            await asyncio.sleep(0)
            yield set()

    monkeypatch.setattr(following, "awatch", tells_nothing)
    monkeypatch.setattr(following, "_LOOKS", 0.0)
    monkeypatch.setattr(following, "_MOSTLY_IDLE", 0)
    async with followed():
        (folder / "ca-phe.txt").write_text(COFFEE, encoding="utf-8")
        await said.line("Thêm 1 tài liệu.")


async def test_a_folder_that_cannot_be_watched_is_polled(followed, folder, said, monkeypatch):
    watch, forced = following.awatch, []

    def limited(*paths, force_polling, **options):
        forced.append(force_polling)
        if not force_polling:
            raise OSError("too many watches")
        return watch(*paths, force_polling=force_polling, **options)

    monkeypatch.setattr(following, "awatch", limited)
    async with followed():
        (folder / "ca-phe.txt").write_text(COFFEE, encoding="utf-8")
        await said.line("Thêm 1 tài liệu.")
    assert forced == [None, True]
    assert said.lines[0] == (logging.WARNING, VI.not_watched(folder, "too many watches"))


async def test_hidden_files_are_passed_over(followed, folder, said):
    async with followed() as collection:
        (folder / ".ca-phe.txt.swp").write_text(COFFEE, encoding="utf-8")
        (folder / "ca-phe.txt").write_text(COFFEE, encoding="utf-8")
        await said.line("Thêm 1 tài liệu.")
        assert len(await collection.documents()) == 2


async def test_what_another_process_indexed_is_answered_from_at_the_next_question(empty_collection, folder, tmp_path):
    async with Collection.open(tmp_path / "collection") as elsewhere:
        await elsewhere.update(folder)
    assert await first_title(empty_collection, "giá gạo tăng bao nhiêu") == "Giá gạo"


async def test_an_address_is_read_again_and_what_changed_is_told(empty_collection, said):
    address, asked = "https://bao.vn/rss", []
    await empty_collection.add([Document(f"{address}#1", "Giá gạo", RICE)], origin=address)
    await empty_collection.note_address(address, "")

    async def reading(address, stamp):
        asked.append(stamp)
        return Page(address, Contents((Document(f"{address}#2", "Giá cà phê", COFFEE),)), "2")

    async def once(_):
        if len(rests) == 1:
            raise asyncio.CancelledError
        rests.append(_)

    rests = []
    with pytest.raises(asyncio.CancelledError):
        await follow_addresses(empty_collection, Settings(), reading, said, sleep=once)
    assert asked == [""]
    assert said.lines == [(logging.INFO, VI.several_added(address, {Outcome.ADDED: 1}))]


async def test_trouble_with_addresses_is_told_and_ends_nothing(empty_collection, said, monkeypatch):
    async def busy(*_):
        raise Busy

    async def once(_):
        raise asyncio.CancelledError

    monkeypatch.setattr(following, "read_again", busy)
    with pytest.raises(asyncio.CancelledError):
        await follow_addresses(empty_collection, Settings(), None, said, sleep=once)
    assert said.lines == [(logging.WARNING, VI.busy)]
