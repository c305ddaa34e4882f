"""The card stack, what two of the packages give out of the box: BM25Okapi over underthesea's words."""

from collections.abc import Sequence
from typing import Self

from rank_bm25 import BM25Okapi
from underthesea import word_tokenize


class CardStack:
    """rank-bm25's BM25Okapi with its defaults, over the words of some texts as underthesea gives them."""

    def __init__(self, texts: list[str]) -> None:
        self.bm25 = BM25Okapi([self.terms(text) for text in texts])

    @classmethod
    def of_words(cls, words: Sequence[list[str]]) -> Self:
        """Take the words of each text as they are known already."""
        stack = cls.__new__(cls)
        stack.bm25 = BM25Okapi(words)
        return stack

    @staticmethod
    def terms(text: str) -> list[str]:
        """The words of a text, punctuation among them."""
        return list(word_tokenize(text))
