"""When a photo speaks against the place of a report."""

from gridsvc.words import Words

# Ours, no standard's: nobody who stands before a matter photographs it from half a kilometre away.
FAR_M = 500.0
# A position that claims to be worse than this excuses no more than this.
MOST_EXCUSED_M = 1_000.0


def contradicts(distance_m: float | None, *accuracies_m: float | None) -> bool:
    """Whether the photo was taken too far from the place, also if both are as wrong as they say."""
    if distance_m is None:
        return False
    excused = sum(min(given or 0.0, MOST_EXCUSED_M) for given in accuracies_m)
    return distance_m > FAR_M + excused


def sentence(distance_m: float, reported: bool) -> Words:
    """The contradiction in words; `reported` tells whether the report's own place was used."""
    zh = f"{distance_m / 1000:.1f}公里" if distance_m >= 1000 else f"{distance_m:.0f}米"
    en = f"{distance_m / 1000:.1f} km" if distance_m >= 1000 else f"{distance_m:.0f} m"
    if reported:
        return Words(
            f"照片拍摄地点与上报位置相距{zh}。以上报位置为准，请核对。",
            f"The photo was taken {en} from the reported place. The reported place is used: "
            "check which is right.",
        )
    return Words(
        f"照片拍摄地点与本案位置相距{zh}。本案位置取自另一张照片，请核对。",
        f"The photo was taken {en} from the place of the case, which is another photo's: "
        "check which is right.",
    )
