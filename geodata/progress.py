"""How long work tells somebody how far it is."""

from collections.abc import Callable

Progress = Callable[[str], None]


class Counted(str):
    """What is being done, and how many of how many rows it has been done to."""

    done: int
    total: int

    def __new__(cls, what: str, done: int, total: int) -> "Counted":
        counted = super().__new__(cls, what)
        counted.done, counted.total = done, total
        return counted


def silent(_: str) -> None:
    """Progress that nobody watches."""
