"""How questions fare that are typed in haste: a set's own, typed again in each manner.

    python -m benchmarks.typed DIR... [--limit N] [--elsewhere DIR]

For each manner: nDCG@10 and the share of it that is kept of the questions as they are, how many questions that could be
answered are refused and, with ``--elsewhere``, how many of another set's questions are answered over the documents of
each DIR.
"""

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ir_measures import nDCG

from index.collection import Collection
from index.evaluation import Query, QuestionSet, figures, read_set, run
from index.shorthand import READINGS
from index.spelling import ACUTE, DOT, GRAVE, HOOK, TILDE, split_tone
from index.vietnamese import clean, fold

_WORD = re.compile(r"[^\W\d_]+")
_TELEX_SHAPES = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_TELEX_TONES = {ACUTE: "s", GRAVE: "f", HOOK: "r", TILDE: "x", DOT: "j"}
_VNI_SHAPES = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_VNI_TONES = {ACUTE: "1", GRAVE: "2", HOOK: "3", TILDE: "4", DOT: "5"}
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SEED = 5

Typist = Callable[[str, random.Random], str]


def _in_keys(shapes: Mapping[str, str], tones: Mapping[str, str]) -> Typist:
    def typed(text: str, _: random.Random) -> str:
        def keys(match: re.Match[str]) -> str:
            letters, tone = split_tone(match.group().lower())
            return "".join(shapes.get(letter, letter) for letter in letters) + tones.get(tone, "")

        return _WORD.sub(keys, text)

    return typed


def _plain(text: str, _: random.Random) -> str:
    return fold(text)


def _some_plain(text: str, chance: random.Random) -> str:
    """Every other syllable without its marks, by chance."""
    return _WORD.sub(lambda match: fold(match.group()) if chance.random() < 0.5 else match.group(), text)


def _slips(*, diacritics: bool) -> Typist:
    """One slip in every question of up to eight words, and one more for every eight further."""

    def typed(text: str, chance: random.Random) -> str:
        text = text if diacritics else fold(text)
        long = [match for match in _WORD.finditer(text) if len(match.group()) > 2]
        for match in sorted(chance.sample(long, min(len(long), 1 + len(long) // 8)), key=lambda one: -one.start()):
            text = text[: match.start()] + _slip(match.group(), chance) + text[match.end() :]
        return text

    return typed


def _slip(word: str, chance: random.Random) -> str:
    """A letter left out, doubled, replaced by its neighbour on the keyboard, or swapped with the next."""
    place = chance.randrange(1, len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    row = next((row for row in _ROWS if letter in row), letter)
    beside = row[max(0, row.index(letter) - 1)] if row.index(letter) else row[min(1, len(row) - 1)]
    return chance.choice(
        [
            before + after,
            before + letter * 2 + after,
            before + beside + after,
            before[:-1] + letter + before[-1] + after,
        ]
    )


def _shortened(text: str, _: random.Random) -> str:
    """Chat language, without diacritics: the shortest abbreviation of what each stands for first."""
    text = fold(text.lower())
    for short, readings in sorted(READINGS.items(), key=lambda one: -len(" ".join(one[1][0]))):
        if short.isascii():
            text = re.sub(rf"\b{fold(' '.join(readings[0]))}\b", short, text)
    return text


def _politely(text: str, chance: random.Random) -> str:
    opening = chance.choice(["cho mình hỏi ", "ad ơi cho em hỏi ", "theo bài báo thì ", "bạn ơi, "])
    return opening + text.rstrip(" ?") + chance.choice([" ạ", " vậy bạn", " với ạ", " nhỉ?"])


MANNERS: Mapping[str, Typist] = {
    "without diacritics": _plain,
    "with some": _some_plain,
    "Telex": _in_keys(_TELEX_SHAPES, _TELEX_TONES),
    "VNI": _in_keys(_VNI_SHAPES, _VNI_TONES),
    "slips": _slips(diacritics=True),
    "slips, without diacritics": _slips(diacritics=False),
    "abbreviated": _shortened,
    "politely": _politely,
}


async def main() -> None:
    """Print a block for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, metavar="DIR", nargs="+")
    parser.add_argument("--limit", type=int, metavar="N", help="only so many questions of each set, picked by chance")
    parser.add_argument("--elsewhere", type=Path, metavar="DIR", help="a set whose questions the others do not answer")
    options = parser.parse_args()
    foreign = _picked(read_set(options.elsewhere), options.limit).queries if options.elsewhere else ()
    for folder in options.folders:
        question_set = _picked(read_set(folder), options.limit)
        with tempfile.TemporaryDirectory() as data:
            async with Collection.open(Path(data)) as collection:
                await collection.add(question_set.documents)
                await measure(collection, folder.name, question_set, foreign)


def _picked(question_set: QuestionSet, limit: int | None) -> QuestionSet:
    """A set with at most so many of its questions that can be answered, and what is relevant to them."""
    queries = [query for query in question_set.queries if query.answerable]
    if limit and limit < len(queries):
        queries = random.Random(_SEED).sample(queries, limit)  # noqa: S311
    names = {query.id for query in queries}
    return replace(
        question_set,
        queries=tuple(queries),
        relevant=tuple(one for one in question_set.relevant if one.query_id in names),
    )


async def measure(collection: Collection, name: str, question_set: QuestionSet, foreign: tuple[Query, ...]) -> None:
    """Print the figures of a set."""
    print(f"{name}: {len(question_set.queries)} questions", flush=True)
    manners: Mapping[str, Typist] = {"as they are": lambda text, _: text, **MANNERS}
    whole = 0.0
    for manner, typist in manners.items():
        began = time.perf_counter()
        result = figures(question_set, await run(collection, _typed(question_set.queries, typist)))
        took = (time.perf_counter() - began) / len(question_set.queries)
        ranking = result[str(nDCG @ 10)]
        whole = whole or ranking
        wrong = [(await collection.ask(query.text)).answered for query in _typed(foreign, typist)]
        print(
            f"  {manner:26} {nDCG @ 10} {ranking:.2f}  kept {ranking / whole:.3f}  hit {result.get('hit', 0):.1f}  "
            f"refused {result.get('refused', 0):.1f}"
            + (f"  answered elsewhere {100 * sum(wrong) / len(wrong):.1f}" if wrong else "")
            + f"  {1000 * took:.1f} ms",
            flush=True,
        )


def _typed(queries: tuple[Query, ...], typist: Typist) -> tuple[Query, ...]:
    chance = random.Random(_SEED)  # noqa: S311
    return tuple(replace(query, text=typist(clean(query.text), chance)) for query in queries)


if __name__ == "__main__":
    asyncio.run(main())
