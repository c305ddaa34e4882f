"""Refusals, worded as Telegram words them."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A request refused. `excused` says that people in the world brought it about, not a mistake of the bot's."""

    def __init__(
        self, code: int, description: str, *, parameters: dict[str, Any] | None = None, excused: bool = False
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters
        self.excused = excused

    def json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str, *, parameters: dict[str, Any] | None = None, excused: bool = False) -> ApiError:
    """400, by default a mistake of the bot's."""
    return ApiError(400, f"Bad Request: {reason}", parameters=parameters, excused=excused)


def forbidden(reason: str) -> ApiError:
    """403: a person or a chat shut the bot out, which it cannot know beforehand."""
    return ApiError(403, f"Forbidden: {reason}", excused=True)


def conflict(reason: str) -> ApiError:
    """409: two receivers of updates at once."""
    return ApiError(409, f"Conflict: {reason}")


def not_covered(what: str) -> ApiError:
    """501: Telegram knows this, this server does not; never to be mistaken for a refusal of Telegram's."""
    return ApiError(501, f"Not Implemented: the test server does not cover {what}")
