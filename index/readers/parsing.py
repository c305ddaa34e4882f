"""The process that parses: ``python -m index.readers.parsing``, started and fed by ``index.readers.confined``.

It limits itself before it reads the first file. Only what a format needs is imported, when it is first needed.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import IO

from index.readers.confined import LENGTH
from index.readers.errors import Reason, Unreadable
from index.readers.lines import MOST_LINES
from index.readers.parts import Part, encoded

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_FILES = 200
"""Files after which a process gives way to a new one: what a library lost of its memory is given back."""


def main(processor_seconds: int, memory: int, characters: int, idle_seconds: int) -> None:
    """Parse the files that come in, until none does."""
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints shall not spoil the answers
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(ValueError, OSError):  # macOS knows this limit and refuses to set it
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for _ in range(_FILES):
        _alarm(idle_seconds)
        module = _message(source)
        if module is None:
            return
        _alarm(0)
        data = _message(source)
        if data is None:
            return
        _allow(processor_seconds)
        answer, is_well = _answer(module.decode(), data, characters)
        answers.write(LENGTH.pack(len(answer)))
        answers.write(answer)
        answers.flush()
        if not is_well:
            return


def _message(source: IO[bytes]) -> bytes | None:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _allow(seconds: int) -> None:
    """So many more seconds of the processor's time."""
    if resource:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _answer(module: str, data: bytes, characters: int) -> tuple[bytes, bool]:
    """The answer to a file, and whether the process is fit for another."""
    try:
        parse: Callable[[bytes], Iterable[Part]] = import_module(module).parse
        return b"+" + encoded(_within(parse(data), characters)), True
    except Unreadable as error:
        return _refusal(error.reason, error.detail), True
    except MemoryError:
        return _refusal(Reason.COSTLY, "more memory than a file may take"), False
    except RecursionError:
        return _refusal(Reason.BROKEN, "nested too deeply"), False
    except Exception as error:  # noqa: BLE001  # libraries raise anything over files made to break them
        return _refusal(Reason.BROKEN, f"{type(error).__name__}: {error}"[:200]), True


def _refusal(reason: Reason, detail: str) -> bytes:
    return f"-{reason} {' '.join(detail.split())}".encode(errors="replace")


def _within(parts: Iterable[Part], characters: int) -> list[Part]:
    """The parts.

    Raises:
        Unreadable: They are longer than that, or have more lines than a document may (``too_large``).
    """
    kept = []
    total = lines = 0
    for part in parts:
        total += part.size
        lines += len(part.lines)
        if total > characters:
            raise Unreadable(Reason.TOO_LARGE, f"more than {characters:,} characters of text")
        if lines > MOST_LINES:
            raise Unreadable(Reason.TOO_LARGE, f"more than {MOST_LINES:,} lines")
        kept.append(part)
    return kept


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
