"""Outlines of the upper levels as they are drawn from afar."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

COLUMNS = ("drawn_9", "drawn_11", "drawn_13")


def upgrade() -> None:
    for name in COLUMNS:
        kind = geoalchemy2.types.Geometry(
            geometry_type="MULTIPOLYGON", srid=3857, dimension=2, spatial_index=False
        )
        op.add_column("grid_unit", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("grid_unit", name)
