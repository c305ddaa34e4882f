"""Parsing where it can do no harm: in processes of their own, with limits on time, memory and what they may give back.

Parsers of Markdown, HTML, PDF, Word and XML can be made to burn time and memory, or to crash. A process that does so costs
its file alone: it is ended, and the next file gets a new one. One that behaves is used again, since starting it takes longer
than parsing most files.
"""

import atexit
import os
import signal
import struct
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Timer
from typing import IO

from index.readers.errors import Reason, Unreadable
from index.readers.parts import Part, decoded

_GRACE = 5.0
"""Seconds in which a process that is ending may do so by itself, so that its exit code tells why."""
LENGTH = struct.Struct(">Q")
"""How the length of a message stands before it, both ways."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What parsing one file may cost.

    Attributes:
        seconds: Seconds until a process is ended that has not answered.
        processor_seconds: Seconds of the processor's time, where the system counts them.
        memory: Bytes of address space of a process, where the system limits them.
        characters: Characters of text in a file.
        idle_seconds: Seconds after which a process that waits for a file ends itself, where the system has an alarm.
    """

    seconds: int = 90
    processor_seconds: int = 45
    memory: int = 1_500_000_000
    characters: int = 20_000_000
    idle_seconds: int = 60

    @property
    def longest_answer(self) -> int:
        """Bytes of an answer that keeps to the limit of characters, JSON around them included."""
        return 8 * self.characters + 1_000_000


class _Ended(Exception):
    """A process ended before it answered."""


class Parsers:
    """Processes that parse files, one file at a time each; as many as there are files parsed at once.

    It may be shared by threads.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._idle: deque[_Process] = deque()
        self._lock = Lock()
        atexit.register(self.close)

    def parse(self, module: str, data: bytes) -> tuple[Part, ...]:
        """What ``module.parse(data)`` gives, where it is a module of ``index.readers`` that parses a format.

        Raises:
            Unreadable: What it raised; ``costly`` where a limit was reached; ``broken`` where parsing crashed.
        """
        process = self._take()
        answer = self._answer(process, module, data)
        if answer is None and process.ended_waiting:  # just as it was given this file
            process = _Process(self._limits)
            answer = self._answer(process, module, data)
        if answer is None:
            raise self._cause(process)
        self._give_back(process)
        return _understood(answer)

    def _answer(self, process: "_Process", module: str, data: bytes) -> bytes | None:
        """What a process answers, or ``None`` where it ended instead."""
        try:
            return process.ask(module, data)
        except _Ended:
            process.end(grace=_GRACE)
            return None
        except BaseException:
            process.end()
            raise

    def close(self) -> None:
        """End the processes that wait; a later file starts one anew."""
        with self._lock:
            waiting = list(self._idle)
            self._idle.clear()
        for process in waiting:
            process.end()

    def _take(self) -> "_Process":
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_alive:
                    return process
                process.end()
        return _Process(self._limits)

    def _give_back(self, process: "_Process") -> None:
        with self._lock:
            self._idle.append(process)

    def _cause(self, process: "_Process") -> Unreadable:
        if process.was_late:
            return Unreadable(Reason.COSTLY, f"more than {self._limits.seconds} seconds")
        if process.said_too_much:
            return Unreadable(Reason.TOO_LARGE, f"more than {self._limits.characters:,} characters of text")
        code = -(process.exit_code or 0)
        if code == getattr(signal, "SIGXCPU", None):
            return Unreadable(Reason.COSTLY, f"more than {self._limits.processor_seconds} seconds of the processor")
        if code == getattr(signal, "SIGKILL", None):
            return Unreadable(Reason.COSTLY, "ended by the system")
        return Unreadable(Reason.BROKEN, "its parser crashed or ran out of memory")


def _understood(answer: bytes) -> tuple[Part, ...]:
    """The parts in an answer: ``+`` and their JSON, or ``-``, a reason, a space and the detail."""
    content = answer[1:]
    try:
        if answer.startswith(b"+"):
            return decoded(content)
        reason, _, detail = content.decode().partition(" ")
        error = Unreadable(Reason(reason), detail)
    except ValueError:
        error = Unreadable(Reason.BROKEN, "its parser was confused")
    raise error


class _Process:
    """A process that parses, running ``index.readers.parsing``."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        arguments = (limits.processor_seconds, limits.memory, limits.characters, limits.idle_seconds)
        self._process = subprocess.Popen(  # noqa: S603  # the interpreter itself, with numbers
            [sys.executable, "-P", "-m", "index.readers.parsing", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path)},
            start_new_session=True,  # Ctrl-C is for who asked
        )
        self._late = Event()
        self._was_used = False
        self.said_too_much = False

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def was_late(self) -> bool:
        return self._late.is_set()

    @property
    def exit_code(self) -> int | None:
        return self._process.returncode

    @property
    def ended_waiting(self) -> bool:
        """Whether it ended as one does that has waited too long or parsed its share of files."""
        return self._was_used and self.exit_code in {0, -getattr(signal, "SIGALRM", 0)}

    def ask(self, module: str, data: bytes) -> bytes:
        """The answer to a file.

        Raises:
            _Ended: None came, in time and within its length.
        """
        timer = Timer(self._limits.seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange(module, data)
        except OSError as error:  # the pipe broke
            raise _Ended from error
        finally:
            timer.cancel()
        if self._late.is_set():
            raise _Ended
        self._was_used = True
        return answer

    def _exchange(self, module: str, data: bytes) -> bytes:
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise _Ended
        for message in (module.encode(), data):
            to.write(LENGTH.pack(len(message)))
            to.write(message)
        to.flush()
        (length,) = LENGTH.unpack(_exactly(back, LENGTH.size))
        if length > self._limits.longest_answer:
            self.said_too_much = True
            raise _Ended
        return _exactly(back, length)

    def _stop(self) -> None:
        self._late.set()
        self._process.kill()

    def end(self, grace: float = 0.0) -> None:
        """End it and forget it, at once or when it has not done so itself in some seconds; its exit code stays known."""
        if not grace:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was left to say finds no listener
                    pipe.close()
        try:
            self._process.wait(grace or None)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """So many bytes of a stream.

    Raises:
        _Ended: It ended before.
    """
    data = stream.read(size)
    if len(data) < size:
        raise _Ended
    return data
