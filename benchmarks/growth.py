"""How a collection grows: what a question, an addition and an opening cost in it, beside the card stack in the same run.

    python -m benchmarks.growth CORPUS --set DIR --data DIR [--plot FILE] [--parts opening asking ...] [--copies N]

CORPUS holds documents as JSON lines (``id``, ``title``, ``text``, ``url``), gzipped or not. The questions are titles of them,
shortened at random to between half and all of their words; three in ten have lost their diacritics. ``--set`` is a question
set as ``python -m index evaluate`` takes it: its documents are added to those of the corpus, which are then so many
distractors. ``--data`` keeps the collections, which take long to build, for the next run; what was interrupted goes on.

Collections have the first documents of the corpus, as many as make the passages wanted; the largest one has each of them
several times, under changed names. The card stack takes the words of passages as the collection has them (underthesea's, in
lower case, without punctuation), so that none are found twice. Only ratios count: absolute times depend on the machine.
"""

import argparse
import asyncio
import gc
import gzip
import json
import random
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing import cpu_count, get_context
from pathlib import Path

import ir_measures
from ir_measures import ScoredDoc, nDCG
from matplotlib.figure import Figure
from underthesea import word_tokenize

from benchmarks.card_stack import CardStack
from benchmarks.exhaustive import Exhaustive, wanted
from benchmarks.speed import timed_ask, timed_scoring
from index.collection import STORE, Collection, _ranked, _Understood
from index.documents import Document
from index.evaluation import Query, QuestionSet, read_set
from index.finding import PASSAGE_CANDIDATES
from index.moments import Moment
from index.vietnamese import clean, fold

PARTS = ("opening", "indexing", "asking", "adding", "finding")
SIZES = (1_000, 10_000)
"""Passages of the collections smaller than the whole corpus."""
COPIES = 5
"""How often the largest collection has each document."""
ADDED_TOGETHER = 3_000
SHORTENED, BARE = 0.5, 0.3
COMPARED = 100
"""Questions whose candidates are compared with exact scoring, and as many of the set that its ranking is measured by."""
CANDIDATES = 100
INDEXED = 500
"""Documents that are indexed to measure the rate."""
ROUNDS = 3
IN_TURN = 25
"""Questions that are asked before as many are scored: either empties the processor's caches for the other."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds that questions took: the median, and what 95 % of them stayed below."""

    median: float
    p95: float

    @classmethod
    def of(cls, taken: Sequence[float]) -> "Times":
        """From the milliseconds that each took."""
        return cls(statistics.median(taken), statistics.quantiles(taken, n=20)[-1])

    def __str__(self) -> str:
        return f"median {self.median:.1f} ms, p95 {self.p95:.1f} ms ({self.p95 / self.median:.1f} times)"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a process of its own saw: seconds from opening a collection to the first answer, and its memory in MB."""

    first_answer: float
    memory: float


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a process of its own saw: seconds that the card stack takes once the words are known, and its memory in MB."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A collection of one size: how long questions and the card stack's scoring took."""

    passages: int
    asked: Times
    scored: Times


async def main() -> None:
    """Build what is missing, then measure and print each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--set", dest="question_set", type=Path, metavar="DIR")
    parser.add_argument("--data", type=Path, metavar="DIR", required=True)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="only these; all by default")
    parser.add_argument("--copies", type=int, default=COPIES, help="times the largest collection has each document")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--plot", type=Path, metavar="FILE")
    options = parser.parse_args()
    documents = list(read_corpus(options.corpus))
    questions = questions_of(documents, options.questions)
    options.data.mkdir(parents=True, exist_ok=True)
    whole = await built(options.data / "whole", documents)

    if "opening" in options.parts:
        measure_opening(await built(options.data / "two", documents[:2]), whole, questions)
    if "indexing" in options.parts:
        await measure_indexing(documents[:INDEXED])
    if "adding" in options.parts:
        await measure_adding(whole)
    if "finding" in options.parts:
        question_set = read_set(options.question_set) if options.question_set else QuestionSet((), (), ())
        await measure_finding(options.data / "judged", whole, questions[:COMPARED], question_set)
    if "asking" in options.parts:
        folders = [await first_documents(whole, options.data / str(size), documents, size) for size in SIZES]
        folders.append(whole)
        if options.copies > 1:
            folders.append(await copied(whole, options.data / f"times-{options.copies}", documents, options.copies))
        measured = [await measure_asking(folder, whole / STORE, questions) for folder in folders]
        if options.plot:
            plot(measured, options.plot)


def read_corpus(path: Path) -> Iterator[Document]:
    """The documents of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield Document(str(row["id"]), clean(row.get("title") or ""), clean(row["text"]).strip(), row.get("url"))


def questions_of(documents: Sequence[Document], count: int) -> list[str]:
    """Titles, shortened and folded at random, always the same ones."""
    chance = random.Random(0)  # noqa: S311
    questions = []
    for document in chance.sample(documents, count):
        words = document.title.split()
        kept = chance.randint(round(SHORTENED * len(words)), len(words))
        first = chance.randint(0, len(words) - kept)
        text = " ".join(words[first : first + kept])
        questions.append(fold(text).lower() if chance.random() < BARE else text)
    return questions


# --- Collections -----------------------------------------------------------------------------------------------------


async def built(folder: Path, documents: Sequence[Document]) -> Path:
    """A collection of some documents; goes on where it was interrupted."""
    async with Collection.open(folder) as collection:
        done = (await collection.statistics()).documents
        for first in range(done, len(documents), ADDED_TOGETHER):
            started, before = time.perf_counter(), processor_seconds()
            added = documents[first : first + ADDED_TOGETHER]
            await collection.add(added)
            taken, used = time.perf_counter() - started, processor_seconds() - before
            print(
                f"{folder.name}: {first + len(added)} of {len(documents)} documents, {len(added) / taken:.0f}/s,"
                f" {1000 * used / len(added):.1f} ms of processor time each",
                file=sys.stderr,
                flush=True,
            )
    return folder


def processor_seconds() -> float:
    """What this process and those that it started and that have ended have used."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


async def first_documents(whole: Path, folder: Path, documents: Sequence[Document], size: int) -> Path:
    """A collection of the first documents of another, of at least ``size`` passages; their terms are taken from there."""
    async with Collection.open(folder):
        pass
    with closing(sqlite3.connect(folder / STORE)) as store, store:
        store.execute("ATTACH ? AS whole", (str(whole / STORE),))
        ((last,),) = store.execute(
            "SELECT document FROM whole.sections WHERE id ="
            " (SELECT section FROM whole.passages ORDER BY id LIMIT 1 OFFSET ?)",
            (size - 1,),
        )
        ((count,),) = store.execute("SELECT COUNT(DISTINCT document) FROM whole.sections WHERE document <= ?", (last,))
        store.execute(
            "INSERT OR IGNORE INTO kept_terms SELECT content, datetime(), term_syllables, term_words FROM whole.passages"
            " WHERE section IN (SELECT id FROM whole.sections WHERE document <= ?)",
            (last,),
        )
    await built(folder, documents[:count])
    with closing(sqlite3.connect(folder / STORE)) as store, store:
        store.execute("DELETE FROM kept_terms")
    return folder


async def copied(whole: Path, folder: Path, documents: Sequence[Document], copies: int) -> Path:
    """A collection that has each document several times, under changed names."""
    begin_with(whole, folder)
    named = [replace(one, key=f"{one.key}-{copy}") for copy in range(2, copies + 1) for one in documents]
    return await built(folder, [*documents, *named])


def begin_with(whole: Path, folder: Path) -> None:
    """Have a collection hold what another does, if it is not there yet."""
    if not folder.exists():
        unfinished = folder.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(whole, unfinished).rename(folder)


def words_of_passages(store: Path, count: int = -1) -> list[list[str]]:
    """The words of the first passages of a collection with those of their titles, in order; of all if ``count`` is -1."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(
            "SELECT title_words, term_words FROM passages JOIN sections ON sections.id = section"
            " JOIN documents ON documents.id = document ORDER BY passages.id LIMIT ?",
            (count,),
        )
        return [[sys.intern(word) for words in row for word in words.split()] for row in rows]


# --- Figures ---------------------------------------------------------------------------------------------------------


def measure_opening(two: Path, whole: Path, questions: Sequence[str]) -> None:
    """Print what it takes to open a collection, and the memory of a process that has answered all questions."""
    seen: dict[Path, list[Opened]] = {two: [], whole: []}
    for _ in range(ROUNDS):
        for folder, opened in seen.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                opened.append(alone.submit(open_and_ask, folder, questions).result())
    small, large = (statistics.median(one.first_answer for one in opened) for opened in seen.values())
    print(f"open to first answer: two documents {small:.2f} s, all {large:.2f} s: {large - small:+.2f} s")
    print(f"memory after {len(questions)} questions: {max(one.memory for one in seen[whole]):.0f} MB", flush=True)


def open_and_ask(folder: Path, questions: Sequence[str]) -> Opened:
    """Open a collection and ask; run in a process of its own."""

    async def asked() -> float:
        started = time.perf_counter()
        async with Collection.open(folder) as collection:
            await collection.ask(questions[0])
            taken = time.perf_counter() - started
            for question in questions[1:]:
                await collection.ask(question)
        return taken

    first_answer = asyncio.run(asked())
    return Opened(first_answer, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


async def measure_indexing(documents: Sequence[Document]) -> None:
    """Print the rate of indexing beside that of segmentation alone, both on all cores, in turn."""
    ratios = []
    texts = [f"{document.title}\n{document.text}" for document in documents]
    for _ in range(ROUNDS):
        started = time.perf_counter()
        with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
            for _ in pool.map(word_tokenize, texts, chunksize=20):
                pass
        segmenting = time.perf_counter() - started
        with tempfile.TemporaryDirectory() as folder:
            async with Collection.open(Path(folder)) as collection:
                started = time.perf_counter()
                await collection.add(documents)
                indexing = time.perf_counter() - started
        ratios.append(segmenting / indexing)
    rates = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"indexing {len(documents)} documents: {statistics.median(ratios):.2f} of the rate of segmentation ({rates})")


async def measure_asking(folder: Path, store: Path, questions: Sequence[str]) -> Measured:
    """Ask and score with the card stack, some questions each in turn, so that both meet the machine in the same state.

    A quarter of the questions warm up first: most passages are still read for the first time.

    Args:
        folder: The collection that is asked.
        store: Holds the words of the whole corpus; the card stack has as many of them as the collection has passages, again
            from the first on if that is more.
        questions: Are asked; if the passages are repeated, the card stack scores only the first of each turn.
    """
    async with Collection.open(folder) as collection:
        passages = (await collection.statistics()).passages
        words = words_of_passages(store, passages)
        repeated = -(-passages // len(words))
        stack = CardStack.of_words((words * repeated)[:passages])
        terms = [CardStack.terms(question) for question in questions]
        gc.collect()
        gc.freeze()  # the card stack's millions of objects are not searched for garbage while a question is asked
        for question in questions[: len(questions) // 4]:
            await collection.ask(question)
        asked, scored = [], []
        for first in range(0, len(questions), IN_TURN):
            asked += [await timed_ask(collection, question) for question in questions[first : first + IN_TURN]]
            scored += [timed_scoring(stack, listed) for listed in terms[first : first + IN_TURN // repeated]]
        gc.unfreeze()
    measured = Measured(passages, Times.of(asked), Times.of(scored))
    print(
        f"{passages} passages: ask {measured.asked}; card stack's scoring {measured.scored}:"
        f" {measured.scored.median / measured.asked.median:.1f} times",
        flush=True,
    )
    return measured


async def measure_adding(whole: Path) -> None:
    """Print how long adding a document takes beside building the card stack again, the words of it all being known."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(whole, Path(folder) / "copy")
        async with Collection.open(copy) as collection:
            taken = []
            for number in range(10):
                text = f"Chợ nổi số {number} họp lúc năm giờ sáng ở bến Do, bán cá, gạo và trái cây của vùng. " * 20
                started = time.perf_counter()
                await collection.add([Document(f"new-{number}", f"Chợ nổi số {number}", text)])
                taken.append(time.perf_counter() - started)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        again = alone.submit(rebuild, whole / STORE).result()
    adding = statistics.median(taken)
    print(
        f"adding a document {1000 * adding:.0f} ms (at most {1000 * max(taken):.0f}), card stack again {again.seconds:.1f} s:"
        f" {again.seconds / adding:.0f} times; memory of the card stack {again.memory:.0f} MB",
        flush=True,
    )


def rebuild(store: Path) -> Rebuilt:
    """Build the card stack of a collection's words; run in a process of its own."""
    words = words_of_passages(store)
    started = time.perf_counter()
    CardStack.of_words(words)
    return Rebuilt(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


async def measure_finding(folder: Path, whole: Path, questions: Sequence[str], question_set: QuestionSet) -> None:
    """Print how what the engine proposes compares with scoring every passage exactly, in the corpus with a set's documents."""
    begin_with(whole, folder)
    judged = {relevant.query_id for relevant in question_set.relevant}
    queries = [query for query in question_set.queries if query.id in judged][:COMPARED]
    async with Collection.open(folder) as collection:
        await collection.add(question_set.documents)
    async with Collection.open(
        folder
    ) as collection:  # anew: what was just added is still being merged, and seen again then
        titles = [understood(collection, question) for question in questions]
        asked = [understood(collection, query.text) for query in queries]
        everything = exhaustive(folder, [*titles, *asked])
        compare_candidates(titles, everything)
        if queries:
            await compare_ranking(collection, queries, asked, everything, question_set)


def compare_candidates(asked: Sequence[_Understood], everything: Exhaustive) -> None:
    """Print how many of the best passages the engine proposes, and whether the order after scoring is the same."""
    overlaps, same = [], 0
    for one in asked:
        terms, alternatives = one.terms, one.question.alternatives
        best = everything.best_passages(terms, alternatives, CANDIDATES)
        found = one.finder._postings.candidates(terms, PASSAGE_CANDIDATES, alternatives)  # noqa: SLF001
        wanted = max(1, min(CANDIDATES, len(best)))  # of equals at the end, any will do
        overlaps.append(min(wanted, len(best & {unit for unit, _ in found})) / wanted)
        exact = [round(score, 6) for _, score in everything.best(terms, alternatives, 10)]
        ranked = one.finder.rank(terms, one.finder.sections(one.sections), alternatives)[:10]
        same += [round(hit.score, 6) for hit in ranked] == exact
    print(
        f"{PASSAGE_CANDIDATES} candidates: {statistics.mean(overlaps):.1%} of the {CANDIDATES} best by exact scoring (in the"
        f" worst question {min(overlaps):.0%}); the ten best in the same order for {same / len(asked):.1%} of {len(asked)}",
        flush=True,
    )


async def compare_ranking(
    collection: Collection,
    queries: Sequence[Query],
    asked: Sequence[_Understood],
    everything: Exhaustive,
    question_set: QuestionSet,
) -> None:
    """Print nDCG@10 of a set's documents among those of the corpus, beside that of scoring every passage exactly."""
    found = {query.id: await collection.search_documents(query.text) for query in queries}
    exact: dict[str, dict[str, float]] = {}
    for query, one in zip(queries, asked, strict=True):
        best = everything.best(one.terms, one.question.alternatives, CANDIDATES)
        sections = one.finder.sections(sorted({section for section, _ in best}))
        exact[query.id] = {}
        for hit in _ranked(one, sections):
            exact[query.id].setdefault(hit.passage.source.key, hit.relevance)
    relevant = [one for one in question_set.relevant if one.query_id in found]
    runs = (
        [ScoredDoc(query, source.key, score) for query, ranked in found.items() for source, score in ranked],
        [ScoredDoc(query, key, score) for query, ranked in exact.items() for key, score in ranked.items()],
    )
    ours, everything_scored = (100 * ir_measures.calc_aggregate([nDCG @ 10], relevant, one)[nDCG @ 10] for one in runs)
    print(
        f"{len(queries)} questions of the set among the corpus: nDCG@10 {ours:.2f},"
        f" scoring every passage {everything_scored:.2f}",
        flush=True,
    )


def understood(collection: Collection, question: str) -> _Understood:
    """A question with the sections that the engine proposes for twenty hits."""
    return collection._understand(question, 20)  # noqa: SLF001


def exhaustive(folder: Path, asked: Sequence[_Understood]) -> Exhaustive:
    """All passages of a collection, to be scored for some questions."""
    with closing(Moment(folder / STORE)) as moment:
        documents = moment.documents()
        sections = (
            section
            for first in range(0, len(documents), 100)
            for section in moment.sections_of(documents[first : first + 100])
        )
        return Exhaustive(sections, wanted((one.terms, one.question.alternatives) for one in asked))


def plot(measured: Sequence[Measured], path: Path) -> None:
    """Draw how the median grows with the collection: large letters, and names at the lines, for small screens."""
    figure = Figure(figsize=(6, 5), layout="constrained")
    axes = figure.subplots()
    passages = [one.passages for one in measured]
    lines = (
        ("card stack, scoring alone", "s--", "tab:orange", [one.scored.median for one in measured]),
        ("ask, everything included", "o-", "tab:blue", [one.asked.median for one in measured]),
    )
    upper = [max(one.scored.median, one.asked.median) for one in measured]
    for name, style, colour, medians in lines:
        axes.plot(passages, medians, style, color=colour, label=name, linewidth=2.5, markersize=8)
        for size, median, above in zip(passages, medians, upper, strict=True):
            axes.annotate(
                f"{median:.2g}" if median < 10 else f"{median:,.0f}",
                (size, median),
                (0, 9 if median == above else -20),
                textcoords="offset points",
                ha="center",
                color=colour,
                fontsize=13,
            )
    axes.set(xscale="log", yscale="log")
    axes.set_xticks(passages, [f"{size:,}" for size in passages])
    axes.minorticks_off()
    axes.margins(x=0.1, y=0.12)
    axes.set_xlabel("passages", fontsize=14)
    axes.set_ylabel("median, milliseconds", fontsize=14)
    axes.tick_params(labelsize=12)
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(fontsize=13, loc="upper left")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    asyncio.run(main())
