"""How the codes of an edition are built; see docs/codes.md."""

import json
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class Scheme(BaseModel):
    """A regular expression for the codes of each level; `nested` if each begins with its parent's.

    Levels without a pattern may have any code.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: dict[int, str] = {}
    nested: bool = False


ANY = Scheme()


def shipped(name: str) -> Scheme:
    """The scheme that ships under a name such as cn-place-12+3+4/1; others allow any code."""
    known = json.loads(files("geodata").joinpath("schemes.json").read_text("utf-8"))
    return Scheme.model_validate(known[name]) if name in known else ANY
