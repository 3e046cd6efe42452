"""The one registry of what can be drawn: for each layer the rows it shows and who may see them."""

from typing import NamedTuple


class Layer(NamedTuple):
    """Rows with `shape` in EPSG:3857, and which columns travel along.

    `rows` may use :district, :edition, :now and must filter by :west, :south, :east, :north
    through `bounds.box` (EPSG:3857) so that its index is used.
    """

    name: str
    rows: str
    properties: str
    min_zoom: int
    # None: anybody may see it. Else the act a post needs.
    act: str | None = None
    # Changes only with the edition, so that browsers may keep it for ever.
    by_edition: bool = True


BUILDING = 5
# An outline with as many corners as the zoom can show; see geodata.drawing.
DRAWN = """coalesce(CASE WHEN :zoom <= 9 THEN drawn_9 WHEN :zoom <= 11 THEN drawn_11
                          WHEN :zoom <= 13 THEN drawn_13 END, unit.shape)"""


def _units(name: str, level: int, min_zoom: int) -> Layer:
    shape = "unit.shape" if level == BUILDING else DRAWN
    return Layer(
        name,
        f"""SELECT code, name, kind, households, generated, parent_code AS parent, {shape} AS shape
            FROM grid_unit unit, bounds
            WHERE district_code = :district AND edition_no = :edition AND level = {level}
              AND unit.shape && bounds.box""",  # noqa: S608
        "code, name, kind, households, generated, parent",
        min_zoom,
    )


LAYERS = {
    layer.name: layer
    for layer in (
        _units("district", 1, 0),
        _units("street", 2, 0),
        _units("community", 3, 9),
        _units("compound", 4, 12),
        _units("building", 5, 14),
        Layer(
            "label",
            """SELECT level, code, name, label AS shape FROM grid_unit, bounds
               WHERE district_code = :district AND edition_no = :edition
                 AND level <= CASE WHEN :zoom < 10 THEN 2 WHEN :zoom < 12 THEN 3
                                   WHEN :zoom < 16 THEN 4 ELSE 5 END
                 AND shape && bounds.box AND label && bounds.box""",
            "level, code, name",
            0,
        ),
        Layer(
            "facility",
            """SELECT facility.code, facility.name, facility.type_code AS type,
                      type.name_zh AS type_name, type.name_en AS type_name_en,
                      facility.floor_area_m2, facility.generated,
                      ST_Transform(facility.place, 3857) AS shape
               FROM facility JOIN facility_type type
                 ON (type.district_code, type.code) = (facility.district_code, facility.type_code)
               JOIN district ON district.code = facility.district_code,
                    bounds
               WHERE facility.district_code = :district AND facility.place && bounds.lonlat
                 AND facility.state <> 'closed'
                 AND daterange(valid_from, valid_to, '[]')
                     @> (cast(:now AS timestamptz) AT TIME ZONE district.time_zone)::date""",
            "code, name, type, type_name, type_name_en, floor_area_m2, generated",
            11,
            by_edition=False,
        ),
        Layer(
            "case",
            """SELECT case_no, stage, kind, category_code AS category,
                      extract(epoch FROM due_at)::bigint AS due, due_at < :now AS overdue,
                      CASE WHEN kind = 'emergency_whistle' THEN 0 WHEN due_at < :now THEN 1
                           ELSE 2 END AS urgency,
                      generated, ST_Transform(place, 3857) AS shape
               FROM case_, bounds
               WHERE district_code = :district AND closed_at IS NULL
                 AND place && bounds.lonlat""",
            "case_no, stage, kind, category, due, overdue, urgency, generated",
            12,
            act="case.read",
            by_edition=False,
        ),
    )
}
