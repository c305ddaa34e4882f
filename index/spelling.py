"""How a Vietnamese syllable is spelled: onset, rime and tone, and the marked spellings that a plain one may stand for."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from index.vietnamese import fold, syllables

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch "
    "êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao "
    "oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp "
    "ơt u ua uc ui um un ung uôc uôi uôm uôn uông uôt up ut uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uyn "
    "uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu".split()
)
_AFTER_QU = frozenset("y yên yêt yt ynh ych yp".split())
"""What follows "qu" besides the rimes that stand after any onset."""
_FRONT = frozenset("eêiy")
"""The vowels before which "c", "g", "ng" are written "k", "gh", "ngh"."""
_ONLY_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_NEVER_BEFORE_FRONT = frozenset({"c", "g", "ng"})
_STOPS = ("c", "ch", "p", "t")

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
TONES = ("", ACUTE, GRAVE, HOOK, TILDE, DOT)
"""The tones as combining marks; the level one has none."""
_TONES_OF_STOPS = frozenset({ACUTE, DOT})
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED_VOWELS = frozenset("ăâêôơư")
_SHAPES = {"d": "dđ", "a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư"}
_CLUSTER = re.compile(r"(?:qu(?=[aăâeêioôơuưy])|gi(?=[aăâeêioôơuưy]))?[^aăâeêioôơuưy]*([aăâeêioôơuưy]+)(.*)")


def split_tone(syllable: str) -> tuple[str, str]:
    """A lower-case syllable without its tone, and the tone as one of ``TONES``."""
    letters = unicodedata.normalize("NFD", syllable)
    tone = next((mark for mark in letters if mark and mark in TONES[1:]), "")
    return unicodedata.normalize("NFC", letters.replace(tone, "")) if tone else syllable, tone


def with_tone(letters: str, tone: str) -> str:
    """Lower-case letters without a tone given one, where it is written; unchanged if they have no vowel."""
    if not tone or (cluster := _CLUSTER.match(letters)) is None:
        return letters
    start, vowels, final = cluster.start(1), cluster.group(1), cluster.group(2)
    marked = [place for place, letter in enumerate(vowels) if letter in _MARKED_VOWELS]
    if marked:
        place = marked[-1]
    elif len(vowels) == 1:
        place = 0
    else:
        place = 1 if final or len(vowels) > 2 else 0
    place += start
    toned = unicodedata.normalize("NFC", letters[: place + 1] + tone) + letters[place + 1 :]
    return syllables(toned)[0]


@lru_cache(maxsize=16384)
def is_syllable(text: str) -> bool:
    """Whether lower-case NFC letters spell a syllable that Vietnamese could have."""
    letters, tone = split_tone(text)
    return any(
        _fit(letters[:cut], letters[cut:]) and (tone in _TONES_OF_STOPS or not letters.endswith(_STOPS))
        for cut in range(min(4, len(letters)))
    )


def _fit(onset: str, rime: str) -> bool:
    if onset == "":
        return rime in _RIMES
    if onset not in _ONSETS or rime.startswith("yê"):
        return onset == "qu" and rime in _AFTER_QU
    front = rime[:1] in _FRONT
    if front and onset in _NEVER_BEFORE_FRONT and not (onset == "g" and rime[0] == "i"):  # "gì"
        return False
    if not front and onset in _ONLY_BEFORE_FRONT:
        return False
    return rime in _RIMES or (onset == "qu" and rime in _AFTER_QU)


_PLAIN = frozenset(
    fold(onset + rime) for onset in ("", *_ONSETS) for rime in (*_RIMES, *_AFTER_QU) if _fit(onset, rime)
)


def is_plain_syllable(text: str) -> bool:
    """Whether lower-case letters without diacritics could be a Vietnamese syllable that has lost its own."""
    return text in _PLAIN


@lru_cache(maxsize=4096)
def marked_spellings(plain: str) -> Sequence[str]:
    """Every Vietnamese syllable that looks like ``plain`` (lower case, no diacritics) when it loses its marks."""
    return tuple(dict.fromkeys(_marked_spellings(plain)))


def _marked_spellings(plain: str) -> Iterator[str]:
    if plain not in _PLAIN:
        return
    for shapes in product(*(_SHAPES.get(letter, letter) for letter in plain)):
        letters = "".join(shapes)
        for tone in TONES:
            if is_syllable(toned := with_tone(letters, tone)):
                yield toned
