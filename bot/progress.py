"""A progress bar on the standard error output, for what takes a while before or beside the conversation."""

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ProgressBar:
    """A progress bar that appears when there is progress to show, and leaves nothing behind."""

    def __init__(self, label: str, *, of_bytes: bool = False) -> None:
        self._label = label
        self._of_bytes = of_bytes
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def show(self, done: int, total: int) -> None:
        """Show that so much of it all is done; where nobody looks at a terminal, nothing."""
        if not sys.stderr.isatty():
            return
        if self._bar is None or self._task is None:
            from rich.console import Console  # noqa: PLC0415  # Mostly there is nothing to show, and the prompt is awaited.
            from rich.progress import Progress  # noqa: PLC0415

            from index.progress import columns  # noqa: PLC0415

            self._bar = Progress(*columns(of_bytes=self._of_bytes), console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._label, total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()
