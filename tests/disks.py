"""A disk of a few megabytes that can be filled: what a full one does to a program is best found out by one."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int = 8) -> Iterator[None]:
    """While a folder is a disk of its own. A test is skipped where the system does not let one be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = shutil.which("mount")
    mounted = mount and subprocess.run(  # noqa: S603
        [mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607


@contextlib.contextmanager
def filled(folder: Path, but: int = 0) -> Iterator[None]:
    """While there is no room on the disk that a folder is on, but some bytes."""
    status = os.statvfs(folder)
    filler = folder / "filler"
    try:
        with filler.open("wb") as file:
            file.write(bytes(max(0, status.f_bavail * status.f_frsize - but)))
        yield
    finally:
        filler.unlink()
