"""The demonstration district with its names and numbers, and noisy addresses in it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from geodata import seeding
from geodata.demo import addresses, demo
from geodata.demo.addresses import Address
from geodata.demo.demo import Demo
from gridsvc.address.find import Answer, find
from gridsvc.address.gazetteer import Gazetteer, Named, Plate, build
from gridsvc.address.hanging import Units
from gridsvc.geo import LonLat

FOLDER = next((Path(seeding.__file__).parent / "demo").glob("*/district.json")).parent
UNTIL = datetime(2026, 3, 2, tzinfo=UTC)
SURE = 0.9
# The lower ends of the bands of confidence that a table shows.
BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)


@cache
def generated(buildings: int = 60_000) -> Demo:
    return demo.generate(FOLDER, until=UNTIL, buildings=buildings, cases=100)


@cache
def gazetteer(buildings: int = 60_000) -> Gazetteer:
    return made(generated(buildings))


def made(district: Demo) -> Gazetteer:
    """The gazetteer of a generated district."""
    units, names, points = district.units, district.names, district.points
    codes = units["code"].tolist()
    row = {code: at for at, code in enumerate(codes)}
    parents = [row.get(code, -1) for code in units["parent_code"]]
    return build(
        Units(codes, units["name"].tolist(), units["level"].tolist(), parents),
        [
            Named(kind, name, unit, _is_old(until), _point(place))
            for kind, name, unit, until, place in zip(
                names["kind"],
                names["name"],
                names["unit_code"],
                names["valid_to"],
                names.geometry,
                strict=True,
            )
        ],
        [
            Plate(road, number, unit, LonLat(place.x, place.y))
            for road, number, unit, place in zip(
                points["road"],
                points["house_number"],
                points["unit_code"],
                points.geometry,
                strict=True,
            )
        ],
    )


def _is_old(until: Any) -> bool:
    return isinstance(until, date | str) and str(until)[:10] < UNTIL.date().isoformat()


def _point(place: Any) -> LonLat | None:
    return None if place is None or place.is_empty else LonLat(place.x, place.y)


def written(
    count: int, seed: int, buildings: int = 60_000, *, harder: bool = False
) -> list[Address]:
    """So many noisy addresses with their truth; `harder` ones with noises beyond the usual."""
    made = generated(buildings)
    return addresses.generate(
        FOLDER, made.units, made.points, made.names, count, seed, harder=harder
    )


class Verdict(NamedTuple):
    """Whether the first candidate lies in the right community, and in the right building where
    one is named; `right` is both, or for a text without one place, the honest answer."""

    community: bool
    building: bool | None
    right: bool


def judged(said: Address, answer: Answer) -> Verdict:
    best = answer.best
    codes = [unit.code for unit in best.chain] if best and best.here else []
    if said.kind == "elsewhere":
        ok = best is not None and not best.here
    elif said.kind == "none":
        ok = best is None
    elif said.kind == "several":
        # Silence about the others is wrong; what all of them share is not.
        shared = codes[-1:] if codes else []
        ok = bool(shared) and all(place.startswith(shared[0]) for place in said.places)
    else:
        ok = (said.community or said.places[0]) in codes
        building = said.building in codes if said.building else None
        return Verdict(ok, building, ok and building is not False)
    return Verdict(ok, None, ok)


class Result(NamedTuple):
    """Of each noise: how many addresses, how many in the right community, how many name a
    building, how many of those lead to it; then the answers that are sure, and right among them;
    then each answer's confidence and whether it is right."""

    noises: dict[str, Counter[str]]
    kinds: dict[str, Counter[str]]
    sure: int
    sure_right: int
    answered: list[tuple[float, bool]]

    def share(self, noise: str, what: str) -> float:
        counts = self.noises[noise]
        return counts[what] / max(counts["with_building" if what == "building" else "all"], 1)


def measured(known: Gazetteer, said: list[Address]) -> Result:
    """Every address asked once."""
    noises: dict[str, Counter[str]] = {"all": Counter()}
    kinds: dict[str, Counter[str]] = {}
    sure = sure_right = 0
    answered: list[tuple[float, bool]] = []
    for one in said:
        answer = find(known, one.text)
        verdict = judged(one, answer)
        if answer.best:
            answered.append((answer.confidence, verdict.right))
        if answer.confidence >= SURE:
            sure, sure_right = sure + 1, sure_right + verdict.right
        # Where several places fit, an answer that is not sure is the right one.
        open_ = one.kind == "several" and answer.confidence < SURE
        kinds.setdefault(one.kind, Counter()).update(all=1, right=int(verdict.right or open_))
        if one.kind == "one":
            for noise in ("all", *(one.noise or ("clean",))):
                noises.setdefault(noise, Counter()).update(
                    all=1,
                    community=int(verdict.community),
                    with_building=int(verdict.building is not None),
                    building=int(bool(verdict.building)),
                )
    return Result(noises, kinds, sure, sure_right, answered)


def table(result: Result) -> str:
    """Accuracy by noise type, the worst first, then by kind and by band of confidence."""
    lines = [
        f"{noise:18} {counts['all']:6} community {result.share(noise, 'community'):6.1%}"
        + (f"  building {result.share(noise, 'building'):6.1%}" * bool(counts["with_building"]))
        for noise, counts in sorted(
            result.noises.items(), key=lambda item: result.share(item[0], "community")
        )
    ]
    lines += [
        f"{kind:18} {n['all']:6} right {n['right'] / n['all']:6.1%}"
        for kind, n in result.kinds.items()
    ]
    lines.append(
        f"sure (0.9 and more) {result.sure:6} right {result.sure_right / result.sure:6.1%}"
    )
    return "\n".join([*lines, *_bands(result.answered)])


def _bands(answered: list[tuple[float, bool]]) -> Iterator[str]:
    """The calibration: in each band of confidence, what is said and what is right on average."""
    for low, high in pairwise((*BANDS, 1.01)):
        held = [(said, right) for said, right in answered if low <= said < high]
        if held:
            said, right = (sum(one) / len(held) for one in zip(*held, strict=True))
            yield f"confidence {low:.2f}+      {len(held):6} said  {said:6.1%}  right {right:6.1%}"
