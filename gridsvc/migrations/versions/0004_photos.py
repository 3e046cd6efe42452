"""Photos, and which reports show them."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "photo",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("original_sha256", sa.Text(), nullable=False),
        sa.Column("original_bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("copy_sha256", sa.Text(), nullable=False),
        sa.Column("thumbnail_sha256", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("datum", sa.Text(), nullable=False),
        sa.Column(
            "place",
            geoalchemy2.types.Geometry(
                geometry_type="POINT", srid=4326, dimension=2, spatial_index=False
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("accuracy_m", sa.REAL(), nullable=True),
        sa.Column("heading", sa.REAL(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("photo_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "id", name=op.f("photo_pkey")),
    )
    op.create_table(
        "report_photo",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("report_no", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("distance_m", sa.REAL(), nullable=True),
        sa.Column("contradicts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "report_no"],
            ["report.district_code", "report.report_no"],
            name=op.f("report_photo_district_code_report_no_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["district_code", "photo_id"],
            ["photo.district_code", "photo.id"],
            name=op.f("report_photo_district_code_photo_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "district_code", "report_no", "photo_id", name=op.f("report_photo_pkey")
        ),
    )
    op.create_index("report_photo_photo_idx", "report_photo", ["district_code", "photo_id"])


def downgrade() -> None:
    op.drop_table("report_photo")
    op.drop_table("photo")
