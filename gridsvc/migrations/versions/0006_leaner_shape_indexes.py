"""Spatial indexes without the district: districts do not overlap, and text is dear in a GiST."""

from alembic import op

revision = "0006"
down_revision = "0005"

INDEXES = {
    "grid_unit_shape_idx": ["edition_no", "level", "shape"],
    "grid_unit_geom_idx": ["edition_no", "geom"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.drop_index(name, table_name="grid_unit")
        op.create_index(name, "grid_unit", columns, postgresql_using="gist")


def downgrade() -> None:
    for name, columns in INDEXES.items():
        op.drop_index(name, table_name="grid_unit")
        op.create_index(name, "grid_unit", ["district_code", *columns], postgresql_using="gist")
