"""Which questions of a chat nobody answered.

An answer need not be marked as a reply: somebody else's post that goes on from the question does, or thanks from who
asked. Laughter, counter-questions and "hóng" do not.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from index.threads import Vector, likeness
from index.utterances import Utterance

_SOON = 6
"""Posts after a question, in its thread and in the chat, among which an answer is looked for that was not linked to it."""
_ALIKE = 0.12
"""Likeness at which one of those is taken for an answer, or what who asked says later for the end of the matter."""
_DEPTH = 3
"""Questions, each to the one before it, that one answer may settle."""
_SAME = 0.45
"""Likeness from which two questions are one."""
_PUT_AGAIN = 50
"""Questions, the last before one, among which it is looked for whether it was asked already."""


def open_questions(
    utterances: Sequence[Utterance],
    terms: Sequence[Vector],
    parents: Sequence[int | None],
    threads: Sequence[Sequence[int]],
) -> list[int]:
    """The places of the questions left open, in the order they were asked; one that is repeated counts once."""
    talk = _Talk(utterances, terms, parents, threads)
    groups: list[list[int]] = []
    for place in talk.asked:
        same = next((group for group in groups[-_PUT_AGAIN:] if likeness(terms[group[0]], terms[place]) >= _SAME), None)
        if same is None:
            groups.append([place])
        else:
            same.append(place)
    return [group[0] for group in groups if not any(map(talk.is_answered, group))]


class _Talk:
    """The posts of a chat with its questions, and the posts among which their answers are looked for."""

    def __init__(
        self,
        utterances: Sequence[Utterance],
        terms: Sequence[Vector],
        parents: Sequence[int | None],
        threads: Sequence[Sequence[int]],
    ) -> None:
        self._utterances = utterances
        self._terms = terms
        self._following = {
            place: thread[position + 1 : position + 1 + _SOON]
            for thread in threads
            for position, place in enumerate(thread)
        }
        self.asked = [place for place, utterance in enumerate(utterances) if utterance.earnest and utterance.says]
        self._going_on = _going_on(self.asked, parents)
        self._settling: dict[str, list[int]] = defaultdict(list)
        for place, utterance in enumerate(utterances):
            if utterance.settles and not utterance.asks:
                self._settling[utterance.post.person].append(place)

    def is_answered(self, place: int) -> bool:
        """Whether somebody answered a question, or who asked it says that the matter is settled."""
        if any(self._may_answer(place, later) for later in self._going_on.get(place, ())):
            return True
        soon = {*self._following[place], *range(place + 1, min(place + 1 + _SOON, len(self._utterances)))}
        return any(self._may_answer(place, later) and self._alike(place, later) for later in soon) or any(
            later > place and (later in soon or self._alike(place, later))
            for later in self._settling[self._utterances[place].post.person]
        )

    def _alike(self, place: int, other: int) -> bool:
        return likeness(self._terms[place], self._terms[other]) >= _ALIKE

    def _may_answer(self, question: int, later: int) -> bool:
        asked, told = self._utterances[question], self._utterances[later]
        if told.post.person == asked.post.person or told.joins_question:
            return False
        if told.asks:
            # "Hình như 8 giờ, đúng không?" tells something, "mấy giờ em?" does not.
            return told.informs > 0 and told.answers
        return bool(told.post.shared) or not told.is_laughter


def _going_on(asked: Collection[int], parents: Sequence[int | None]) -> Mapping[int, Sequence[int]]:
    """The posts that go on from each question, or from a counter-question to it, and so on."""
    questions = set(asked)
    going_on: dict[int, list[int]] = defaultdict(list)
    above: list[tuple[int, ...]] = []
    for place, parent in enumerate(parents):
        answerable = above[parent][-_DEPTH:] if parent is not None else ()
        for question in answerable:
            going_on[question].append(place)
        above.append((*answerable, place) if place in questions else answerable)
    return going_on
