"""What others wrote does nothing in a message: it is read as it stands, and cannot be tapped.

Telegram looks for commands, mentions, hashtags, cashtags and addresses in every text that is sent, and makes them work:
a mention tells whom it names, a command is sent by whoever taps it. An invisible U+2060 WORD JOINER, where one of them
would go on, keeps it from being found. What is found is published: tdlib, ``td/telegram/MessageEntity.cpp``. Where it is
not clear whether something is found, it counts as found. In an address, browsers leave the character out again (UTS 46).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tld import is_tld

WORD_JOINER = "\u2060"

_LATIN = "0-9A-Za-z_À-ÖØ-öø-ɏḀ-ỿ"
"""Characters of words that any version of Unicode has as such: before or after one of them much is not looked for."""
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_FOUND = re.compile(
    "|".join(
        [
            rf"(?<![{_LATIN}/<>])/(?=[0-9A-Za-z_]{{1,64}}+(?![{_LATIN}/<>]))",  # a command, as /xoa
            rf"(?<![{_LATIN}])@(?=[0-9A-Za-z_]{{2,32}}+(?![{_LATIN}]))",  # a mention
            r"@(?=[0-9A-Za-z][0-9A-Za-z_.-]*\.[A-Za-z]{2})",  # an e-mail address
            rf"(?<![{_LATIN}])#(?=[\d_·\u200c]*[^\W\d_])",  # a hashtag: at least one letter is in it
            rf"(?<![{_LATIN}$])\$(?=(?:1INCH|[A-Z]{{1,8}}+)(?![{_LATIN}$]))",  # a cashtag, as $TON
            r"://(?=[^\s/])",  # an address with a scheme
            rf"(?<![0-9])(?:{_OCTET}\.){{3}}(?={_OCTET}(?![{_LATIN}]))",  # an IPv4 address
            rf"(?<=[-~{_LATIN}\u00a1-\U0010ffff])\.(?=(?P<label>(?i:xn--)|[^\W\d_]+(?![-0-9_])))",  # a domain, by what ends it
        ]
    )
)
_OF_LATIN = re.compile(f"[{_LATIN}]")


def breaks(text: str) -> Iterator[int]:
    """The places in a text, in order, before which it must be broken so that Telegram finds nothing in it."""
    for found in _FOUND.finditer(text):
        label = found["label"]
        if label is None or _may_end_a_domain(label.lower()):
            yield found.end()


@lru_cache(maxsize=4096)
def _may_end_a_domain(label: str) -> bool:
    """Whether there are domains that end so. In scripts other than Latin, of which few are quoted, any may."""
    return label == "xn--" or not _OF_LATIN.match(label) or bool(is_tld(label))
