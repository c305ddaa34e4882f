"""The card stack, what the four packages give out of the box: BM25Okapi over underthesea's words."""

from rank_bm25 import BM25Okapi

from index.vietnamese import words


class CardStack:
    """rank-bm25's BM25Okapi with its defaults, over underthesea's words of some texts."""

    def __init__(self, texts: list[str]) -> None:
        self.bm25 = BM25Okapi([self.terms(text) for text in texts])

    @staticmethod
    def terms(text: str) -> list[str]:
        """The words of a text, as the stack matches them."""
        return words(text)
