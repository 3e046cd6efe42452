"""Street networks for walking, and sites where something could be built."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("district", sa.Column("walk_network_no", sa.Integer(), nullable=True))
    op.create_table(
        "walk_network",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nodes", sa.Integer(), nullable=False),
        sa.Column("stretches", sa.Integer(), nullable=False),
        sa.Column("metres", sa.Double(), nullable=False),
        sa.Column("islands", sa.Integer(), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("arrays", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("walk_network_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("walk_network_pkey")),
    )
    op.create_table(
        "siting_candidate",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("floor_area_m2", sa.Double(), nullable=False),
        sa.Column("cost", sa.Double(), nullable=False),
        sa.Column("serves", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("place", Geometry("POINT", 4326, spatial_index=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("siting_candidate_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "code", name=op.f("siting_candidate_pkey")),
    )


def downgrade() -> None:
    op.drop_table("siting_candidate")
    op.drop_table("walk_network")
    op.drop_column("district", "walk_network_no")
