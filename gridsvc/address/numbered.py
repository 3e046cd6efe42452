"""A compact map from (holder, number) to rows: a million buildings in twelve bytes each."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from zlib import crc32

import numpy as np

_PART_BITS, _NUMBER_BITS = 10, 19
_WORD = 1 << 30


def _code(key: str) -> int:
    """A key as 31 bits: exact for 215 and 215-2, a checksum for b, a3 and the like."""
    main, _, part = key.partition("-")
    if main.isdigit() and (not part or part.isdigit()):
        number, after = int(main), int(part or 0)
        if number < 1 << _NUMBER_BITS and after < 1 << _PART_BITS:
            return number << _PART_BITS | after
    return _WORD | (crc32(key.encode()) & (_WORD - 1))


class Numbered:
    """Rows by holder and key; several rows may share one key."""

    def __init__(self, entries: Iterable[tuple[int, str, int]]) -> None:
        """Entries are (holder, key, row)."""
        keys, rows = array("q"), array("i")
        for holder, key, row in entries:
            keys.append(holder << 31 | _code(key))
            rows.append(row)
        order = np.argsort(np.asarray(keys, dtype=np.int64), kind="stable")
        self.keys = array("q", np.asarray(keys, dtype=np.int64)[order].tobytes())
        self.rows = array("i", np.asarray(rows, dtype=np.int32)[order].tobytes())

    def at(self, holder: int, key: str) -> list[int]:
        """The rows under this key, in the order in which they were given."""
        return self.between(holder << 31 | _code(key), (holder << 31 | _code(key)) + 1)

    def between(self, low: int, high: int) -> list[int]:
        first = bisect_left(self.keys, low)
        last = first
        while last < len(self.keys) and self.keys[last] < high:
            last += 1
        return list(self.rows[first:last])

    def held_by(self, holder: int) -> list[int]:
        """All rows of a holder, by rising number."""
        return self.between(holder << 31, (holder + 1) << 31)

    def parts(self, holder: int, number: int) -> list[int]:
        """The rows of one number with whatever part: 215, 215-1, 215-2."""
        low = holder << 31 | number << _PART_BITS
        return self.between(low, low + (1 << _PART_BITS))

    def beside(self, holder: int, number: int) -> tuple[list[int], list[int]]:
        """The rows of the nearest lower and higher numbers of the same parity, or none."""
        return (
            self._toward(holder, number, -1),
            self._toward(holder, number, +1),
        )

    def _toward(self, holder: int, number: int, step: int) -> list[int]:
        place = bisect_left(self.keys, holder << 31 | number << _PART_BITS)
        place += -1 if step < 0 else 0
        while 0 <= place < len(self.keys) and self.keys[place] >> 31 == holder:
            code = self.keys[place] & ((1 << 31) - 1)
            if (
                code < _WORD
                and (code >> _PART_BITS) % 2 == number % 2
                and code >> _PART_BITS != number
            ):
                return [self.rows[place]]
            place += step
        return []

    @property
    def nbytes(self) -> int:
        return self.keys.itemsize * len(self.keys) + self.rows.itemsize * len(self.rows)
