"""The levels of a gazetteer: the grid's five, two above them, and what lies beside them."""

PROVINCE, CITY, DISTRICT, STREET, COMMUNITY, COMPOUND, BUILDING, ROAD, POI, PLATE = range(-1, 9)
KINDS = (
    "province",
    "city",
    "district",
    "street",
    "community",
    "compound",
    "building",
    "road",
    "poi",
    "house_number",
)


def kind_of(level: int) -> str:
    """The word for a level: -1 is province, 1 district, 5 building."""
    return KINDS[level - PROVINCE]


def level_of(kind: str) -> int:
    """The level of a kind; of a word that is none, one beyond them all."""
    return _LEVELS.get(kind, len(KINDS))


_LEVELS = {kind: level for level, kind in enumerate(KINDS, PROVINCE)}
