"""The sentences of some texts that tell what they say, without saying it twice.

A text is made of concepts: its pairs of neighbouring syllables. How likely a concept belongs into a summary is told by a
small logistic model: in how many of the texts and sentences it stands, how near to their beginnings, whether a title or
an author's own summary has it, how rare it is in the collection. A sentence is worth the mean of its concepts; sentences
are chosen by their worth times what they add, so that nothing is told twice (the maximum coverage of Gillick & Favre,
2009, weighted as in Li, Qian & Liu, 2013, and chosen greedily as in Lin & Bilmes, 2010). A sentence that leans on the one
before it brings that one along.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.documents import Span
from index.matching import Weight, read
from index.passages import quotable_spans
from index.terms import Field

FEATURES = ("bias", "texts", "sentences", "beginning", "title", "summary", "beginning_by_length", "rarity")
"""What a concept is judged by, in the order of the columns of :func:`features`."""

WEIGHTS: Mapping[str, float] = {
    "bias": -3.18,
    "texts": -0.39,
    "sentences": 1.53,
    "beginning": 1.36,
    "title": 0.97,
    "summary": 1.11,
    "beginning_by_length": -1.03,
    "rarity": -0.25,
}
"""What each counts; fitted by ``python -m benchmarks.fit_summaries``. A concept of several texts also stands in more
sentences, by which it gains far more than "texts" takes away."""

_USUAL_LENGTH = 20
"""Sentences: the beginning of a text that has more counts less than that of one that has fewer."""
_SHARPNESS = 0.6
"""The power of a sentence's length that what it adds is divided by: below 1, longer sentences are preferred."""
_LEAST_SYLLABLES = 6
"""A line of fewer is a heading, a label or a signature rather than a sentence."""
_MOST_SENTENCES = 3000
"""Sentences of a text that are looked at; what comes after the first so many of a book is left out."""
_OVERRUN = 1.03
"""A summary may be longer than asked for by this much, so that a good sentence is not lost for two words."""
_FULL = 0.96
"""The share of the length from which on a summary is long enough."""
_MOST_NEEDED = 2
"""Sentences that may be brought along by one that leans on them."""
_LEAST_FRESH = 0.3
"""A sentence of whose concepts a smaller share is new says what was said."""

_POINTING = re.compile(
    r"[\"“'(–-]?\s*(?:(?:Điều|Việc|Chuyện|Sự việc|Cách|Con số|Số tiền|Quyết định|Thông tin|Lý do|Trường hợp|Động thái|"
    r"Kết quả|Nơi|Người|Loại|Vấn đề|Tình trạng|Hành động|Phát biểu|Khoản|Chương trình|Dự án|Vụ việc|Bộ phim) "
    r"(?:này|đó|ấy|trên)\b|(?:Đây|Đó) (?:là|cũng|chính|được|mới|không)\b|"
    r"Theo (?:ông|bà|anh|chị|cô|họ|đó)(?=,| ấy| này)|(?:Khi|Lúc|Sau|Trước|Từ|Trong|Do|Nhờ|Bên cạnh|Trong khi|"
    r"Song song với|Cùng với|Trong bối cảnh|Trước tình hình) đó\b|(?:Vì|Bởi) (?:vậy|thế)\b|"
    r"Như vậy\b|Cụ thể\b|Nhưng\b|Tuy (?:nhiên|vậy|thế)\b|Song,|Thế nhưng\b|Và\b|Còn\b|Ngược lại\b|Nếu không\b|"
    r"Chẳng hạn\b|Ví dụ\b|Ngoài ra\b|Đồng thời\b|Mặt khác\b|Cũng )"
)
"""How a sentence begins that cannot be read without the one before it."""
_PRONOUN = re.compile(
    r"[\"“'(–-]?\s*(?:Ông|Bà|Cô|Chị|Họ|Nó|Hắn|Anh ta|Anh này)(?: ấy| ta| này)? "
    r"(?!(?:bà|bầu|chú|con|dâu|em|giáo|hàng|mẹ|ngoại|nội|tên|trời)\b)(?P<next>\w)"
)
"""Such a beginning too where a small letter comes next: "Ông cho biết", but neither "Ông Nam" nor "Bà con"."""
_ABOUT_ITSELF = re.compile(
    r"\s*[\[(]?(?:(?:Trong )?[Bb]ài viết (?:này|dưới đây|sau|sẽ)|Hãy cùng|Mời (?:quý vị|bạn|các bạn|độc giả)|Xem thêm\b|"
    r"(?:Ảnh|Video|Nguồn|Clip|Đồ họa)(?: minh họa)?\s*:)"
)
"""How a sentence begins that speaks of its own text rather than of what the text is about."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be summarised.

    Attributes:
        body: What is quoted from, cleaned.
        title: Its title, or an empty text.
        summary: Its author's own summary, or an empty text.
        headings: Where headings stand in ``body``: they are not quoted.
        gaps: Offsets in ``body`` before which something was left out.
    """

    body: str
    title: str = ""
    summary: str = ""
    headings: AbstractSet[Span] = field(default_factory=frozenset)
    gaps: AbstractSet[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence that may be quoted.

    Attributes:
        source: Which of the texts it stands in, from 0.
        place: Its place among the sentences of its text, from 0.
        span: Where it stands in the body.
        text: What it says.
        length: Its number of syllables.
        concepts: Its pairs of neighbouring syllables.
        needs: How many sentences before it must be read first; ``None`` where they cannot be quoted.
    """

    source: int
    place: int
    span: Span
    text: str
    length: int
    concepts: frozenset[str]
    needs: int | None


Worth = Callable[[Sentence], float]
"""By how much a sentence counts for more or less than its concepts tell; 1 for no difference, at least 0."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a summary may tell.

    Attributes:
        length: About how many syllables. Where every sentence has more and nothing was told, the shortest is given.
        sentences: How many sentences; ``None`` for any number.
        of_each: How many sentences of each text; ``None`` for any number.
    """

    length: int
    sentences: int | None = None
    of_each: int | None = None


def most_telling(
    texts: Sequence[Text],
    weight: Weight,
    limits: Limits,
    *,
    told: AbstractSet[str] = frozenset(),
    worth: Worth = lambda _: 1.0,
) -> list[Sentence]:
    """The sentences that tell most of some texts, in the order of the texts.

    Args:
        texts: What is summarised; several on one subject are summarised together.
        weight: The collection's idf.
        limits: How much to tell.
        told: Concepts that were told already.
        worth: What else makes sentences count more or less.
    """
    read_texts = read_all(texts)
    concepts, judged = features(texts, read_texts, weight)
    return choose(read_texts, likelihoods(concepts, judged), limits, told=told, worth=worth)


def read_all(texts: Sequence[Text]) -> list[list[Sentence]]:
    """The sentences of each text that may be quoted."""
    return [read_sentences(place, text) for place, text in enumerate(texts)]


def read_sentences(source: int, text: Text) -> list[Sentence]:
    """The sentences of a text without headings, shorter lines and remarks on the text itself; all where that is nothing.

    A sentence too long to be quoted is taken apart as for passages.
    """
    found = islice(quotable_spans(text.body, 0, len(text.body)), _MOST_SENTENCES)
    spans = [span for span, _ in found if span not in text.headings]
    said = [text.body[start:end] for start, end in spans]
    in_words = [place for place, sentence in enumerate(said) if read(sentence).syllables]
    telling = [place for place in in_words if _tells(said[place])] or in_words
    needed = _needed(said, set(telling), {place for place, (start, _) in enumerate(spans) if start in text.gaps})
    return [
        Sentence(source, number, spans[place], said[place], len(parts.syllables), parts.pairs, needed[place])
        for number, place in enumerate(telling)
        for parts in [read(said[place])]
    ]


def _needed(said: Sequence[str], telling: AbstractSet[int], after_gaps: AbstractSet[int]) -> list[int | None]:
    """How many sentences before each must be read first, or ``None``; the first of a text needs none."""
    needed: list[int | None] = []
    for place, sentence in enumerate(said):
        before = needed[place - 1] if place - 1 in telling else None
        if not leans_on_another(sentence) or (place == 0 and place not in after_gaps):
            needed.append(0)
        elif before is None or before == _MOST_NEEDED or place in after_gaps:
            needed.append(None)
        else:
            needed.append(before + 1)
    return needed


def _tells(sentence: str) -> bool:
    return len(read(sentence).syllables) >= _LEAST_SYLLABLES and not _ABOUT_ITSELF.match(sentence)


def leans_on_another(sentence: str) -> bool:
    """Whether a sentence begins by pointing to the one before it ("Điều này", "Ông cho biết", "Tuy nhiên")."""
    pronoun = _PRONOUN.match(sentence)
    return _POINTING.match(sentence) is not None or (pronoun is not None and pronoun["next"].islower())


# --- Concepts --------------------------------------------------------------------------------------------------------


def likelihoods(
    concepts: Sequence[str], judged: NDArray[np.float64], weights: Mapping[str, float] = WEIGHTS
) -> Mapping[str, float]:
    """How likely each concept belongs into a summary, from 0 to 1, by its :func:`features`."""
    logits = judged @ np.array([weights[name] for name in FEATURES])
    return dict(zip(concepts, (1 / (1 + np.exp(-logits))).tolist(), strict=True))


def features(
    texts: Sequence[Text], read_texts: Sequence[Sequence[Sentence]], weight: Weight
) -> tuple[list[str], NDArray[np.float64]]:
    """The concepts of some texts, and what each is judged by.

    Returns:
        The concepts, and a row for each with a column for each of :data:`FEATURES`.
    """
    in_texts: Counter[str] = Counter()
    in_sentences: Counter[str] = Counter()
    beginning: dict[str, float] = {}
    for sentences in read_texts:
        first: dict[str, int] = {}
        for sentence in sentences:
            in_sentences.update(sentence.concepts)
            for concept in sentence.concepts:
                first.setdefault(concept, sentence.place)
        in_texts.update(first.keys())
        for concept, place in first.items():
            beginning[concept] = beginning.get(concept, 0.0) + 1 / (1 + place)
    titles = {concept for text in texts for concept in read(text.title).pairs}
    summaries = {concept for text in texts for concept in read(text.summary).pairs}
    several = sum(1 for sentences in read_texts if sentences) or 1
    usual = math.log(max(1.0, sum(map(len, read_texts)) / several) / _USUAL_LENGTH)
    unseen = weight(Field.BIGRAMS, "")
    rows = [
        (
            1.0,
            in_texts[concept] / several,
            math.log1p(in_sentences[concept]),
            beginning[concept] / several,
            float(concept in titles),
            float(concept in summaries),
            beginning[concept] / several * usual,
            weight(Field.BIGRAMS, concept) / unseen,
        )
        for concept in in_texts
    ]
    return list(in_texts), np.array(rows).reshape(-1, len(FEATURES))


# --- Choosing --------------------------------------------------------------------------------------------------------


class _Choice:
    """What was chosen so far, and what else there is room for."""

    def __init__(self, limits: Limits, told: AbstractSet[str]) -> None:
        self._limits = limits
        self._length = 0
        self._of_text: Counter[int] = Counter()
        self.told = set(told)
        self.chosen: set[Sentence] = set()

    @property
    def is_full(self) -> bool:
        """Whether there is no room for anything worth telling."""
        most = self._limits.sentences
        return self._length > _FULL * self._limits.length or (most is not None and len(self.chosen) >= most)

    def has_room(self, together: Sequence[Sentence]) -> bool:
        """Whether some sentences of one text fit in."""
        length = self._length + sum(sentence.length for sentence in together)
        if length > _OVERRUN * self._limits.length:
            return False
        of_text = self._of_text[together[0].source] + len(together)
        total = len(self.chosen) + len(together)
        return of_text <= (self._limits.of_each or of_text) and total <= (self._limits.sentences or total)

    def take(self, together: Sequence[Sentence]) -> None:
        """Choose some sentences."""
        for sentence in together:
            self.chosen.add(sentence)
            self.told |= sentence.concepts
            self._length += sentence.length
            self._of_text[sentence.source] += 1


def choose(
    read_texts: Sequence[Sequence[Sentence]],
    likely: Mapping[str, float],
    limits: Limits,
    *,
    told: AbstractSet[str] = frozenset(),
    worth: Worth = lambda _: 1.0,
) -> list[Sentence]:
    """Take sentences by what they add, the best first, as long as there is room; give them in the order of the texts.

    What a sentence adds only ever gets less, so one that is still the best when it is counted again is the best of all
    (Minoux, 1978).
    """
    choice = _Choice(limits, told)
    worths = {
        sentence: worth(sentence) * sum(map(likely.__getitem__, sentence.concepts)) / max(1, len(sentence.concepts))
        for sentences in read_texts
        for sentence in sentences
    }

    def adds(together: Sequence[Sentence]) -> float:
        concepts = frozenset[str]().union(*(sentence.concepts for sentence in together))
        fresh = concepts - choice.told
        if len(fresh) < _LEAST_FRESH * len(concepts):
            return 0.0
        mean = sum(worths[sentence] for sentence in together) / len(together)
        length = sum(sentence.length for sentence in together)
        return float(mean * sum(map(likely.__getitem__, fresh)) / length**_SHARPNESS)

    chains = list(_chains(read_texts))
    waiting = [(-adds(chain), number, chain) for number, chain in enumerate(chains)]
    heapify(waiting)
    while waiting and not choice.is_full:
        _, number, chain = heappop(waiting)
        left = [sentence for sentence in chain if sentence not in choice.chosen]
        if not left or not choice.has_room(left):
            continue
        now = -adds(left)
        if now == 0:
            continue
        if waiting and now > waiting[0][0]:
            heappush(waiting, (now, number, chain))
        else:
            choice.take(left)
    if chains and not told and not choice.chosen:
        choice.take(min(chains, key=lambda chain: sum(sentence.length for sentence in chain)))
    return sorted(choice.chosen, key=lambda sentence: (sentence.source, sentence.place))


def _chains(read_texts: Sequence[Sequence[Sentence]]) -> Iterator[Sequence[Sentence]]:
    """Each sentence with those before it that it needs; one whose are not there is left out."""
    for sentences in read_texts:
        for place, sentence in enumerate(sentences):
            if sentence.needs is not None:
                yield sentences[place - sentence.needs : place + 1]
