"""What the bot says about itself: command menus, name and descriptions, by language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.telegram_server.records import Json


@dataclass
class Profile:
    """Kept as set; a language without anything of its own falls back to the default one."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    _commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def set_commands(self, scope: Json, language_code: str, commands: list[Json]) -> None:
        """Set a menu; an empty one is none."""
        key = (json.dumps(scope, sort_keys=True), language_code)
        if commands:
            self._commands[key] = commands
        else:
            self._commands.pop(key, None)

    def commands(self, scope: Json | str = "default", language_code: str = "") -> list[Json]:
        """The menu of exactly this scope and language."""
        whole = {"type": scope} if isinstance(scope, str) else scope
        return self._commands.get((json.dumps(whole, sort_keys=True), language_code), [])
