"""A town with streets: what walking is tested on."""

import pytest

from gridsvc.walking import walk


@pytest.fixture(autouse=True)
def _forget_ways() -> None:
    walk.forget()
