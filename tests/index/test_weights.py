import math

import pytest

from index.weights import learned, weighed


@pytest.mark.parametrize("model", ["ranking", "sentences", "marking", "confidence"])
def test_every_model_has_weights_that_are_numbers(model):
    weights = learned(model)

    assert weights
    assert all(math.isfinite(weight) for weight in weights.values())


def test_clues_are_summed_by_their_weights_and_unknown_ones_count_nothing():
    assert weighed({"near": 0.5, "new": 9.0}, {"near": 4.0, "far": 1.0}) == 2.0
