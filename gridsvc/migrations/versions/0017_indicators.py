"""The governance indicators and their values by year."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0017"
down_revision = "0016"

PRINTED = (
    "current_city",
    "current_district",
    "target_city",
    "target_district",
    "current_unknown",
    "target_unknown",
    "value_unknown",
)
MORE = ("uncertain_note", "computation", "computation_of", "needs_zh", "needs_en")


def _texts(*names: str, nullable: bool) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def upgrade() -> None:
    op.create_table(
        "indicator",
        *_texts("district_code", "code", nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("level1", "level2", "level3", "name_zh", "name_en", nullable=False),
        *_texts("unit", "constraint_kind", nullable=True),
        sa.Column("departments", ARRAY(sa.Text()), nullable=False),
        *_texts("source_zh", *PRINTED, nullable=True),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        *_texts(*MORE, nullable=True),
        *_texts("source", nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("indicator_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "code", name=op.f("indicator_pkey")),
    )
    op.create_table(
        "indicator_value",
        *_texts("district_code", nullable=False),
        sa.Column("no", sa.BigInteger(), sa.Identity(), nullable=False),
        *_texts("indicator_code", nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *_texts("scope", "part", nullable=False),
        *_texts("value", nullable=True),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        *_texts("note", nullable=True),
        *_texts("origin", nullable=False),
        sa.Column("behind", JSONB(), nullable=True),
        *_texts("entered_by", nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("indicator_value_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("indicator_value_pkey")),
    )
    op.create_index(
        "indicator_value_key",
        "indicator_value",
        ["district_code", "year", "indicator_code", "scope", "part"],
    )


def downgrade() -> None:
    op.drop_table("indicator_value")
    op.drop_table("indicator")
