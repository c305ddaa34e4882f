import pytest

from index.collection import Collection
from index.documents import Document
from index.salvaging import salvage

RICE = "Giá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua, theo hiệp hội lương thực."


@pytest.fixture
async def damaged(tmp_path):
    """The folder of a collection of 200 documents, 3 pages of which are overwritten."""
    async with Collection.open(tmp_path / "damaged") as collection:
        await collection.add(
            [Document(f"telegram/{n}.txt", f"Tin {n}", f"Tin số {n}. {RICE * 20}") for n in range(200)]
        )
    path = tmp_path / "damaged" / "collection.sqlite3"
    content = bytearray(path.read_bytes())
    start = content.index("Tin số 100".encode()) // 4096 * 4096
    content[start : start + 3 * 4096] = b"\xff" * 3 * 4096
    path.write_bytes(content)
    return tmp_path / "damaged"


async def test_what_lies_around_a_damaged_place_is_put_back(damaged, collection):
    count = await salvage(collection, damaged)
    assert 180 <= count < 200
    assert (await collection.statistics()).documents == count
    assert (await collection.document("telegram/0.txt")).title == "Tin 0"
    assert (await collection.document("telegram/199.txt")).title == "Tin 199"


async def test_of_what_cannot_be_read_at_all_nothing_is_put_back(tmp_path, collection):
    (tmp_path / "collection.sqlite3").write_bytes(b"\xff" * 8192)
    assert await salvage(collection, tmp_path) == 0
