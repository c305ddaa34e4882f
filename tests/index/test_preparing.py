from concurrent.futures import ThreadPoolExecutor

import pytest

from index.documents import Document
from index.intake import Incoming
from index.preparing import prepare, prepared, preparing
from index.store import Store


@pytest.fixture
async def store(tmp_path):
    async with Store.open(tmp_path / "store.sqlite3"):
        yield tmp_path / "store.sqlite3"


async def test_documents_are_prepared_in_order_by_several_processes(store):
    documents = [Document(f"{number}.txt", "Chợ", f"Chợ số {number} bán cá tươi. " * 600) for number in range(40)]
    incoming = [Incoming.of(document) for document in documents]

    with (
        ThreadPoolExecutor(1) as thread,
        preparing(sum(len(document.text) for document in documents), thread) as (executor, at_once),
    ):
        done = [one async for some in prepared(incoming[:6], store, executor, at_once) for one in some]

    assert done == [prepare(one) for one in incoming[:6]]
