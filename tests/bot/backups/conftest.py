import contextlib
import sqlite3

import pytest

from bot.chats import Chats
from bot.chats.updates import Open


@pytest.fixture
async def data(data_dir):
    """A data folder with a collection, a chat's update, and a document that exists only there."""
    async with Chats.open(data_dir / "chats.sqlite3") as chats:
        await chats.updates.put(1, "xin chào")
    (data_dir / "documents").mkdir()
    (data_dir / "documents" / "quy định: 1.txt").write_text(
        "Nội quy lớp học\n\nGiờ vào lớp là 7 giờ.\n", encoding="utf-8"
    )
    return data_dir


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "backup.zip"


@pytest.fixture
def open_updates():
    """The updates that are open in a data folder."""

    async def open_updates(data):
        async with Chats.open(data / "chats.sqlite3") as chats:
            return await chats.updates.open()

    return open_updates


@pytest.fixture
def greeting():
    return [Open(1, "xin chào")]


@pytest.fixture
def damage():
    """Write nonsense over the middle of a database, whose pages no longer hold together then."""

    def damage(path):
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        content = bytearray(path.read_bytes())
        half = len(content) // 2
        content[half : half + 8192] = b"\xff" * 8192
        path.write_bytes(content)

    return damage
