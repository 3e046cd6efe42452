"""What a district's folder says: its names, its outline, its words and its parameters."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd


class Folder(NamedTuple):
    """The data of one district, as read from its folder."""

    district: dict[str, Any]
    outline: dict[str, Any]
    streets: pd.DataFrame
    communities: pd.DataFrame
    kinds: dict[str, Any]
    rhythms: dict[str, Any]
    words: dict[str, Any]
    places: dict[str, Any]
    addresses: dict[str, Any]
    channels: pd.DataFrame
    provision_modes: pd.DataFrame
    facilities: pd.DataFrame
    profile: pd.DataFrame
    texts: pd.DataFrame
    leads: dict[str, str]
    called: dict[str, int]
    special_days: dict[str, bool]


def read(folder: Path) -> Folder:
    """Read and join a district's files; KeyError or FileNotFoundError name what is missing."""

    def table(name: str) -> pd.DataFrame:
        codes = {"code": str, "street_code": str}
        return pd.read_csv(folder / f"{name}.csv", dtype=codes, keep_default_na=False)

    def data(name: str) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
        return loaded

    district = data("district.json")
    profile = table("case_profile")
    wanted, categories = list(profile["category"]), table("categories")
    group = dict(zip(categories["code"], categories["parent_code"], strict=True))
    rules = table("responsibility")
    return Folder(
        district=district,
        outline=data(district["outline"]),
        streets=table("streets"),
        communities=table("communities"),
        kinds=data("kinds.json"),
        rhythms=data("rhythms.json"),
        words=data("words.json"),
        places=data("places.json"),
        addresses=data("addresses.json"),
        channels=table("channels"),
        provision_modes=table("provision_modes"),
        facilities=table("facility_profile"),
        profile=profile,
        texts=table("case_texts"),
        leads=_leads(wanted, group, rules),
        called=_called(wanted, group, rules),
        special_days=_special_days(table("calendar")),
    )


def root_of(name: str, suffixes: list[str]) -> str:
    """A unit's name without the word for its level; the whole name where nothing would be left."""
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


def _leads(wanted: list[str], group: dict[str, str], rules: pd.DataFrame) -> dict[str, str]:
    """The department that usually leads in each category: its own rule's, else its group's."""
    everywhere = rules[rules["unit_code"] == ""]
    lead = dict(zip(everywhere["category_code"], everywhere["lead_department"], strict=True))
    return {code: lead.get(code) or lead.get(group[code], "") for code in wanted}


def _called(wanted: list[str], group: dict[str, str], rules: pd.DataFrame) -> dict[str, int]:
    """How many departments a case of each category may call, by whichever of its rules."""
    counts = 1 + rules["supporting"].str.split("|").map(lambda names: len(set(names) - {""}))
    most = counts.groupby(rules["category_code"]).max().to_dict()
    return {code: max(most.get(key, 1) for key in (code, group[code], "")) for code in wanted}


def _special_days(calendar: pd.DataFrame) -> dict[str, bool]:
    """The days that differ from their weekday, and whether offices work on them."""
    working = calendar["working"].astype(str).str.lower() == "true"
    return dict(zip(calendar["day"], working, strict=True))
