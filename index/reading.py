"""What was meant by what was typed: keys of Telex and VNI, chat abbreviations and slips of the fingers are read.

The documents' own vocabulary decides. What they know as it stands is left as it is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from index import keyboards
from index.diacritics import restore
from index.names import Names
from index.shorthand import READINGS
from index.spelling import is_plain_syllable, is_syllable, marked_spellings
from index.terms import JOINER, Field, Form, form_terms
from index.typos import TermsBeginning, is_likely_slip, near, near_name
from index.vietnamese import fold, has_diacritics, syllables

DocumentFrequency = Callable[[Field, str], int]
_COMMON, _AFTER_ANY = 100, 5
"""Passages that a phrase that makes a question counts as standing in, and a word that asks beside any other word."""

_WORD = re.compile(r"[^\W_]+")
_MEASURES = frozenset({"kg"})
"""Abbreviations that measure where they are counted: "bao nhiêu kg"."""
_COUNTS = frozenset({"nhieu", "may"})
"""What ends in a question for a number, without diacritics."""
_LETTERS_THAT_CLOSE = frozenset({"v", "z"})
"""Abbreviations that are no more than a letter, and stand for what only closes a question: not in "gen z"."""
_NOT = "không"

_SAME_LETTERS = 3
"""How many times likelier other marks on the same letters are than other letters."""


class Phrases:
    """Phrases that only make a question of a text.

    Attributes:
        forms: Each with its marks, and without.
        asking: Those of them that ask for something.
        syllables: All their syllables, with their marks and without.
        common: Their syllables and pairs of syllables, with their marks.
        asking_pairs: The pairs of syllables of those that ask, with their marks.
        longest: Syllables in the longest.
    """

    def __init__(self, marked: Sequence[Form], asking: Sequence[Form]) -> None:
        """Take phrases with their marks, and which of them ask for something."""
        self.forms = _with_and_without_marks(marked)
        self.asking = _with_and_without_marks(asking)
        self.syllables = frozenset(syllable for form in self.forms for syllable in form)
        self.common = frozenset(JOINER.join(pair) for form in marked for pair in pairwise(form)).union(*marked)
        self.asking_pairs = frozenset(JOINER.join(pair) for form in asking for pair in pairwise(form))
        self.longest = max(map(len, marked), default=0)
        self._asking_words = frozenset(form[0] for form in asking if len(form) == 1)

    def frequency(self, document_frequency: DocumentFrequency, field: Field, term: str) -> int:
        """How many passages would hold a term if people wrote there as they ask.

        Documents hardly hold what makes a question, and a word that asks may follow any other.
        """
        count = document_frequency(field, term)
        if term in self.common:
            return count + _COMMON
        return count + (_AFTER_ANY if term.rpartition(JOINER)[2] in self._asking_words else 0)


def _with_and_without_marks(forms: Iterable[Form]) -> frozenset[Form]:
    return frozenset(one for form in forms for one in (form, tuple(map(fold, form))))


@dataclass(frozen=True, slots=True)
class Token:
    """Something typed between spaces and marks, and what it was read as.

    Attributes:
        typed: As it stands in the text.
        start: Where that is.
        read: Syllables in lower case.
        others: What else an abbreviation may stand for.
        is_told: Whether the reading could surprise whoever typed it.
    """

    typed: str
    start: int
    read: Form
    others: tuple[Form, ...] = ()
    is_told: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it was read as something else."""
        return self.read != tuple(syllables(self.typed))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read.

    Attributes:
        text: The text, with what was read in the place of what was typed.
        told: The same with its diacritics, for people; empty where nothing was read that could surprise.
        others: For syllables that an abbreviation was read as, joined by ``_``, what else it may stand for.
    """

    text: str
    told: str
    others: tuple[tuple[Form, Form], ...]


def read(
    text: str, phrases: Phrases, names: Names, document_frequency: DocumentFrequency, beginning: TermsBeginning
) -> Reading:
    """Read a cleaned text.

    Args:
        text: What was typed.
        phrases: What makes a question of it.
        names: Names in their forms.
        document_frequency: How many passages hold a term.
        beginning: Gives the documents' syllables, without diacritics, that begin with some letters.
    """
    tokens = _tokens(text)
    reader = _Reader(phrases, names, document_frequency, beginning)
    tokens = reader.shorthand(reader.keys(tokens), shouted=text.isupper())
    tokens = reader.slips(reader.names(tokens), marked=has_diacritics(text))
    return Reading(
        text=_written(text, ((token, _like(token.typed, token.read)) for token in tokens if token.is_changed)),
        told=reader.told(text, tokens) if any(token.is_told for token in tokens) else "",
        others=tuple((token.read, other) for token in tokens for other in token.others),
    )


def spelled_out(
    text: str, phrases: Phrases, names: Names, document_frequency: DocumentFrequency, beginning: TermsBeginning
) -> str:
    """A cleaned text with the abbreviations written out that stand for one thing alone: "nói j" is "nói gì".

    The arguments are those of :func:`read`.
    """
    reader = _Reader(phrases, names, document_frequency, beginning)
    read = reader.shorthand(_tokens(text), shouted=text.isupper())
    plain = (token for token in read if token.is_changed and len(READINGS.get(token.typed, ())) == 1)
    return _written(text, ((token, " ".join(token.read)) for token in plain))


def _tokens(text: str) -> list[Token]:
    return [Token(match.group(), match.start(), tuple(syllables(match.group()))) for match in _WORD.finditer(text)]


def _written(text: str, replaced: Iterable[tuple[Token, str]]) -> str:
    parts, end = [], 0
    for token, written in replaced:
        parts += [text[end : token.start] if written else "", written]
        end = token.start + len(token.typed)
    return "".join([*parts, text[end:]])


def _read_at(tokens: Sequence[Token], place: int) -> Form:
    """What stands at a place, nothing beyond the ends."""
    return tokens[place].read if 0 <= place < len(tokens) else ()


def _like(typed: str, read: Form) -> str:
    """Syllables with the capital that something typed began with; an abbreviation in capitals need not be a name."""
    written = " ".join(read)
    if not typed[:1].isupper() or (len(typed) > 1 and typed.isupper() and typed.lower() in READINGS):
        return written
    return written[:1].upper() + written[1:]


class _Reader:
    """Reads tokens with the documents' vocabulary."""

    def __init__(
        self, phrases: Phrases, names: Names, document_frequency: DocumentFrequency, beginning: TermsBeginning
    ) -> None:
        self._phrases = phrases
        self._names = names
        self._document_frequency = document_frequency
        self._beginning = beginning

    # --- What the documents know -------------------------------------------------------------------------------------

    def _is_known(self, syllable: str) -> bool:
        return (
            syllable in self._phrases.syllables
            or self._knows_plain(fold(syllable))
            or any(map(self._knows_plain, map(str.lower, self._names.others((syllable,)))))
        )

    def _knows_plain(self, plain: str) -> bool:
        return self._document_frequency(Field.FOLDED_SYLLABLES, plain) > 0

    def _together(self, before: Form, form: Form, after: Form) -> int:
        """How many passages know a form beside the syllable before it, and beside the one after it."""
        pairs = [(*before[-1:], form[0]), (form[-1], *after[:1])]
        return sum(
            self._document_frequency(Field.FOLDED_BIGRAMS, fold(JOINER.join(pair))) for pair in pairs if len(pair) == 2
        )

    # --- Keys --------------------------------------------------------------------------------------------------------

    def keys(self, tokens: Sequence[Token]) -> list[Token]:
        """Read Telex and VNI typed with the keyboard off.

        One key may be the last letter of a foreign word: it is read as one only beside a clear case, or where the
        documents know the syllable together with the one beside it.
        """
        decoded = [self._decoded(token) for token in tokens]
        found = [one for one in decoded if one]
        is_clear = any(one.is_clear for one in found) or sum(one.shaped for one in found) > 1
        read: list[Token] = []
        for place, (token, one) in enumerate(zip(tokens, decoded, strict=True)):
            if one:
                following = decoded[place + 1] if place + 1 < len(tokens) else None
                after = (following.syllable,) if following else _read_at(tokens, place + 1)
                if is_clear or self._together(_read_at(read, place - 1), (one.syllable,), after):
                    token = replace(token, read=(one.syllable,), is_told=True)  # noqa: PLW2901
            read.append(token)
        return read

    def _decoded(self, token: Token) -> keyboards.Decoded | None:
        typed = token.typed.lower()
        if self._is_known(typed) or is_plain_syllable(typed) or typed in READINGS:
            return None
        options = keyboards.decode(typed)

        def familiarity(one: keyboards.Decoded) -> tuple[bool, bool]:
            return self._document_frequency(Field.SYLLABLES, one.syllable) > 0, self._is_known(one.syllable)

        return max(options, key=familiarity, default=None)

    # --- Abbreviations -----------------------------------------------------------------------------------------------

    def shorthand(self, tokens: Sequence[Token], *, shouted: bool) -> list[Token]:
        """Write abbreviations out, unless the documents know them beside what they stand beside."""
        asked = sum(1 for place, token in enumerate(tokens) if self._asks(tokens, place))
        read = list(tokens)
        for place, token in enumerate(tokens):
            typed = token.read[0]
            if (
                token.is_changed
                or typed not in READINGS
                or (len(token.typed) == 1 and token.typed.isupper() and not shouted)
                or (typed in _LETTERS_THAT_CLOSE and not self._closes(read, place, asks=asked > 0))
            ):
                continue
            before, after = _read_at(read, place - 1), _read_at(read, place + 1)
            readings = self._by_likelihood(READINGS[typed], before, after, asks_already=asked > 0)
            if self._is_word_itself(typed, readings, before, after):
                continue
            chosen, *others = readings
            asked += chosen in self._phrases.asking
            content = [other for other in others if self._is_content(other)] if self._is_content(chosen) else []
            read[place] = replace(token, read=chosen, others=tuple(content), is_told=chosen != READINGS[typed][0])
        return read

    def _closes(self, tokens: Sequence[Token], place: int, *, asks: bool) -> bool:
        """Whether the letter at a place only closes a text that asks something: "ai nói z", "j v bạn"."""
        (meant,) = READINGS[tokens[place].read[0]]
        closing = (*meant, *(syllable for token in tokens[place + 1 :] for syllable in token.read))
        return closing in self._phrases.forms and (asks or _read_at(tokens, place - 1) == (_NOT,))

    def _is_word_itself(self, typed: str, readings: Sequence[Form], before: Form, after: Form) -> bool:
        """Whether the letters themselves are meant, which are counted, or which the documents speak of: "vitamin k"."""
        if typed in _MEASURES and before and (before[-1].isdigit() or fold(before[-1]) in _COUNTS):
            return True
        if not self._knows_plain(fold(typed)):
            return False
        return is_plain_syllable(typed) or any(
            own >= max(self._share_beside(left, reading, right) for reading in readings)
            for left, right in ((before, ()), ((), after))
            if (own := self._share_beside(left, (typed,), right))
        )

    def _share_beside(self, before: Form, form: Form, after: Form) -> float:
        """The share of a form's passages in which it stands beside something."""
        alone = self._document_frequency(Field.FOLDED_SYLLABLES, fold(form[0]))
        return self._together(before, form, after) / alone if alone else 0.0

    def _asks(self, tokens: Sequence[Token], place: int) -> bool:
        typed = [token.read[0] for token in tokens[place : place + self._phrases.longest] if token.read]
        return any(tuple(typed[:length]) in self._phrases.asking for length in range(1, len(typed) + 1))

    def _is_content(self, form: Form) -> bool:
        return form not in self._phrases.forms

    def _by_likelihood(
        self, readings: Sequence[Form], before: Form, after: Form, *, asks_already: bool
    ) -> Sequence[Form]:
        """The readings, the likeliest first: a question asks one thing, else as the documents speak."""

        def likelihood(reading: Form) -> tuple[bool, int]:
            asks = reading in self._phrases.asking
            return asks and not asks_already, 0 if asks else self._together(before, reading, after)

        return sorted(readings, key=likelihood, reverse=True)

    # --- Names -------------------------------------------------------------------------------------------------------

    def names(self, tokens: Sequence[Token]) -> list[Token]:
        """Write names in the form that the documents use most, where they do not know the one that was typed."""
        read = list(tokens)
        listed = [" ".join(token.read) for token in tokens]
        place = 0
        while place < len(tokens):
            length = self._names.longest_at(listed, place)
            typed = tuple(listed[place : place + length])
            is_word = length == 1 and is_plain_syllable(fold(typed[0]))  # "mỹ" may be another word than the name
            if length and not is_word and not self._frequency(typed):
                others = [tuple(syllables(other)) for other in self._names.others(typed)]
                form = max(others, key=self._frequency, default=())
                if form and self._frequency(form):
                    read[place] = replace(tokens[place], read=form)
                    for part in range(place + 1, place + length):
                        read[part] = replace(tokens[part], read=())
            place += length or 1
        return read

    def _frequency(self, form: Form) -> int:
        """How many passages hold a form, at the most."""
        field, terms = form_terms(form, Field.FOLDED_SYLLABLES)
        return min(self._document_frequency(field, term) for term in terms)

    # --- Slips -------------------------------------------------------------------------------------------------------

    def slips(self, tokens: Sequence[Token], *, marked: bool) -> list[Token]:
        """Mend what the documents do not know, where they know something near, beside what it stands beside.

        Args:
            tokens: What was typed.
            marked: Whether with diacritics: then what is mended has them too.
        """
        read = list(tokens)
        for place in self._doubtful(tokens):
            before, after = _read_at(read, place - 1), _read_at(read, place + 1)
            if mended := self._mended(read[place].read[0], before, after):
                if marked:
                    mended = self._marked(mended, before, after)
                read[place] = replace(read[place], read=mended, is_told=True)
            elif other := self._meant_instead(read[place].read[0], before, after):
                read[place] = replace(read[place], others=((other,),))
        return read

    def _meant_instead(self, typed: str, before: Form, after: Form) -> str | None:
        """What may have been meant where the documents know a syllable, but never beside what it stands beside.

        It makes a word there: "bác sĩ" for "bá sĩ". It is no more than an alternative, since the syllable may be meant.
        """
        plain = fold(typed)
        if typed in self._phrases.syllables or not self._knows_plain(plain) or self._together(before, (typed,), after):
            return None
        field = Field.FOLDED_WORDS if plain == typed else Field.WORDS
        options = [
            one
            for other in near(plain, self._knows_plain)
            if is_likely_slip(plain, other)
            for one in ((other,) if plain == typed else (other, *marked_spellings(other)))
        ]
        beside = {one: self._beside(field, one, before, after) for one in options}
        best = max(options, key=lambda one: beside[one], default="")
        return best if best and beside[best] else None

    def _marked(self, mended: Form, before: Form, after: Form) -> Form:
        restored = restore([*before[-1:], *mended, *after[:1]], self._document_frequency)
        start = len(before[-1:])
        return tuple(restored[start : start + len(mended)])

    def _doubtful(self, tokens: Sequence[Token]) -> list[int]:
        """The places of what may have been mistyped: neither an abbreviation nor part of a name that is listed."""
        listed = [" ".join(token.read) for token in tokens]
        named = {
            place
            for start in range(len(listed))
            for place in range(start, start + self._names.longest_at(listed, start))
        }
        return [
            place
            for place, token in enumerate(tokens)
            if len(token.read) == 1 and place not in named and (token.is_told or not token.is_changed)
        ]

    def _mended(self, typed: str, before: Form, after: Form) -> Form | None:
        plain = fold(typed)
        if typed in self._phrases.syllables:
            return None
        if plain != typed:
            return self._marked_mended(typed, before, after)
        if self._knows_plain(plain):
            return None
        near_ones = near(plain, self._is_known)
        options: list[Form] = [(other,) for other in near_ones if self._is_meant(plain, (other,), before, after)]
        options += [(plain[:cut], plain[cut:]) for cut in range(1, len(plain)) if self._are_together(plain, cut)]
        if options:
            return max(options, key=lambda option: self._together(before, option, after))
        name = near_name(plain, near_ones, self._beginning)
        return (name,) if name else None

    def _is_meant(self, plain: str, option: Form, before: Form, after: Form) -> bool:
        """Whether what stands beside something speaks for one option.

        Where it could be a syllable itself, with marks that the documents do not know, more must speak for another.
        """
        pairs = [pair for pair in ((*before[-1:], *option), (*option, *after[:1])) if len(pair) > 1]
        if any(tuple(map(fold, pair)) in self._phrases.forms for pair in pairs):
            return True
        if not is_plain_syllable(plain):
            return self._together(before, option, after) > 0
        return is_likely_slip(plain, option[0]) and (
            any(self._document_frequency(Field.FOLDED_WORDS, fold(JOINER.join(pair))) for pair in pairs)
            or (len(pairs) > 1 and all(self._together(pair[:1], pair[1:], ()) for pair in pairs))
        )

    def _are_together(self, plain: str, cut: int) -> bool:
        """Whether the documents know what a space that was left out parts."""
        first, last = plain[:cut], plain[cut:]
        return (
            is_plain_syllable(first)
            and is_plain_syllable(last)
            and self._document_frequency(Field.FOLDED_WORDS, JOINER.join((first, last))) > 0
        )

    def _marked_mended(self, typed: str, before: Form, after: Form) -> Form | None:
        """A syllable with other marks or letters, where the documents do not know it with these.

        Whoever sets every mark of a syllable means it, unless it makes a word with what stands beside it.
        """
        if self._document_frequency(Field.SYLLABLES, typed):
            return None
        plain, is_possible = fold(typed), is_syllable(typed)
        near_ones = near(plain, self._is_known)
        options = dict.fromkeys((plain, *marked_spellings(plain)), _SAME_LETTERS) | {
            one: 1
            for other in near_ones
            if not is_possible or is_likely_slip(plain, other)
            for one in (other, *marked_spellings(other))
        }
        field = Field.WORDS if is_possible else Field.BIGRAMS
        beside = {one: weight * self._beside(field, one, before, after) for one, weight in options.items()}
        best = max(options, key=lambda one: beside[one])
        if beside[best]:
            return (best,)
        if is_possible:
            return None
        name = plain if self._knows_plain(plain) else near_name(plain, near_ones, self._beginning)
        return (name,) if name else None

    def _beside(self, field: Field, syllable: str, before: Form, after: Form) -> int:
        """How many passages hold a syllable with the one before it, and with the one after it.

        What asks counts as common; courtesies do not: "độc" in "có độc không" is no slip for "được".
        """
        pairs = [*((one, syllable) for one in before[-1:]), *((syllable, one) for one in after[:1])]
        listed = list(map(JOINER.join, pairs))
        asking = self._phrases.asking_pairs
        return sum(self._document_frequency(field, one) + _COMMON * (one in asking) for one in listed)

    # --- Telling -----------------------------------------------------------------------------------------------------

    def told(self, text: str, tokens: Sequence[Token]) -> str:
        """The text as it was read, with diacritics if it was typed without any."""
        flat = [syllable for token in tokens for syllable in token.read]
        if has_diacritics(text):
            return _written(text, ((token, _like(token.typed, token.read)) for token in tokens))
        marked = iter(restore(flat, partial(self._phrases.frequency, self._document_frequency)))
        return _written(
            text, ((token, _like(token.typed, tuple(next(marked) for _ in token.read))) for token in tokens)
        )
