"""What came with a request: fields, which Telegram takes as text whatever the encoding, and files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server.errors import bad_request


@dataclass(frozen=True)
class Upload:
    """A file sent along."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Parameters:
    """The fields and files of one request; the flaw, if there is one, that kept it from being read."""

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    flaw: str = ""

    def text(self, name: str) -> str:
        return self.fields.get(name, "")

    def required(self, name: str) -> str:
        """A field that may not be missing or empty."""
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is not one counts as zero, as Telegram has it."""
        value = self.text(name).strip()
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str, complaint: str) -> Any:
        """A field holding JSON, None where it is missing."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {complaint}") from None


def string_field(item: dict[str, Any], name: str, *, required: bool = False) -> str:
    """A string in a JSON object, where Telegram takes numbers for strings too.

    Raises:
        ApiError: it is missing though required, or is something else.
    """
    value = item.get(name)
    if value is None:
        if required:
            raise bad_request(f'can\'t find field "{name}"')
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad_request(f'field "{name}" must be of type String')
    return str(value)


def object_field(item: dict[str, Any], name: str) -> dict[str, Any] | None:
    """An object in a JSON object, None where it is missing."""
    value = item.get(name)
    if value is not None and not isinstance(value, dict):
        raise bad_request(f'field "{name}" must be of type Object')
    return value
