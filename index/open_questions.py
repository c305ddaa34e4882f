"""Which questions of a chat nobody answered.

An answer need not be marked as a reply: somebody else's post that goes on from the question does, or thanks from who
asked. Laughter, counter-questions and "hóng" do not.
"""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.threads import Vector, likeness
from index.utterances import Utterance

_SOON = 6
"""Posts after a question, in its thread and in the chat, among which an answer is looked for that was not linked to it."""
_WHILE = 1800.0
"""Seconds within which a figure that goes on from nothing is taken for the one that was asked for."""
_ALIKE = 0.12
"""Likeness at which one of those is taken for an answer whatever its form."""
_TALKED_OF = 2
"""Posts of others, be they questions, after which a question has been talked of and is not left open."""
_DEPTH = 3
"""Questions, each to the one before it, that one answer may settle."""
_SAME = 0.45
"""Likeness from which two questions are one."""


def open_questions(
    utterances: Sequence[Utterance],
    terms: Sequence[Vector],
    parents: Sequence[int | None],
    threads: Sequence[Sequence[int]],
) -> list[int]:
    """The places of the questions left open, in the order they were asked; one that is repeated counts once."""
    return _Questions(utterances, terms, parents, threads).left_open()


class _Questions:
    """The questions of a chat, with the posts among which their answers are looked for."""

    def __init__(
        self,
        utterances: Sequence[Utterance],
        terms: Sequence[Vector],
        parents: Sequence[int | None],
        threads: Sequence[Sequence[int]],
    ) -> None:
        self._utterances = utterances
        self._terms = terms
        self._parents = parents
        self._following = {
            place: thread[position + 1 :]
            for thread in threads
            for position, place in enumerate(thread)
            if utterances[place].earnest and utterances[place].says
        }
        self._going_on = _going_on(self._following.keys(), parents)

    def left_open(self) -> list[int]:
        """Those that nobody answered, in the order asked."""
        return [group[0] for group in self._repeated() if not any(self._is_answered(place) for place in group)]

    def _repeated(self) -> list[list[int]]:
        """Questions that ask the same, together."""
        groups: list[list[int]] = []
        for place in sorted(self._following):
            alike = (group for group in groups if likeness(self._terms[group[0]], self._terms[place]) >= _SAME)
            if (same := next(alike, None)) is None:
                groups.append([place])
            else:
                same.append(place)
        return groups

    def _is_answered(self, place: int) -> bool:
        asker = self._utterances[place].post.person
        following = self._following[place]
        if any(self._may_answer(later, asker) for later in self._going_on[place]):
            return True
        if sum(self._is_others_words(later, asker) for later in self._going_on[place]) >= _TALKED_OF:
            return True
        soon = {*following[:_SOON], *range(place + 1, min(place + 1 + _SOON, len(self._utterances)))}
        return any(
            self._utterances[later].settles
            if self._utterances[later].post.person == asker
            else self._may_answer(later, asker) and self._seems_answer(place, later)
            for later in soon
        )

    def _is_others_words(self, place: int, asker: str) -> bool:
        utterance = self._utterances[place]
        return utterance.post.person != asker and utterance.says and not utterance.joins_question

    def _may_answer(self, place: int, asker: str) -> bool:
        utterance = self._utterances[place]
        if utterance.post.person == asker or utterance.joins_question:
            return False
        if utterance.asks:
            # "Hình như 8 giờ, đúng không?" tells something, "mấy giờ em?" does not.
            return utterance.informs > 0 and utterance.answers
        return bool(utterance.post.shared) or not utterance.is_laughter

    def _seems_answer(self, question: int, later: int) -> bool:
        """Whether a post of somebody else's, soon after a question, answers it though linked elsewhere or nowhere."""
        if likeness(self._terms[question], self._terms[later]) >= _ALIKE:
            return True
        asked, told, parent = self._utterances[question], self._utterances[later], self._parents[later]
        gives_figure = asked.asks_figure and told.informs > 0
        if parent is None:
            gap = (told.post.sent - asked.post.sent).total_seconds()
            return gives_figure and not told.opens and gap <= _WHILE
        if parent > question and self._utterances[parent].post.person == asked.post.person:
            return True
        linked_past_it = parent < question and told.post.reply_to is None and not self._utterances[parent].asks
        return linked_past_it and (told.answers or gives_figure)


def _going_on(asked: AbstractSet[int], parents: Sequence[int | None]) -> dict[int, list[int]]:
    """The posts that go on from each question, or from a counter-question to it, and so on."""
    going_on: dict[int, list[int]] = defaultdict(list)
    above: list[tuple[int, ...]] = []
    for place, parent in enumerate(parents):
        questions = above[parent][-_DEPTH:] if parent is not None else ()
        for question in questions:
            going_on[question].append(place)
        above.append((*questions, place) if place in asked else questions)
    return going_on
