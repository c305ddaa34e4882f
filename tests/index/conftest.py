import pytest

from index.collection import Collection


@pytest.fixture
async def collection(tmp_path):
    async with Collection.open(tmp_path / "collection") as opened:
        yield opened
