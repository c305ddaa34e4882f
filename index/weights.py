"""The weights that were learned: one readable file beside the code, written by ``benchmarks.learn``."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("weights.toml")

Weights = Mapping[str, float]
"""What each clue counts in a linear model; a clue that is not named counts nothing."""


@cache
def learned(model: str) -> Weights:
    """The weights of a model, by the names of its clues.

    Raises:
        KeyError: the file holds no such model.
    """
    return {name: float(weight) for name, weight in tomllib.loads(FILE.read_text(encoding="utf-8"))[model].items()}


def weighed_each(clues: Sequence[Mapping[str, float]], weights: Weights) -> list[float]:
    """For several things of which the same clues are told, the sum of each one's by their weights."""
    if not clues:
        return []
    counted = np.array([weights.get(name, 0.0) for name in clues[0]])
    sums: list[float] = (np.array([[*one.values()] for one in clues]) * counted).sum(axis=1).tolist()
    return sums


def weighed(clues: Mapping[str, float], weights: Weights) -> float:
    """The sum of some clues by their weights."""
    return sum(value * weights.get(name, 0.0) for name, value in clues.items() if value)
