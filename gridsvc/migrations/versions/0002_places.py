"""Names of places, roads with house numbers, and the history of which edition answered."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "edition_change",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("edition_no", sa.Integer(), nullable=False),
        sa.Column("previous_no", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code", "edition_no"],
            ["edition.district_code", "edition.no"],
            name=op.f("edition_change_district_code_edition_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("edition_change_pkey")),
    )
    op.create_table(
        "place_name",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("edition_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column(
            "place",
            geoalchemy2.types.Geometry(
                geometry_type="POINT", srid=4326, dimension=2, spatial_index=False
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district_code", "edition_no"],
            ["edition.district_code", "edition.no"],
            name=op.f("place_name_district_code_edition_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "edition_no", "no", name=op.f("place_name_pkey")),
    )
    op.create_index(
        "place_name_unit_idx", "place_name", ["district_code", "edition_no", "unit_code"]
    )
    op.add_column("address_point", sa.Column("road", sa.Text(), nullable=True))
    op.add_column("address_point", sa.Column("house_number", sa.Text(), nullable=True))
    op.add_column(
        "address_point",
        sa.Column("generated", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("address_point", "generated", server_default=None)
    op.add_column(
        "edition", sa.Column("code_scheme", sa.Text(), nullable=False, server_default="own")
    )
    op.alter_column("edition", "code_scheme", server_default=None)
    op.add_column("edition", sa.Column("based_on", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("edition", "based_on")
    op.drop_column("edition", "code_scheme")
    op.drop_column("address_point", "generated")
    op.drop_column("address_point", "house_number")
    op.drop_column("address_point", "road")
    op.drop_table("place_name")
    op.drop_table("edition_change")
