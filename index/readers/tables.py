"""Rows of tables as lines that can be quoted alone."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

_MOST_NAME_WORDS = 8


def named_row(names: Sequence[str], cells: Sequence[str]) -> str:
    """A row on a line, every cell after the name of its column: ``Nước: Nga; Hạng: 5``."""
    named = zip_longest(names, cells, fillvalue="")
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


def rows_as_lines(rows: Sequence[Sequence[str]], *, has_names: bool | None = None) -> Iterator[str]:
    """A line for each row of cells.

    Args:
        rows: The rows, cells that are merged once.
        has_names: Whether the first row names the columns; ``None`` where the format does not say and it is found out.
    """
    if has_names is None:
        has_names = _names_columns(rows)
    names = rows[0] if has_names and len(rows) > 1 else []
    for cells in rows[1:] if names else rows:
        if line := named_row(names, cells):
            yield line


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row looks like names: short and different ones, as many as every row has cells."""
    first = rows[0] if rows else []
    return (
        len(rows) > 2
        and len(first) > 1
        and {len(row) for row in rows} == {len(first)}
        and len(set(first)) == len(first)
        and all(cell and not cell[0].isdigit() and cell.count(" ") < _MOST_NAME_WORDS for cell in first)
    )
