"""Ratings of whistles, appeals, months that are frozen; and what was changed in the settings."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0019"
down_revision = "0018"

MOMENT = sa.DateTime(timezone=True)
# Made in 0007.
APPEND_ONLY = """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION append_only();
"""
KEPT = ("assessment_frozen", "change_log")


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _of_case(table: str) -> list[Any]:
    return [
        sa.ForeignKeyConstraint(
            ["district_code", "case_no"],
            ["case_.district_code", "case_.case_no"],
            name=op.f(f"{table}_district_code_case_no_fkey"),
        )
    ]


def _of_district(table: str) -> list[Any]:
    return [
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f(f"{table}_district_code_fkey")
        )
    ]


def upgrade() -> None:
    op.create_table(
        "whistle_rating",
        *(_text(name) for name in ("district_code", "case_no", "department_code")),
        *(sa.Column(n, sa.Integer(), nullable=False) for n in ("proper", "described", "help")),
        _text("note"),
        sa.Column("rated_at", MOMENT, nullable=False),
        sa.Column("rated_by", sa.Uuid(), nullable=False),
        _text("by_name"),
        *_of_case("whistle_rating"),
        sa.PrimaryKeyConstraint(
            "district_code", "case_no", "department_code", name=op.f("whistle_rating_pkey")
        ),
    )
    _appeals()
    op.create_table(
        "assessment_cutoff",
        *(_text(name) for name in ("district_code", "month")),
        sa.Column("cut_off", MOMENT, nullable=False),
        _text("set_by"),
        sa.Column("set_at", MOMENT, nullable=False),
        *_of_district("assessment_cutoff"),
        sa.PrimaryKeyConstraint("district_code", "month", name=op.f("assessment_cutoff_pkey")),
    )
    op.create_table(
        "assessment_frozen",
        *(_text(name) for name in ("district_code", "month")),
        sa.Column("cut_off", MOMENT, nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False),
        _text("frozen_by"),
        sa.Column("scales", JSONB(), nullable=False),
        sa.Column("kept", JSONB(), nullable=False),
        *_of_district("assessment_frozen"),
        sa.PrimaryKeyConstraint("district_code", "month", name=op.f("assessment_frozen_pkey")),
    )
    op.create_table(
        "change_log",
        _text("district_code"),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        *(_text(name) for name in ("subject", "key")),
        sa.Column("before", JSONB(none_as_null=True), nullable=True),
        sa.Column("after", JSONB(none_as_null=True), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        *(_text(name) for name in ("by_name", "by_post", "reason")),
        *_of_district("change_log"),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("change_log_pkey")),
    )
    for table in KEPT:
        op.execute(APPEND_ONLY.format(table=table))


def _appeals() -> None:
    op.create_table(
        "assessment_appeal",
        _text("district_code"),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        *(_text(name) for name in ("case_no", "side", "body", "figure")),
        sa.Column("was", sa.Double(), nullable=False),
        _text("reason"),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        _text("asked_name"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        _text("decided_name", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        _text("answer", nullable=True),
        *_of_case("assessment_appeal"),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("assessment_appeal_pkey")),
    )
    op.create_index(
        "assessment_appeal_figure_idx",
        "assessment_appeal",
        ["district_code", "case_no", "body", "figure"],
        unique=True,
    )
    op.create_index(
        "assessment_appeal_open_idx",
        "assessment_appeal",
        ["district_code", "asked_at"],
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def downgrade() -> None:
    for table in (*KEPT, "assessment_cutoff", "assessment_appeal", "whistle_rating"):
        op.drop_table(table)
