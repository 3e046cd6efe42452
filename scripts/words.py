"""What a person at the terminal reads: Chinese first, then English."""

import sys


class Failure(Exception):
    """A step cannot go on; the message says why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n  {en}")


def say(zh: str, en: str) -> None:
    """One short line of progress."""
    print(f"▸ {zh} | {en}", flush=True)


def complain(failure: Failure) -> None:
    """Print a failure where errors belong."""
    print(f"✗ {failure}", file=sys.stderr, flush=True)
