"""A finding knows its place, so that it can be drawn."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "finding",
        sa.Column(
            "place",
            geoalchemy2.types.Geometry(
                geometry_type="GEOMETRY", srid=4326, dimension=2, spatial_index=False
            ),
            nullable=True,
        ),
    )


def downgrade() -> None:
    op.drop_column("finding", "place")
