"""Fits what a concept counts by, ``index.salience.WEIGHTS``, and measures that on clusters which it was not fitted on.

    python -m benchmarks.fit_summaries CLUSTERS_FILE [--folds 5]

A concept of a cluster is a case, and what is fitted is whether it stands in a summary that people wrote (logistic
regression). Clusters are used as they are, without their authors' own summaries, and document by document with the author's
summary as what people wrote, so that the weights also serve where there is neither. Each is used twice, in its order and
with its sentences shuffled, which keeps the fit from leaning on position alone.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from benchmarks.summaries import mean, score, without_summaries
from index.evaluation import Cluster, read_clusters, weight_among
from index.matching import Weight, read
from index.salience import FEATURES, Limits, Sentence, choose, features, likelihoods, read_all

CASES = 1000
"""What a cluster counts in the log-loss, however many concepts it has."""
RIDGE = 1.0
"""What a squared weight counts beside it."""
LEAST_SENTENCES = 8
"""A shorter document is not summarised by itself."""


@dataclass(frozen=True, slots=True)
class Example:
    """A cluster taken apart: its fold, its sentences, its concepts with their features, which of them are wanted."""

    references: Sequence[str]
    fold: int
    sentences: Sequence[Sequence[Sentence]]
    concepts: list[str]
    judged: NDArray[np.float64]
    wanted: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Use:
    """A way to use clusters: what all of its examples count in the fit, and at how many words they are measured."""

    name: str
    share: float
    words: int
    examples: Callable[[Cluster], Iterator[Cluster]]


def main() -> None:
    """Print cross-validated figures, then the weights fitted on everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path, metavar="CLUSTERS_FILE")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    clusters = read_clusters(options.clusters)
    weight = weight_among([text for cluster in clusters for text in cluster.texts])
    uses = {
        use: [
            example
            for place, cluster in enumerate(clusters)
            for one in use.examples(cluster)
            for example in in_both_orders(one, place % options.folds, weight)
        ]
        for use in USES
    }
    fitted = [fit(uses, without=fold) for fold in range(options.folds)]
    for use, examples in uses.items():
        for order, chosen in (("in order", examples[::2]), ("shuffled", examples[1::2])):
            scores = [score(summary(one, fitted[one.fold], use.words), one.references) for one in chosen]
            print(f"{use.name + ', ' + order:40}{mean(scores)}", flush=True)
    print("WEIGHTS: Mapping[str, float] = {")
    for name, value in fit(uses).items():
        print(f'    "{name}": {value:.2f},')
    print("}")


# --- Examples --------------------------------------------------------------------------------------------------------


def as_they_are(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster itself."""
    yield cluster


def bare(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster without its authors' own summaries."""
    yield without_summaries(cluster)


def single_documents(cluster: Cluster) -> Iterator[Cluster]:
    """Each longer document by itself, its author's summary being the reference."""
    for text in cluster.texts:
        if text.summary and len(read_all([text])[0]) >= LEAST_SENTENCES:
            yield Cluster(cluster.id, (replace(text, summary=""),), (text.summary,))


USES = (
    Use("clusters", 1.0, 200, as_they_are),
    Use("no authors' summaries", 0.3, 200, bare),
    Use("single documents", 0.15, 60, single_documents),
)


def in_both_orders(cluster: Cluster, fold: int, weight: Weight) -> Iterator[Example]:
    """The cluster in its order, then with the sentences of each text shuffled."""
    ordered = read_all(cluster.texts)
    pairs = frozenset[str]().union(*(read(reference).pairs for reference in cluster.references))
    for sentences in (ordered, [shuffled(text, cluster.id) for text in ordered]):
        concepts, judged = features(cluster.texts, sentences, weight)
        wanted = np.array([concept in pairs for concept in concepts], dtype=np.float64)
        yield Example(cluster.references, fold, sentences, concepts, judged, wanted)


def shuffled(sentences: Sequence[Sentence], seed: str) -> list[Sentence]:
    """Sentences of a text in an order made up."""
    order = random.Random(seed).sample(sentences, len(sentences))  # noqa: S311  # Nothing secret is made of it.
    return [replace(sentence, place=place, needs=0) for place, sentence in enumerate(order)]


# --- Fitting and measuring -------------------------------------------------------------------------------------------


def fit(uses: Mapping[Use, Sequence[Example]], without: int | None = None) -> Mapping[str, float]:
    """The weights that make the examples likeliest, without those of a fold; in a use each counts alike."""
    most = max(map(len, uses.values()))
    used = [
        (example, CASES * use.share * most / len(examples) / len(example.concepts))
        for use, examples in uses.items()
        for example in examples
        if example.fold != without
    ]
    judged = np.concatenate([example.judged for example, _ in used])
    wanted = np.concatenate([example.wanted for example, _ in used])
    counts = np.concatenate([np.full(len(example.concepts), count) for example, count in used])
    penalised = np.array([name != "bias" for name in FEATURES], dtype=np.float64)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = judged @ weights
        # Minus the logarithm of how likely each label is, and its gradient.
        value = counts @ (np.logaddexp(0, logits) - wanted * logits) + RIDGE * penalised @ weights**2
        gradient = judged.T @ (counts * (expit(logits) - wanted)) + 2 * RIDGE * penalised * weights
        return float(value), gradient

    def curvature(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        likely = expit(judged @ weights)
        return (judged.T * (counts * likely * (1 - likely))) @ judged + 2 * RIDGE * np.diag(penalised)

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, hess=curvature, method="trust-exact")
    return dict(zip(FEATURES, found.x.tolist(), strict=True))


def summary(example: Example, weights: Mapping[str, float], words: int) -> str:
    """The summary of an example by some weights."""
    likely = likelihoods(example.concepts, example.judged, weights)
    return " ".join(sentence.text for sentence in choose(example.sentences, likely, Limits(words)))


if __name__ == "__main__":
    main()
