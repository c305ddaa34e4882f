"""Where documents are read from and where what is made of them is kept: from the environment and ``.env``."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

ENV_FILE = Path(".env")


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
    """

    documents: Path = Path("seeds")
    data: Path = Path("data")

    @property
    def collection(self) -> Path:
        """The folder of the collection."""
        return self.data / "collection"


def read_folders(env: Env) -> Folders:
    """The folders set in an environment; a value left empty counts as not set.

    Raises:
        WrongFolder: a value does not name a folder, or one of documents that does not exist.
    """
    folders = Folders(
        documents=_folder(env, "DOCUMENTS_DIR", Folders().documents),
        data=_folder(env, "DATA_DIR", Folders().data),
    )
    if not folders.documents.exists():
        raise WrongFolder("DOCUMENTS_DIR", folders.documents)
    return folders


def _folder(env: Env, variable: str, default: Path) -> Path:
    path = Path((env.str(variable, "") or "").strip() or default).expanduser()
    if path.exists() and not path.is_dir():
        raise WrongFolder(variable, path)
    return path
