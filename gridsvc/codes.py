"""Many codes in little memory: one string for all, found again by halving."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt


class Codes:
    """n codes by row. A string object would cost four times what its letters do."""

    def __init__(self, letters: npt.NDArray[np.bytes_]) -> None:
        """`letters` are the codes in UTF-8, shape (n,)."""
        self._letters = letters
        self._order = np.argsort(self._letters, kind="stable")

    def __len__(self) -> int:
        return len(self._letters)

    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> str:
        return bytes(self._letters[row]).decode()

    @property
    def ascending(self) -> npt.NDArray[np.int64]:
        """The rows in the order of their codes, byte by byte."""
        return self._order

    def row(self, code: str) -> int:
        """Row of the code, or -1."""
        letters = code.encode()
        if len(letters) > self._letters.itemsize:
            return -1
        # Of the same type as the codes: numpy would copy them all to compare unlike ones.
        wanted = np.array(letters, dtype=self._letters.dtype)
        at = int(np.searchsorted(self._letters, wanted, sorter=self._order))
        if at == len(self._letters):
            return -1
        row = int(self._order[at])
        return row if self._letters[row] == letters else -1
