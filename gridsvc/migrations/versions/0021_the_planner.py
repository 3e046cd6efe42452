"""Facilities by period, with hours, whom they serve and photos; the standards they are held to."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

STANDARDS = (
    ("name_zh", False),
    ("name_en", False),
    ("measure", True),
    ("of_types", True),
    ("community_kind", True),
    ("comparator", False),
    ("unit", False),
    ("scope", False),
    ("deadline", True),
    ("strength", False),
    ("reading_zh", True),
    ("reading_en", True),
    ("source", False),
)


def upgrade() -> None:
    op.add_column(
        "facility", sa.Column("no", sa.Integer(), nullable=False, server_default=sa.text("1"))
    )
    op.alter_column("facility", "no", server_default=None)
    op.drop_constraint("facility_pkey", "facility")
    op.create_primary_key(op.f("facility_pkey"), "facility", ["district_code", "code", "no"])
    for name, kind in (
        ("valid_from", sa.Date()),
        ("valid_to", sa.Date()),
        ("opening_hours", sa.Text()),
        ("open_to_public", sa.Boolean()),
        ("address", sa.Text()),
        ("note", sa.Text()),
    ):
        op.add_column("facility", sa.Column(name, kind, nullable=True))
    op.add_column(
        "facility",
        sa.Column("serves", sa.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")),
    )
    op.alter_column("facility", "serves", server_default=None)
    op.execute("""
        ALTER TABLE facility ADD CONSTRAINT facility_period_excl EXCLUDE USING gist
            (district_code WITH =, code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
    """)
    op.create_table(
        "facility_photo",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("facility_code", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "photo_id"],
            ["photo.district_code", "photo.id"],
            name=op.f("facility_photo_district_code_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "district_code", "facility_code", "photo_id", name=op.f("facility_photo_pkey")
        ),
    )
    op.create_table(
        "coverage_standard",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=empty) for name, empty in STANDARDS),
        sa.Column("threshold", sa.Double(), nullable=True),
        sa.Column("upper", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("coverage_standard_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "code", name=op.f("coverage_standard_pkey")),
    )


def downgrade() -> None:
    op.drop_table("coverage_standard")
    op.drop_table("facility_photo")
    op.drop_constraint("facility_period_excl", "facility")
    op.drop_constraint("facility_pkey", "facility")
    # Of several periods the last one stays, as before there was but one.
    op.execute("""
        DELETE FROM facility older USING facility newer
        WHERE (older.district_code, older.code) = (newer.district_code, newer.code)
          AND older.no < newer.no
    """)
    op.create_primary_key(op.f("facility_pkey"), "facility", ["district_code", "code"])
    for name in (
        "serves",
        "note",
        "address",
        "open_to_public",
        "opening_hours",
        "valid_to",
        "valid_from",
        "no",
    ):
        op.drop_column("facility", name)
