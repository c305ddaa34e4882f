from concurrent.futures import ThreadPoolExecutor

from index.documents import Document
from index.intake import Incoming
from index.preparing import prepare, prepared, preparing


async def test_documents_are_prepared_in_order_by_several_processes():
    documents = [Document(f"{number}.txt", "Chợ", f"Chợ số {number} bán cá tươi. " * 600) for number in range(40)]
    incoming = [Incoming.of(document) for document in documents]

    with (
        ThreadPoolExecutor(1) as thread,
        preparing(sum(len(document.text) for document in documents), thread) as (executor, at_once),
    ):
        done = [one async for some in prepared(incoming[:6], executor, at_once, thread) for one in some]

    assert done == [prepare(one) for one in incoming[:6]]
