"""What a post may do, and how far. Rows come in, yes or no goes out."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Scope(StrEnum):
    """How far a permission reaches."""

    DISTRICT = "district"
    UNIT = "unit"
    DEPARTMENT = "department"


class Actor(NamedTuple):
    """Who asks: a post, and the unit or department it is held in."""

    post: str
    unit_code: str | None
    department_code: str | None
    grants: Mapping[str, Scope]


def allows(
    actor: Actor, act: str, chain: Sequence[str] = (), departments: Sequence[str] = ()
) -> bool:
    """Whether the actor may do `act` on a case in `chain` for which `departments` were called.

    Unit scope without a unit, or department scope without a department, reaches nothing.
    """
    match actor.grants.get(act):
        case Scope.DISTRICT:
            return True
        case Scope.UNIT:
            return actor.unit_code is not None and actor.unit_code in chain
        case Scope.DEPARTMENT:
            return actor.department_code is not None and actor.department_code in departments
        case _:
            return False
