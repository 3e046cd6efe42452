"""What may be asked of a community's own bodies (domain rules 28 and 29).

A residents' committee is never the responsible body for 行政执法, 拆迁拆违, 环境整治, 城市管理,
招商引资, nor for what belongs to district, street and departments: the catalogue says so for each
category by `committee_may_lead`. It may assist, and is then given funds and conditions, which
stand on the record.

We read rule 28 for every body of a community, not for the committee alone: what may not be shifted
to it is not shifted to its neighbours in the same house.
"""

from collections.abc import Iterable, Mapping, Sequence

COMMUNITY_BODY = "community_body"


def stated(said: Iterable[bool | None]) -> bool | None:
    """What the catalogue says of a category, else of the nearest group above it; `said` goes
    upwards."""
    return next((one for one in said if one is not None), None)


def leads(kind: str | None, allowed: bool | None) -> bool:
    """Whether a body of this kind may be the responsible one for such a matter.

    Where the catalogue says nothing, nothing forbids it (domain rule 28 lists what is forbidden).
    """
    return kind != COMMUNITY_BODY or allowed is not False


def forbidden(
    kind: str | None,
    category: str | None,
    lineages: Mapping[str, Sequence[str]],
    allowed: Mapping[str, bool | None],
) -> list[str]:
    """The categories under a row's category (None: all) for which the body may not lead."""
    return [
        code
        for code, lineage in lineages.items()
        if category in (None, *lineage) and not leads(kind, allowed[code])
    ]


def lacks_conditions(kinds: Iterable[str | None], conditions: str | None) -> bool:
    """Whether a community body would assist without funds and conditions (domain rule 29)."""
    return COMMUNITY_BODY in kinds and not (conditions or "").strip()
