"""The command line of the index: build, add, remove, ask, search, summarize, stats, evaluate."""

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten
from typing import Any

from rich.console import Console
from rich.progress import Progress as Bar

from index import evaluation
from index.adding import Addition, Web, add_address, add_file, keys_named
from index.collection import MOST_ANSWERS, Collection, CollectionError, NoDocuments
from index.documents import Added, Answer, Findings, Hit, Length, Passage, Progress, Skipped, Summary
from index.explaining import explained
from index.names import BadNames, read_names
from index.progress import columns
from index.readers import Unreadable
from index.settings import Folders, WrongFolder, read_folders, read_values
from index.summaries import of_cluster

Run = Callable[[argparse.Namespace, Folders], Coroutine[None, None, int]]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 where it could not be done, 2 where it was called wrongly."""
    options = _parser().parse_args(arguments)
    try:
        run: Run = options.run
        return asyncio.run(run(options, read_folders(read_values())))
    except (WrongFolder, BadNames) as error:
        return _fail(str(error), 2)
    except NoDocuments as error:
        _report_skipped(error.skipped)
        return _fail(str(error), 1)
    except (CollectionError, evaluation.BadSet, OSError, sqlite3.Error, UnicodeDecodeError) as error:
        return _fail(str(error), 1)
    except KeyboardInterrupt:
        return _fail("stopped; what was indexed so far is kept", 130)


def _fail(message: str, code: int) -> int:
    print(f"index: {message}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.add_argument("--json", action="store_true", help="print one JSON object")
        added.set_defaults(run=run)
        return added

    build = command("build", _build, "index documents; only what is new, changed or gone is touched")
    build.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="folders or files (default: DOCUMENTS_DIR)")
    add = command("add", _add, "add files or addresses; those of the web are read again while the bot runs")
    add.add_argument("what", nargs="+", metavar="ADDRESS|FILE")
    remove = command("remove", _remove, "remove documents; their files, if they have any, stay where they are")
    remove.add_argument("names", nargs="+", metavar="KEY", help="keys, addresses, links or names of files")
    ask = command("ask", _ask, "answer a question")
    ask.add_argument("question")
    ask.add_argument("--explain", action="store_true", help="tell what was understood and what each model weighed")
    search = command("search", _search, "list the passages that match a question best")
    search.add_argument("question")
    search.add_argument("--top", type=_count, default=10, metavar="K", help="how many (default: 10)")
    summarize = command(
        "summarize", _summarize, "summarise the documents: all, one, what they say about a subject; or a file"
    )
    summarize.add_argument(
        "subject", nargs="?", default="", help="what to tell about (default: each document in short)"
    )
    summarize.add_argument("--document", default="", metavar="KEY", help="summarise this document")
    summarize.add_argument("--length", type=Length, choices=list(Length), default=Length.NORMAL)
    summarize.add_argument(
        "--clusters", type=Path, metavar="FILE", help="summarise the clusters of a file of JSON lines"
    )
    summarize.add_argument(
        "--words", type=_count, default=200, metavar="N", help="length for --clusters (default: 200)"
    )
    summarize.add_argument("--out", type=Path, metavar="FILE", help="write the clusters' summaries as JSON lines")
    command("stats", _stats, "tell the size of the collection")
    evaluate = command("evaluate", _evaluate, "run over a question set, indexed afresh in a temporary place")
    evaluate.add_argument("folder", type=Path, metavar="DIR")
    evaluate.add_argument("--run", dest="run_file", type=Path, metavar="FILE", help="write the ranking as a TREC run")
    evaluate.add_argument("--answers", type=Path, metavar="FILE", help="write the answers as JSON lines")
    evaluate.add_argument("--no-diacritics", action="store_true", help="strip the questions of their diacritics")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


@asynccontextmanager
async def _opened(folders: Folders) -> AsyncIterator[Collection]:
    """The collection of the data folder as it is."""
    async with AsyncExitStack() as stack:
        with _progress_bar("Building the search index again") as progress:
            opening = Collection.open(folders.collection, names=read_names(*folders.names), progress=progress)
            collection = await stack.enter_async_context(opening)
        yield collection


@asynccontextmanager
async def _collection(folders: Folders) -> AsyncIterator[Collection]:
    """The collection of the data folder; where it holds nothing yet, the documents are indexed first."""
    async with _opened(folders) as collection:
        if not (await collection.statistics()).documents:
            with _progress_bar("Indexing", of_bytes=True) as progress:
                changes = await collection.update(folders.documents, progress=progress)
            _report_skipped(changes.skipped)
        yield collection


@contextmanager
def _progress_bar(label: str, *, of_bytes: bool = False) -> Iterator[Progress | None]:
    """A bar on standard error while something long is done; none where that is not a terminal, or nothing is told."""
    if not sys.stderr.isatty():
        yield None
        return
    with Bar(*columns(of_bytes=of_bytes), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)


def _report_skipped(skipped: Sequence[Skipped]) -> None:
    for one in skipped:
        detail = f" ({one.detail})" if one.detail else ""
        print(f"not indexed: {one.key}: {one.reason}{detail}", file=sys.stderr)


# --- Commands --------------------------------------------------------------------------------------------------------


async def _build(options: argparse.Namespace, folders: Folders) -> int:
    async with _opened(folders) as collection:
        with _progress_bar("Indexing", of_bytes=True) as progress:
            changes = await collection.update(*(options.paths or [folders.documents]), progress=progress)
        _report_skipped(changes.skipped)
        if options.json:
            _print_json(asdict(changes))
        else:
            counts = asdict(await collection.statistics())
            print(
                f"{len(changes.added)} added, {len(changes.updated)} updated, {len(changes.removed)} removed, "
                f"{changes.unchanged} unchanged: {counts['documents']} documents, {counts['passages']} passages"
            )
    return 0


async def _add(options: argparse.Namespace, folders: Folders) -> int:
    additions: list[Addition] = []
    code = 0
    async with Collection.open(folders.collection, names=read_names(*folders.names)) as collection, Web() as web:
        for what in options.what:
            try:
                with _progress_bar("Indexing") as progress:
                    additions.append(await _added(what, collection, web, progress))
            except Unreadable as error:
                code = _fail(f"{what}: {error}", 1)
    for addition in additions:
        _report_skipped(addition.skipped)
    if options.json:
        _print_json({"added": [_added_as_json(one) for addition in additions for one in addition.added]})
        return code
    for one in (one for addition in additions for one in addition.added):
        print(f"{one.outcome}: {one.entry.source.key} ({one.entry.passages} passages): {one.entry.source.title}")
    return code


async def _added(what: str, collection: Collection, web: Web, progress: Progress | None) -> Addition:
    path = Path(what)
    if "://" not in what and await asyncio.to_thread(path.exists):
        return await add_file(collection, path, progress=progress)
    return await add_address(collection, what, web.read, time.time(), progress=progress)


async def _remove(options: argparse.Namespace, folders: Folders) -> int:
    async with Collection.open(folders.collection, names=read_names(*folders.names)) as collection:
        keys = {name: await keys_named(collection, name) for name in options.names}
        removed = await collection.remove([key for found in keys.values() for key in found])
    code = 0
    for name in (name for name, found in keys.items() if not found):
        code = _fail(f"{name}: no such document", 1)
    if options.json:
        _print_json({"removed": [one.entry.source.key for one in removed]})
        return code
    for one in removed:
        print(f"removed: {one.entry.source.key}: {one.entry.source.title}")
    return code


async def _ask(options: argparse.Namespace, folders: Folders) -> int:
    async with _collection(folders) as collection:
        findings = await collection.ask(options.question, count=MOST_ANSWERS)
        explanation = list(explained(await collection.read(options.question))) if options.explain else []
    if options.json:
        _print_json(findings_as_json(findings) | ({"explanation": explanation} if explanation else {}))
        return 0
    for line in explanation:
        print(line)
    if explanation:
        print()
    if findings.understood:
        print(f"Read as: {findings.understood}\n")
    if findings.answered:
        for place, answer in enumerate(findings.answers):
            print(f"\n{_cited(answer)}" if place else f"{_cited(answer)}\n\n{answer.passage.text}")
            for other in () if place else findings.otherwise:
                print(f"\nAnother document says otherwise:\n{_cited(other)}")
    else:
        print("The documents hold no answer.")
        for name in findings.unmentioned:
            print(f"They do not mention “{name}”.")
        for title in findings.suggestions:
            print(f"  {title}")
    return 0


async def _search(options: argparse.Namespace, folders: Folders) -> int:
    async with _collection(folders) as collection:
        hits = await collection.search(options.question, top=options.top)
    if options.json:
        _print_json({"hits": [hit_as_json(hit) for hit in hits]})
    for hit in [] if options.json else hits:
        print(f"{hit.score:8.2f}  {hit.passage.id}  {shorten(hit.passage.text, 90, placeholder='…')}")
    return 0


async def _summarize(options: argparse.Namespace, folders: Folders) -> int:
    if options.clusters:
        return _summarize_clusters(options)
    async with _collection(folders) as collection:
        if options.subject:
            summary = await collection.summarise_subject(options.subject, options.length)
        elif options.document:
            found = await collection.summarise(options.document, options.length)
            if found is None:
                return _fail(f"no document {options.document}", 1)
            summary = found
        else:
            short = [await collection.summarise(source.key, Length.SHORT) for source in await collection.documents()]
            summary = Summary(tuple(point for one in short if one for point in one.points))
    if options.json:
        _print_json(summary_as_json(summary))
        return 0
    if not summary.points:
        print("The documents say nothing about it.")
    for title in summary.suggestions:
        print(f"  {title}")
    for point in summary.points:
        print(f"{point.text}\n  {point.source.title}\n  {point.source.url or point.source.key}")
    return 0


def _summarize_clusters(options: argparse.Namespace) -> int:
    clusters = evaluation.read_clusters(options.clusters)
    weight = evaluation.weight_among([text for cluster in clusters for text in cluster.texts])
    with options.out.open("w", encoding="utf-8") if options.out else nullcontext(sys.stdout) as out:
        for cluster in clusters:
            row = {"id": cluster.id, "summary": of_cluster(cluster.texts, options.words, weight)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


async def _stats(options: argparse.Namespace, folders: Folders) -> int:
    async with _collection(folders) as collection:
        counts = asdict(await collection.statistics())
    if options.json:
        _print_json(counts)
    else:
        print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0


async def _evaluate(options: argparse.Namespace, _: Folders) -> int:
    question_set = evaluation.read_set(options.folder, diacritics=not options.no_diacritics)
    with tempfile.TemporaryDirectory() as folder:
        async with Collection.open(Path(folder)) as collection:
            with _progress_bar("Indexing") as progress:
                await collection.add(question_set.documents, progress=progress)
            with _progress_bar("Asking") as progress:
                results = await evaluation.run(collection, question_set.queries, progress=progress)
    if options.run_file:
        evaluation.write_run(options.run_file, results)
    if options.answers:
        evaluation.write_answers(options.answers, results)
    figures = {"set": options.folder.name, "queries": len(results), **evaluation.figures(question_set, results)}
    if options.json:
        _print_json(figures)
    else:
        print("  ".join(f"{name} {figure}" for name, figure in figures.items()))
    return 0


# --- What is printed -------------------------------------------------------------------------------------------------


def _cited(answer: Answer) -> str:
    source = answer.source
    return f"{answer.text}\n  {source.title}{f' ({source.date})' if source.date else ''}\n  {source.url or source.key}"


def _print_json(content: dict[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False))


def findings_as_json(findings: Findings) -> dict[str, Any]:
    """What ``ask --json`` prints."""
    if not findings.answered:
        return {
            "answered": False,
            "understood": findings.understood,
            "unmentioned": list(findings.unmentioned),
            "suggestions": list(findings.suggestions),
        }
    first, *others = (_answer_as_json(answer) for answer in findings.answers)
    otherwise = [_answer_as_json(answer) for answer in findings.otherwise]
    return {"answered": True, "understood": findings.understood, **first, "others": others, "otherwise": otherwise}


def _answer_as_json(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer.text,
        "span": answer.marked,
        "passage": _passage_as_json(answer.passage),
        "title": answer.source.title,
        "url": answer.source.url,
        "date": answer.source.date and answer.source.date.isoformat(),
        "confidence": round(answer.confidence, 3),
        "grade": answer.grade,
    }


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """One hit of what ``search --json`` prints."""
    return {
        "score": round(hit.score, 4),
        "passage": _passage_as_json(hit.passage),
        "title": hit.passage.source.title,
        "url": hit.passage.source.url,
    }


def summary_as_json(summary: Summary) -> dict[str, Any]:
    """What ``summarize --json`` prints."""
    points = [
        {"text": point.text, "document": point.source.key, "title": point.source.title, "url": point.source.url}
        for point in summary.points
    ]
    return {"points": points, "suggestions": list(summary.suggestions)}


def _added_as_json(added: Added) -> dict[str, Any]:
    entry = added.entry
    return {
        "outcome": added.outcome,
        "key": entry.source.key,
        "title": entry.source.title,
        "url": entry.source.url,
        "date": entry.source.date and entry.source.date.isoformat(),
        "passages": entry.passages,
    }


def _passage_as_json(passage: Passage) -> dict[str, Any]:
    return {"id": passage.id, "start": passage.start, "end": passage.end, "text": passage.text}


if __name__ == "__main__":
    sys.exit(main())
