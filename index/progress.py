"""What a progress bar shows of long work: how much is done, how fast it goes, and how long the rest will take."""

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text


class Rate(ProgressColumn):
    """How much is done in a second."""

    def render(self, task: Task) -> Text:
        """The rate of late, or nothing while it is not known."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f}/s" if speed else "", style="progress.data.speed")


def columns(*, of_bytes: bool) -> tuple[ProgressColumn, ...]:
    """From left to right, beginning with the description of what is done; of bytes, or of things that are counted."""
    done: tuple[ProgressColumn, ...] = (MofNCompleteColumn(), Rate())
    if of_bytes:
        done = (DownloadColumn(), TransferSpeedColumn())
    return (TextColumn("{task.description}"), BarColumn(), *done, TimeRemainingColumn(compact=True))
