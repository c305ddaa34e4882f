"""Every sentence the bot says: one catalogue a language, all of one shape."""

from collections.abc import Mapping

from bot.texts.catalogue import Language, Texts
from bot.texts.en import ENGLISH
from bot.texts.vi import VIETNAMESE

__all__ = ["TEXTS", "Language", "Texts"]

TEXTS: Mapping[Language, Texts] = {Language.VI: VIETNAMESE, Language.EN: ENGLISH}
