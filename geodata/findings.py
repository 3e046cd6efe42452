"""What an import notices: one line each, in Chinese and English, with the unit it is about."""

from typing import Any, NamedTuple

from gridsvc.words import Words


class Finding(NamedTuple):
    """`severity` is error (the edition must not be published) or warning (a person should look)."""

    severity: str
    kind: str
    unit: str | None
    text: Words
    detail: dict[str, Any]


def parent_conflict(code: str, name: str, declared: str, share: float, ground: str) -> Finding:
    """The register's parent is not where the unit lies."""
    percent = share * 100
    return Finding(
        "warning",
        "parent_conflict",
        code,
        Words(
            f"“{name}”（{code}）登记的上级为{declared}，但只有{percent:.1f}%的面积在其内；"
            f"面积最大的部分在{ground}。归属按实地确定。",
            f"{name} ({code}) is registered under {declared}, which covers only {percent:.1f} % of "
            f"it; most of it lies in {ground}. Chains follow the ground.",
        ),
        {"declared": declared, "share": round(share, 6), "ground": ground},
    )


def no_parent(code: str, name: str, level: int) -> Finding:
    """A unit below the highest level that no unit above contains."""
    return Finding(
        "warning",
        "outside_parent",
        code,
        Words(
            f"第{level}级单元“{name}”（{code}）不在任何上级单元之内。",
            f"Level {level} unit {name} ({code}) lies in no unit above it.",
        ),
        {"level": level},
    )


def mended(code: str, name: str, reason: str) -> Finding:
    """An invalid outline that was repaired."""
    return Finding(
        "warning",
        "invalid_geometry",
        code,
        Words(
            f"“{name}”（{code}）的图形无效（{reason}），已修复。",
            f"The outline of {name} ({code}) was not valid ({reason}); it was repaired.",
        ),
        {"reason": reason},
    )
