"""Learn how common syllables and pairs of them are in Vietnamese.

    python -m benchmarks.background CORPUS...

Each CORPUS is a file of JSON lines (``text``), plain or compressed by gzip. Written to ``index/background.txt``: for every
syllable and pair that enough passages hold its idf, rounded. Figures are kept, and no text.
"""

import argparse
import datetime as dt
import gzip
import json
import math
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from index import background
from index.documents import Document
from index.matching import read
from index.passages import cut
from index.vietnamese import clean

STEP = 0.25
"""What an idf is rounded to."""
_WIDTH = 120
_LONGEST_NUMBER = 3
"""Digits of a number that is listed: years are common when they are written about."""


def main() -> None:
    """Read the corpora and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPUS", nargs="+")
    options = parser.parse_args()
    passages, counts = counted(options.corpora)
    background.FILE.write_text(written(passages, counts), encoding="utf-8")


def counted(corpora: Sequence[Path]) -> tuple[int, Counter[str]]:
    """How many passages there are, and how many hold each syllable and each pair."""
    passages, counts = 0, Counter[str]()
    for text in texts(corpora):
        for passage in cut(Document(key="", title="", text=text)):
            taken = read(passage.text)
            counts.update(taken.distinct)
            counts.update(taken.pairs)
            passages += 1
    return passages, counts


def texts(corpora: Sequence[Path]) -> Iterator[str]:
    """The texts of all documents."""
    for path in corpora:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (clean(json.loads(line)["text"]).strip() for line in lines)


def written(passages: int, counts: Mapping[str, int]) -> str:
    """The file: for each idf the terms that have it, the most common first."""
    by_rarity: dict[float, list[str]] = defaultdict(list)
    for term, count in counts.items():
        rarity = round(-math.log(count / passages) / STEP) * STEP
        if rarity < background.RAREST and not any(
            part.isdigit() and len(part) > _LONGEST_NUMBER for part in term.split("_")
        ):
            by_rarity[max(rarity, STEP)].append(term)
    head = (
        f"# Learned by benchmarks.background on {dt.date.today():%Y-%m-%d} from {passages:,} passages: "  # noqa: DTZ011
        "idf, and the syllables and pairs that have it.\n"
    )
    lines = (
        textwrap.fill(
            f"{rarity:g} {' '.join(sorted(terms))}",
            _WIDTH,
            subsequent_indent=f"{rarity:g} ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for rarity, terms in sorted(by_rarity.items())
    )
    return head + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
