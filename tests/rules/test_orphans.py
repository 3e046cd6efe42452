"""Who is missing: the tree's answer against asking every unit for every category."""

from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.orphans import Claim, Ground, orphans

LINEAGES = {"litter": ["litter", "city"], "city": ["city"], "drain": ["drain"]}
KINDS = st.sampled_from([None, "urban", "rural"])


@st.composite
def trees(draw: st.DrawFn) -> list[Ground]:
    """District, streets, communities with kinds, compounds, buildings; leaves always end."""
    grounds: list[tuple[str, str | None, int]] = [("D", None, 1)]
    for at in range(draw(st.integers(1, 14))):
        above = draw(st.sampled_from([one for one in grounds if one[2] < 5]))
        grounds.append((f"{above[0]}.{at}", above[0], above[2] + 1))
    parents = {parent for _, parent, _ in grounds}
    return [
        Ground(
            code,
            parent,
            draw(KINDS) if level == 3 else None,
            code not in parents or draw(st.booleans()),
        )
        for code, parent, level in grounds
    ]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Ground], list[Claim]]:
    grounds = draw(trees())
    units = st.sampled_from([None, "elsewhere", *(ground.code for ground in grounds)])
    what = st.sampled_from([None, "litter", "city", "drain", "noise"])
    return grounds, draw(st.lists(st.builds(Claim, what, units, KINDS), max_size=6))


def chain(grounds: list[Ground], code: str) -> list[Ground]:
    by_code = {ground.code: ground for ground in grounds}
    found, at = [], by_code.get(code)
    while at:
        found.append(at)
        at = by_code.get(at.parent or "")
    return found


def asked_one_by_one(grounds: list[Ground], claims: list[Claim]) -> set[tuple[str, str]]:
    """Every (category, smallest unit) that no claim fits."""
    found = set()
    for ground in grounds:
        above = chain(grounds, ground.code)
        codes = {one.code for one in above}
        kind = next((one.kind for one in above if one.kind), None)
        for category, lineage in LINEAGES.items():
            fits = any(
                claim.category in (*lineage, None)
                and (claim.unit is None or claim.unit in codes)
                and claim.community_kind in (None, kind)
                for claim in claims
            )
            if ground.ends and not fits:
                found.add((category, ground.code))
    return found


@given(cases())
def test_the_tree_says_what_asking_everybody_says(case: tuple[list[Ground], list[Claim]]) -> None:
    grounds, claims = case
    told = orphans(claims, LINEAGES, grounds)
    spread = []
    for one in told:
        inside = [
            ground.code
            for ground in grounds
            if ground.ends
            and (
                one.unit in [up.code for up in chain(grounds, ground.code)]
                if one.whole
                else ground.code == one.unit
            )
        ]
        assert len(inside) == one.ends
        spread += [(one.category, code) for code in inside]
    assert len(spread) == len(set(spread))
    assert set(spread) == asked_one_by_one(grounds, claims)


def test_a_gap_is_told_as_the_largest_unit_that_lacks_an_owner() -> None:
    grounds = [Ground("D", None, None, False), Ground("S", "D", None, False)]
    grounds += [Ground("R", "D", None, True)]
    grounds += [Ground(code, "S", None, False) for code in ("A", "B")]
    grounds += [Ground(f"{up}{at}", up, None, True) for up in "AB" for at in range(50)]
    told = orphans([Claim("drain", "A", None)], {"drain": ["drain"]}, grounds)
    assert [(one.unit, one.whole, one.ends) for one in told] == [("B", True, 50), ("R", True, 1)]
