"""Who answers for each unit, under names that nobody can take for real ones."""

import pandas as pd

from geodata.demo.boundaries import LEVELS
from geodata.demo.folder import Folder

POSTS = {
    LEVELS["street"]: ("street_party_secretary", "linked_district_leader"),
    LEVELS["community"]: ("community_secretary", "grid_head"),
    LEVELS["compound"]: ("grid_worker",),
}


def appoint(folder: Folder, units: pd.DataFrame) -> pd.DataFrame:
    """One person for each post of each unit, and one for each department that leads: name, post,
    unit_code, department_code, generated."""
    rows: list[tuple[str, str | None, str | None]] = [
        (post, code, None)
        for level, posts in POSTS.items()
        for code in units.loc[units["level"] == level, "code"]
        for post in posts
    ]
    rows += [("department_handler", None, code) for code in sorted(set(folder.leads.values()))]
    return pd.DataFrame(
        {
            "name": [invented_name(folder, number) for number in range(len(rows))],
            "post": [post for post, _, _ in rows],
            "unit_code": [unit for _, unit, _ in rows],
            "department_code": [department for _, _, department in rows],
            "generated": True,
        }
    )


def invented_name(folder: Folder, number: int) -> str:
    """A prefix that says so, a surname, and a number in Chinese; different for every number."""
    words = folder.words
    surnames = words["surnames"]
    return (
        f"{words['officer_prefix']}{surnames[number % len(surnames)]}"
        f"{chinese_number(number // len(surnames) + 1, words['numerals'], words['ten'])}"
    )


def chinese_number(number: int, digits: str, ten: str) -> str:
    """A whole number from 1, spoken up to 99 and digit by digit beyond."""
    if number > 99:
        return "".join(digits[int(digit) - 1] if digit != "0" else "〇" for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ten if tens == 1 else digits[tens - 1] + ten
    return head + (digits[ones - 1] if ones else "")
