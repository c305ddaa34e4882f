"""Vietnamese words by underthesea's model, found in about 0.6 of the time that its own ``word_tokenize`` takes.

Indexing spends nearly all its time on words, and word_tokenize most of its own on writing out, for each token, the 43
strings that its conditional random field is given. Here they are put together from what is kept of each token. The tokens,
the model and therefore the words are underthesea's own.
"""

import pickle
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from underthesea.pipeline.text_normalize import token_normalize
from underthesea.pipeline.text_normalize.character_normalize import normalize_characters_in_text
from underthesea.pipeline.word_tokenize import regex_tokenize

_MODEL = Path(regex_tokenize.__file__).parent / "models" / "ws_crf_vlsp2013_20230727"

_KEPT_TOKENS = 8_192
"""Tokens whose strings are kept, about 2 kB each: news has hardly more kinds of them than that."""

_INSIDE = "I-W"
"""Tags a token that goes on with the word before it."""

Strings = tuple[str, ...]

_SINGLE = tuple(
    tuple(f"T[{offset}]{function}" for function in functions)
    for offset, functions in (
        (-2, ("", ".lower", ".istitle", ".is_in_dict")),
        (-1, ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")),
        (0, ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")),
        (1, ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")),
        (2, ("", ".lower", ".istitle", ".is_in_dict")),
    )
)
"""The templates of one token, for each place that it may have from where one stands: two before it to two after it."""

_PAIR = (
    ("T[-2,-1]", "T[-2,-1].lower", "T[-2,-1].is_in_dict"),
    ("T[-1,0]", "T[-1,0].lower", "T[-1,0].is_in_dict"),
    ("T[0,1]", "T[0,1].lower", "T[0,1].istitle", "T[0,1].is_in_dict"),
    ("T[1,2]", "T[1,2].lower", "T[1,2].is_in_dict"),
)
"""Those of two neighbours."""

_TRIPLE = (
    ("T[-2,0]", "T[-2,0].is_in_dict"),
    ("T[-1,1]", "T[-1,1].is_in_dict"),
    ("T[0,2]", "T[0,2].istitle", "T[0,2].is_in_dict"),
)
"""Those of three."""

Known = tuple[str, bool, tuple[Strings, ...]]
"""A token in lower case, whether it begins with a capital, and its strings for each place."""


def segmented(text: str) -> list[str]:
    """The words of a text, as ``underthesea.word_tokenize`` gives them: syllables joined by spaces."""
    tokens = _tokens(text)
    if not tokens:
        return []
    words: list[str] = []
    tag, dictionary = _model()
    for token, label in zip(tokens, tag(_features(tokens, dictionary)), strict=True):
        if label == _INSIDE and words:
            words[-1] += f" {token}"
        else:
            words.append(token)
    return words


@lru_cache(maxsize=1)
def _model() -> tuple[Callable[[list[list[str]]], list[str]], frozenset[str]]:
    """What tags tokens by their strings, and the words of underthesea's dictionary."""
    from underthesea_core import CRFTagger  # noqa: PLC0415  # What only lists documents need not wait for it.

    tagger = CRFTagger()
    tagger.load(str(_MODEL / "models.bin"))
    with (_MODEL / "dictionary.bin").open("rb") as file:  # it comes with the package
        return tagger.tag, frozenset(pickle.load(file))  # noqa: S301


_normalized = lru_cache(maxsize=_KEPT_TOKENS)(token_normalize)


def _tokens(text: str) -> list[str]:
    """The tokens that are put together to words: syllables, numbers, abbreviations, marks."""
    found = regex_tokenize.patterns.finditer(normalize_characters_in_text(text))
    return [_normalized(match.group()) for match in found]


def _features(tokens: Sequence[str], dictionary: frozenset[str]) -> list[list[str]]:
    """The strings of each token: what stands around it, and whether that is a word, a number, a name."""
    known = [_single(token) for token in tokens]
    single = [_BEGIN_1, _BEGIN_1, *(strings for _, _, strings in known), _END_1, _END_1]
    pair = [_BEGIN_2, _BEGIN_2, *_pairs(tokens, known, dictionary), _END_2, _END_2]
    triple = [_BEGIN_3, _BEGIN_3, *_triples(tokens, known, dictionary), _END_3, _END_3]
    return [
        [
            *single[place][0],
            *single[place + 1][1],
            *single[place + 2][2],
            *single[place + 3][3],
            *single[place + 4][4],
            *pair[place][0],
            *pair[place + 1][1],
            *pair[place + 2][2],
            *pair[place + 3][3],
            *triple[place][0],
            *triple[place + 1][1],
            *triple[place + 2][2],
        ]
        for place in range(len(tokens))
    ]


@lru_cache(maxsize=_KEPT_TOKENS)
def _single(token: str) -> Known:
    lower, is_title = token.lower(), _is_title(token)
    _, dictionary = _model()
    values = {
        "": token,
        "lower": lower,
        "isdigit": _is_integer(token),
        "istitle": is_title,
        "is_in_dict": lower in dictionary,
    }
    strings = tuple(tuple(f"{name}={values[name.partition('.')[2]]}" for name in names) for names in _SINGLE)
    return lower, is_title, strings


def _is_title(token: str) -> bool:
    return token[0] == token[0].upper()


def _is_integer(token: str) -> bool:
    """Whether it is a number of 32 bits as Rust reads one."""
    digits = token[1:] if token[0] in "+-" else token
    return digits.isascii() and digits.isdigit() and -(2**31) <= int(token) < 2**31


def _pairs(tokens: Sequence[str], known: Sequence[Known], dictionary: frozenset[str]) -> list[tuple[Strings, ...]]:
    found: list[tuple[Strings, ...]] = []
    for (first, (first_lower, first_title, _)), (last, (last_lower, last_title, _)) in pairwise(
        zip(tokens, known, strict=True)
    ):
        text, lower = f"{first} {last}", f"{first_lower} {last_lower}"
        is_word = lower in dictionary
        found.append(
            (
                (f"T[-2,-1]={text}", f"T[-2,-1].lower={lower}", f"T[-2,-1].is_in_dict={is_word}"),
                (f"T[-1,0]={text}", f"T[-1,0].lower={lower}", f"T[-1,0].is_in_dict={is_word}"),
                (
                    f"T[0,1]={text}",
                    f"T[0,1].lower={lower}",
                    f"T[0,1].istitle={first_title and last_title}",
                    f"T[0,1].is_in_dict={is_word}",
                ),
                (f"T[1,2]={text}", f"T[1,2].lower={lower}", f"T[1,2].is_in_dict={is_word}"),
            )
        )
    return found


def _triples(tokens: Sequence[str], known: Sequence[Known], dictionary: frozenset[str]) -> list[tuple[Strings, ...]]:
    found: list[tuple[Strings, ...]] = []
    for place in range(len(tokens) - 2):
        text = " ".join(tokens[place : place + 3])
        three = known[place : place + 3]
        is_word = " ".join([lower for lower, _, _ in three]) in dictionary
        is_title = three[0][1] and three[1][1] and three[2][1]
        found.append(
            (
                (f"T[-2,0]={text}", f"T[-2,0].is_in_dict={is_word}"),
                (f"T[-1,1]={text}", f"T[-1,1].is_in_dict={is_word}"),
                (f"T[0,2]={text}", f"T[0,2].istitle={is_title}", f"T[0,2].is_in_dict={is_word}"),
            )
        )
    return found


def _edge(templates: tuple[Strings, ...], word: str) -> tuple[Strings, ...]:
    """The strings of what would stand before the first token, or after the last."""
    return tuple(tuple(f"{name}={word}" for name in names) for names in templates)


_BEGIN_1, _BEGIN_2, _BEGIN_3 = (_edge(templates, "BOS") for templates in (_SINGLE, _PAIR, _TRIPLE))
_END_1, _END_2, _END_3 = (_edge(templates, "EOS") for templates in (_SINGLE, _PAIR, _TRIPLE))
