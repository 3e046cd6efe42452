"""Circulars that are kept, and when they are made."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "circular_schedule",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("circular_schedule_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "kind", name=op.f("circular_schedule_pkey")),
    )
    op.create_table(
        "circular",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("figures", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("circular_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("circular_pkey")),
    )
    op.create_index(
        "circular_key", "circular", ["district_code", "kind", "unit_code", "span"], unique=True
    )
    op.create_table(
        "circular_file",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "no"],
            ["circular.district_code", "circular.no"],
            name=op.f("circular_file_district_code_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "no", "format", name=op.f("circular_file_pkey")),
    )


def downgrade() -> None:
    for table in ("circular_file", "circular", "circular_schedule"):
        op.drop_table(table)
