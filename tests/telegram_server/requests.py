"""The log: every request the bot made, in order, and how it ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.telegram_server.errors import ApiError
    from tests.telegram_server.parameters import Parameters


@dataclass(eq=False)
class Request:
    """One request. `provoked` when a test had it fail; `result` and `error` are None while it is under way."""

    number: int
    method: str
    parameters: Parameters
    result: Any = None
    error: ApiError | None = None
    provoked: bool = False
    carried_out: bool = False

    def __getitem__(self, name: str) -> str:
        return self.parameters.fields[name]

    def get(self, name: str) -> str:
        """A field as it came, empty where it is missing."""
        return self.parameters.text(name)

    def json(self, name: str) -> Any:
        """A field holding JSON."""
        return json.loads(self.parameters.fields[name])

    @property
    def chat_id(self) -> int | None:
        value = self.get("chat_id")
        return int(value) if value.lstrip("-").isdigit() else None

    @property
    def refused_for_a_mistake(self) -> bool:
        return self.error is not None and not self.provoked and not self.error.excused

    def __str__(self) -> str:
        outcome = f" -> {self.error}" if self.error else ""
        return f"{self.number}. {self.method} {self.parameters.fields}{outcome}"
