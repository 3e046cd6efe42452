"""What became of each case: its moves through the closed loop, up to the end of the period.

Departments, streets and load make some slow; a few cases are returned, handed back or reworked.
How many departments a case calls is decided by the responsibility rules when it is loaded, so
times of reporting in are given for as many as any rule of its category calls, and a case that calls
fewer uses the first ones. The moves after them come later than all of them.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.demo.calls import Calls, Town
from geodata.demo.chance import Flags, Floats, Ints, number_within
from geodata.demo.folder import Folder

STUCK_SHARE = 0.02
STUCK_FACTOR = 6.0
AFTER = {
    "whistle": "whistle",
    "handle_directly": "handle",
    "accept": "report_in",
    "return": "collect",
    "report_in": "handle",
    "ask": "report_in",
    "grant": "whistle",
    "resolve": "verify_close",
    "verify": "evaluate",
    "rework": "handle",
    "evaluate": "reply",
    "reply": "archived",
}
Names = NDArray[np.str_]


class Pace(NamedTuple):
    """How slowly each case goes, and what happens to it on the way."""

    slow: Floats
    haste: Floats
    handling: Floats
    called: Ints
    direct: Flags
    returned: Flags
    handed_back: Flags
    reworks: Ints
    waiting: Flags


class _Book:
    """The present hour of every case and the moves made so far, step by step."""

    def __init__(
        self, calls: Calls, fate: Pace, next_open: Floats, rng: np.random.Generator
    ) -> None:
        self.fate, self.rng, self.rows = fate, rng, list[pd.DataFrame]()
        self._hour = calls.hour.copy()
        self._next_open = next_open

    def make(
        self,
        cases: Ints,
        move: str,
        post: str | Names,
        typical: Floats | float,
        *,
        office: bool = True,
        ordinal: int = 1,
    ) -> None:
        """One move of these cases, after about the typical hours; offices sleep and rest."""
        haste = self.fate.haste[cases]
        spent = typical * self.rng.lognormal(0, 0.6, len(cases)) * self.fate.slow[cases] * haste
        later = self._hour[cases] + np.maximum(spent, 1 / 30)
        self._hour[cases] = np.where(haste < 1, later, self._at_work(later, office))
        made = {"case": cases, "step": len(self.rows), "move": move, "ordinal": ordinal}
        self.rows.append(pd.DataFrame({**made, "hour": self._hour[cases], "by_post": post}))

    def _at_work(self, hour: Floats, office: bool) -> Floats:
        opens, closes = (8.5, 17.5) if office else (8.0, 21.0)
        day, of_day = np.divmod(hour, 24)
        late = of_day >= closes
        day = day + late
        if office:
            day = self._next_open[np.minimum(day, len(self._next_open) - 1).astype(np.int64)]
        moved = late | (of_day < opens) | (day != np.floor(hour / 24))
        morning = day * 24 + opens + self.rng.random(len(hour)) ** 2 * 2.5
        return np.asarray(np.where(moved, morning, hour), dtype=np.float64)


def pace(folder: Folder, town: Town, calls: Calls, hours: float, rng: np.random.Generator) -> Pace:
    """Draw the fate of every case."""
    count = len(calls.hour)
    profile, waiting = folder.profile, folder.rhythms["waiting"]

    def of_category(column: str) -> Floats:
        return profile[column].to_numpy(dtype=float)[calls.category]

    leads = [folder.leads[code] for code in profile["category"]]
    known = sorted(set(leads))
    by_lead = rng.lognormal(0, 0.35, len(known))[[known.index(lead) for lead in leads]]
    by_street = rng.lognormal(0, 0.3, int(town.street_of_community.max()) + 1)
    street = town.street_of_community[calls.community]
    stuck = np.where(rng.random(count) < STUCK_SHARE, STUCK_FACTOR, 1.0)
    reworked = rng.random(count) < 0.08
    direct = rng.random(count) < of_category("direct_share")
    return Pace(
        slow=by_lead[calls.category] * by_street[street] * _load(street, calls.hour) * stuck,
        haste=profile["crew"].map(folder.rhythms["crews"]).to_numpy(dtype=float)[calls.category],
        handling=of_category("handling_hours"),
        called=np.array([folder.called[code] for code in profile["category"]])[calls.category],
        direct=direct,
        returned=~direct & (rng.random(count) < 0.04),
        handed_back=~direct & (rng.random(count) < 0.05),
        reworks=reworked.astype(np.int64) + (reworked & (rng.random(count) < 0.12)),
        waiting=(calls.hour > hours - 24 * waiting["days"])
        & (rng.random(count) < waiting["share"]),
    )


def moves(
    folder: Folder, calls: Calls, fate: Pace, hours: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Every move made before the period's last hour: case, move, ordinal, hour, by_post, seq."""
    book = _Book(calls, fate, _next_open(folder, calls, hours), rng)
    everyone = np.flatnonzero(~fate.waiting)
    _collect(book, everyone)
    _conclude(book, everyone)
    all_moves = pd.concat(book.rows, ignore_index=True)
    all_moves = all_moves.sort_values(["case", "step"], kind="stable", ignore_index=True)
    return _until(all_moves, fate, hours)


def stages(count: int, made: pd.DataFrame) -> np.ndarray:
    """The stage each case is in after its last move; without any it is still being collected."""
    stage = np.full(count, "collect", dtype=object)
    last = made.groupby("case")["move"].last()
    stage[last.index.to_numpy()] = last.map(AFTER).to_numpy()
    return stage


def notes(folder: Folder, made: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    """What was noted with each move."""
    said = folder.words["notes"]
    luck = rng.random(len(made))
    return [
        said[move][int(chance * len(said[move]))]
        for move, chance in zip(made["move"], luck, strict=True)
    ]


def scores(calls: Calls, fate: Pace, made: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """The mark out of 100 given with each evaluation, less for slow and reworked cases."""
    evaluated = (made["move"] == "evaluate").to_numpy()
    case = made["case"].to_numpy()[evaluated]
    late = np.log1p(made["hour"].to_numpy()[evaluated] - calls.hour[case]) / np.log1p(
        fate.handling[case] * 4 + 24
    )
    mark = rng.normal(94, 4, len(case)) - 9 * fate.reworks[case] - 8 * np.clip(late - 0.8, 0, 3)
    score = pd.array([pd.NA] * len(made), dtype="Int64")
    score[evaluated] = np.clip(np.round(mark), 40, 100).astype(np.int64)
    return pd.Series(score)


def _collect(book: "_Book", cases: Ints) -> None:
    """From the report to the handling: directly, or by whistle and reporting in."""
    fate, rng = book.fate, book.rng
    direct, called = cases[fate.direct[cases]], cases[~fate.direct[cases]]
    book.make(direct, "handle_directly", "community_secretary", 0.5, office=False)
    by_street = np.where(rng.random(len(called)) < 0.2, "street_party_secretary", "")
    whistler = np.where(by_street == "", "community_secretary", by_street)
    book.make(called, "whistle", whistler, 0.7, office=False)
    again = cases[fate.returned[cases]]
    book.make(again, "return", "grid_center_operator", 0.8)
    book.make(again, "whistle", "community_secretary", 2.0, office=False)
    book.make(called, "accept", "grid_center_operator", 0.4)
    refused = cases[fate.handed_back[cases]]
    book.make(refused, "ask", "department_handler", 3.0)
    book.make(refused, "grant", "grid_center_operator", 1.0)
    book.make(refused, "accept", "grid_center_operator", 0.8)
    for ordinal in range(1, int(fate.called.max(initial=0)) + 1):
        coming = called[fate.called[called] >= ordinal]
        typical = 1.1 if ordinal == 1 else 0.4 / ordinal
        book.make(coming, "report_in", "department_handler", typical, ordinal=ordinal)


def _conclude(book: "_Book", cases: Ints) -> None:
    """From the handling to the archive; whoever verifies is not who did the work."""
    fate = book.fate
    direct = fate.direct

    def by(cases: Ints, at_home: str, called: str) -> Names:
        return np.where(direct[cases], at_home, called)

    work = fate.handling[cases] * 0.8
    book.make(cases, "resolve", by(cases, "grid_worker", "department_handler"), work)
    for turn in (1, 2):
        again = cases[fate.reworks[cases] >= turn]
        book.make(again, "rework", by(again, "grid_head", "grid_worker"), 2.0, office=False)
        more = fate.handling[again] * 0.4
        book.make(again, "resolve", by(again, "grid_worker", "department_handler"), more)
    book.make(cases, "verify", by(cases, "grid_head", "grid_worker"), 1.2, office=False)
    judged = np.where(book.rng.random(len(cases)) < 0.5, "coordination_assessor", "")
    judge = np.where(judged == "", "street_party_secretary", judged)
    book.make(cases, "evaluate", judge, 14.0)
    book.make(cases, "reply", by(cases, "community_secretary", "grid_center_operator"), 6.0)


def _next_open(folder: Folder, calls: Calls, hours: float) -> Floats:
    """For each day of the period and a year beyond, the first day from it on which offices work."""
    days = pd.date_range(calls.start, periods=int(hours // 24) + 366, freq="D")
    special = folder.special_days
    works = [special.get(str(day.date()), day.day_of_week < 5) for day in days]
    following = np.arange(len(days), dtype=np.float64)
    for number in reversed(range(len(days) - 1)):
        if not works[number]:
            following[number] = following[number + 1]
    return following


def _until(all_moves: pd.DataFrame, fate: Pace, hours: float) -> pd.DataFrame:
    """Cut off at the end of the period.

    A case whose departments have not all come by then has none of their reporting in: how many it
    calls is not known here, and with one it would already be past this stage.
    """
    kept: pd.DataFrame = all_moves[all_moves["hour"] <= hours]
    reported = kept["move"] == "report_in"
    came = kept.groupby("case")["ordinal"].transform("max").to_numpy()
    complete: Flags = came == fate.called[kept["case"].to_numpy()]
    kept = kept[~reported | complete].drop(columns="step").reset_index(drop=True)
    kept["seq"] = number_within(kept["case"].to_numpy()) + 1
    return kept


def _load(street: Ints, hour: Floats) -> Floats:
    """How much slower it goes where a street has more cases than usual in the same week."""
    week = (hour // 168).astype(np.int64)
    count = np.zeros((int(street.max(initial=0)) + 1, int(week.max(initial=0)) + 1))
    np.add.at(count, (street, week), 1)
    usual = count.mean(axis=1, keepdims=True)
    slower: Floats = (0.6 + 0.4 * count / np.maximum(usual, 1))[street, week]
    return slower
