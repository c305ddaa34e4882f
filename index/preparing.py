"""From documents to what is stored of them: passages, and the terms of each.

Segmenting words is what indexing costs, so that large work is spread over processes (spawned, never forked).
"""

import asyncio
import os
import signal
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from index.documents import Passage
from index.intake import Incoming
from index.kept_terms import content_of, find_terms
from index.passages import cut
from index.store import Prepared
from index.terms import Terms, terms_of

ANALYSIS = "1"
"""Version of what is made of a text: raise it when passages or terms change, and all documents are prepared anew."""

_POOL_FROM = 400_000
"""Characters of text from which starting processes pays."""

_TASK_SIZE = 40_000
"""Characters of text given to a process at once."""

_TASKS_AHEAD = 2
"""Tasks waiting for each process, so that none is ever idle."""


def prepare(incoming: Incoming, store: Path | None = None) -> Prepared:
    """Cut a document into passages and find the terms of each; those that ``store`` knows already are taken from there."""
    document = incoming.document
    passages = cut(document)
    contents = [content_of(passage, ANALYSIS) for passage in passages]
    kept = find_terms(store, contents) if store else {}
    return Prepared(
        document=document,
        digest=incoming.digest,
        analysis=ANALYSIS,
        origin=incoming.origin,
        completes=incoming.completes,
        title=terms_of(document.title),
        passages=tuple(
            (passage, kept.get(content) or _terms(passage)) for passage, content in zip(passages, contents, strict=True)
        ),
    )


def _terms(passage: Passage) -> Terms:
    return terms_of(passage.heading, passage.text) if passage.heading else terms_of(passage.text)


def _prepare_all(batch: Sequence[Incoming], store: Path) -> list[Prepared]:
    return [prepare(incoming, store) for incoming in batch]


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def preparing(size: int, thread: Executor) -> Iterator[tuple[Executor, int]]:
    """Where to prepare documents of about ``size`` characters in all, and how many tasks it runs at once."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if size < _POOL_FROM or processors == 1:
        yield thread, 1
        return
    with ProcessPoolExecutor(processors, mp_context=get_context("spawn"), initializer=_ignore_interrupts) as pool:
        try:
            yield pool, processors
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


async def prepared(
    incoming: Iterable[Incoming], store: Path, executor: Executor, at_once: int
) -> AsyncIterator[list[Prepared]]:
    """Prepare documents in order, a few tasks ahead of what has been taken; they are read in a thread.

    What the store at ``store`` knows of them already is not found again.
    """
    loop = asyncio.get_running_loop()
    pending: deque[asyncio.Future[list[Prepared]]] = deque()
    tasks = _tasks(incoming)
    while task := await asyncio.to_thread(next, tasks, None):
        pending.append(loop.run_in_executor(executor, _prepare_all, task, store))
        if len(pending) > _TASKS_AHEAD * at_once:
            yield await pending.popleft()
    while pending:
        yield await pending.popleft()


def _tasks(incoming: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    task: list[Incoming] = []
    size = 0
    for one in incoming:
        task.append(one)
        size += len(one.document.text)
        if size >= _TASK_SIZE:
            yield task
            task, size = [], 0
    if task:
        yield task
