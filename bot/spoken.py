"""Hears a summary asked for in words, without a slash: "tóm tắt giúp mình bài 1 với", with or without diacritics."""

import re

from index.vietnamese import fold

_ME = "(?:minh|mik|mk|toi|em|tui|tao|to|t|anh|chi|bon minh|chung minh)"
_FOR_ME = rf"(?:giup|cho|ho|dum|gium)(?: {_ME})?(?: (?:xem|biet))?"
_REQUEST = rf"(?:(?:ban|bot|ad|oi|hay|vui long|lam on|xin|nho|co the|{_FOR_ME}|{_ME}|muon|can),? )*+"
_MANNER = "(?:lai|nhanh|so qua|qua|(?:nhung |cac )?y chinh|noi dung(?: chinh)?)"
_CLOSING = "(?:voi|vs|nhe|nha|a|di|ik|nao|luon|ban oi|ban|v|z|duoc khong|duoc ko|dc k|dc ko|dc khong|khong)"
_ASKED = re.compile(
    rf"{_REQUEST}(?:tom tat|tom luoc)(?: {_MANNER})*+(?: {_FOR_ME})*+(?: {_MANNER})*+(?:(?: cua)? (?P<what>.+?))??"
    rf"(?: {_FOR_ME})?(?: {_CLOSING})*+[ .!?…]*+"
)
_OF_THE_WORD = re.compile("(?:la (?:gi|sao)|nghia la)\\b")
"""What follows the word itself in a question about it."""
_NOUN = "bản tóm tắt"


def summary_asked_for(text: str) -> str | None:
    """What follows ``/tomtat`` where a text asks for the same in words; ``None`` where it asks for something else."""
    typed = " ".join(text.split())
    asked = _ASKED.fullmatch(fold(typed).lower())
    if asked is None or _OF_THE_WORD.match(asked["what"] or "") or typed.lower().startswith(_NOUN):
        return None
    return typed[slice(*asked.span("what"))] if asked["what"] else ""
