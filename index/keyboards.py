"""Telex and VNI typed with the input method switched off: "ddaats hieems", "d9at61 hie6m1".

Both write a letter's shape and the syllable's tone as further keys, at the letter or anywhere after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.spelling import ACUTE, DOT, GRAVE, HOOK, TILDE, is_syllable, with_tone

_TELEX_TONES = {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT}
_VNI_TONES = {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_BREVE = {"a": "ă"}
_STROKE = {"d": "đ"}
_VNI_SHAPES = {"6": _CIRCUMFLEX, "7": _HORN, "8": _BREVE, "9": _STROKE}
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = 10
"""Characters in the longest syllable with all its keys ("nghieengs", "nghie6ng1")."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A syllable that was typed in keys.

    Attributes:
        syllable: It, in lower case.
        keys: How many keys wrote its marks.
        shaped: Whether one of them shaped a letter: a single tone key is also the last letter of many a foreign word.
    """

    syllable: str
    keys: int
    shaped: bool

    @property
    def is_clear(self) -> bool:
        """Whether hardly any foreign word looks like it."""
        return self.keys > 1


@dataclass(frozen=True, slots=True)
class _Typed:
    """What has been typed so far of a syllable."""

    letters: str = ""
    tone: str = ""
    keys: int = 0
    shaped: bool = False

    def add(self, letter: str) -> "_Typed":
        return _Typed(self.letters + letter, self.tone, self.keys, self.shaped)

    def toned(self, tone: str) -> "_Typed":
        return _Typed(self.letters, tone, self.keys + 1, self.shaped)

    def reshaped(self, letters: str) -> "_Typed":
        return _Typed(letters, self.tone, self.keys + 1, shaped=True)


@lru_cache(maxsize=4096)
def decode(typed: str) -> tuple[Decoded, ...]:
    """The Vietnamese syllables that keys may spell, the likeliest first; none where they are no such keys.

    Args:
        typed: Letters and digits in lower case.
    """
    if len(typed) > _LONGEST or not typed.isascii() or typed.isdigit():
        return ()
    read = _vni if any(map(str.isdigit, typed)) else _telex
    return tuple(
        Decoded(syllable, one.keys, one.shaped)
        for one in read(typed)
        if one.keys and is_syllable(syllable := with_tone(one.letters, one.tone))
    )


def _vni(typed: str) -> Iterator[_Typed]:
    """The readings of VNI keys, the likeliest first."""
    readings = [_Typed()]
    for key in typed:
        following: list[_Typed] = []
        for one in readings:
            if key.isalpha():
                following.append(one.add(key))
            elif key in _VNI_TONES and not one.tone and _VOWELS.intersection(one.letters):
                following.append(one.toned(_VNI_TONES[key]))
            elif key in _VNI_SHAPES:
                following += map(one.reshaped, _shapes(one.letters, _VNI_SHAPES[key]))
        readings = following
    yield from readings


def _telex(typed: str) -> Iterator[_Typed]:
    """The readings of Telex keys, the likeliest first."""
    readings = [_Typed()]
    for key in typed:
        following: list[_Typed] = []
        for one in readings:
            last = one.letters[-1:]
            if key == last and key in _CIRCUMFLEX:
                following.append(one.reshaped(one.letters[:-1] + _CIRCUMFLEX[key]))
            elif key == "d" and last == "d":
                following.append(one.reshaped(one.letters[:-1] + "đ"))
            elif key == "w":
                following += map(one.reshaped, _shapes(one.letters, _HORN | _BREVE) or [one.letters + "ư"])
            elif key in _TELEX_TONES and not one.tone and _VOWELS.intersection(one.letters):
                following.append(one.toned(_TELEX_TONES[key]))
            else:
                following.append(one.add(key))
        readings = following
    yield from readings
    if "wu" in typed:  # the two keys of "ư" in the wrong order
        yield from _telex(typed.replace("wu", "uw"))


def _shapes(letters: str, shapes: dict[str, str]) -> list[str]:
    """The letters with the last one shaped that a key may shape; both of "uo", or one."""
    place = next((place for place in range(len(letters) - 1, -1, -1) if letters[place] in shapes), None)
    if place is None:
        return []
    shaped = [letters[:place] + shapes[letters[place]] + letters[place + 1 :]]
    if letters[max(0, place - 1) : place + 1] == "uo" and shapes.get("u"):
        shaped.insert(0, letters[: place - 1] + "ươ" + letters[place + 1 :])
    return shaped
