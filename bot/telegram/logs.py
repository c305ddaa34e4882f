"""What is written to the log, and what never is: the token."""

import logging
import sys

_REDACTED = "<token>"
_LINE_END = " ⏎ "
"""What stands for the end of a line within an event."""


def without_token(text: str, token: str) -> str:
    """A text in which the token does not stand, whole or without the bot's number before it."""
    return text.replace(token, _REDACTED).replace(token.partition(":")[2], _REDACTED)


class _Redacting(logging.Formatter):
    """Writes lines without the token, whoever put it there: in addresses it stands in full."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line, a traceback included: what is one event can be found, counted and cut as one."""
        return _LINE_END.join(without_token(super().format(record), self._token).splitlines())


def open_log(token: str) -> None:
    """Write the bot's log on the standard error output, and of the libraries' what is worth a look."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(token))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.raiseExceptions = False  # What cannot be written would be shown with all that was to stand in it.
    logging.getLogger("bot").setLevel(logging.INFO)
    # The library logs each failure to reach Telegram with its traceback; the bot says the same in a line of its own.
    logging.getLogger("telegram.ext").setLevel(logging.CRITICAL)
    logging.getLogger("telegram.ext.Application").setLevel(logging.WARNING)
