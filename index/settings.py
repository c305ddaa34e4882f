"""Where documents and names are read from and where what is made of them is kept: from the environment and ``.env``."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

ENV_FILE = Path(".env")

Values = Mapping[str, str]
"""Settings as they were written, by their names; one left empty is not there."""


class WrongFolder(Exception):
    """A setting names something that is not a folder.

    Attributes:
        variable: The setting.
        path: What it names.
    """

    def __init__(self, variable: str, path: Path) -> None:
        super().__init__(f"{variable}={path}: it must name a folder{'' if path.exists() else ' that exists'}")
        self.variable = variable
        self.path = path


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders that a collection lives by.

    Attributes:
        documents: The documents that are answered from (``DOCUMENTS_DIR``).
        data: Everything that is written (``DATA_DIR``); made when it is missing.
        names: Files of names in their forms beside the project's own (``NAMES_FILE``); none or one.
    """

    documents: Path = Path("seeds")
    data: Path = Path("data")
    names: tuple[Path, ...] = ()

    @property
    def collection(self) -> Path:
        """The folder of the collection."""
        return self.data / "collection"


def read_values(env_file: Path = ENV_FILE) -> Values:
    """What is set in the environment and, where it says nothing, in a file of ``NAME=value`` lines.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not UTF-8 text.
    """
    written = {**dotenv_values(env_file), **os.environ}
    return {name: value.strip() for name, value in written.items() if value and value.strip()}


def read_folders(values: Values) -> Folders:
    """The folders that are set.

    Raises:
        WrongFolder: a value does not name a folder, or one of documents that does not exist.
    """
    folders = Folders(
        documents=_folder(values, "DOCUMENTS_DIR", Folders().documents),
        data=_folder(values, "DATA_DIR", Folders().data),
        names=tuple(Path(path).expanduser() for path in [values.get("NAMES_FILE")] if path),
    )
    if not folders.documents.exists():
        raise WrongFolder("DOCUMENTS_DIR", folders.documents)
    return folders


def _folder(values: Values, variable: str, default: Path) -> Path:
    path = Path(values.get(variable, default)).expanduser()
    if path.exists() and not path.is_dir():
        raise WrongFolder(variable, path)
    return path
