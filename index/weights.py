"""The weights that were learned: one readable file beside the code, written by ``benchmarks.learn``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

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


def weighed(clues: Mapping[str, float], weights: Weights) -> float:
    """The sum of some clues by their weights."""
    return sum(value * weights.get(name, 0.0) for name, value in clues.items() if value)
