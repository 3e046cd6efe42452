"""Clocks for every stage and department, what is asked for on the way, and photos of the work."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)
COLUMNS: dict[str, list[tuple[str, Any]]] = {
    "case_": [
        ("leader", sa.Text()),
        ("section", sa.Text()),
        ("hung_up_at", MOMENT),
        ("supervision", sa.Text()),
        ("fault", sa.Text()),
    ],
    "case_department": [
        ("reported_in_how", sa.Text()),
        ("distance_m", sa.REAL()),
        ("task", sa.Text()),
        ("done_at", MOMENT),
        ("done_by", sa.Uuid()),
        ("released_at", MOMENT),
    ],
    "time_limit": [
        ("step", sa.Integer()),
        ("name_zh", sa.Text()),
        ("name_en", sa.Text()),
    ],
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.add_column(
        "time_limit", sa.Column("clock", sa.Text(), server_default="case", nullable=False)
    )
    op.alter_column("time_limit", "clock", server_default=None)
    op.add_column(
        "category",
        sa.Column("photo_required", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _clocks()
    _asks()
    _photos()
    _rows()


def _of_case(table: str) -> list[Any]:
    return [
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "case_no"],
            ["case_.district_code", "case_.case_no"],
            name=op.f(f"{table}_district_code_case_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "case_no", "no", name=op.f(f"{table}_pkey")),
    ]


def _clocks() -> None:
    op.create_table(
        "case_clock",
        *_of_case("case_clock"),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("department_code", sa.Text(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("limit_no", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("rest", sa.Double(), nullable=True),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("mark_at", MOMENT, nullable=True),
        sa.Column("marks", sa.Integer(), nullable=False),
    )
    op.create_index(
        "case_clock_mark_idx",
        "case_clock",
        ["district_code", "mark_at"],
        postgresql_where=sa.text("mark_at IS NOT NULL"),
    )


def _asks() -> None:
    op.create_table(
        "case_ask",
        *_of_case("case_ask"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("department_code", sa.Text(), nullable=True),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
    )
    op.create_index(
        "case_ask_open_idx",
        "case_ask",
        ["district_code", "asked_at"],
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def _photos() -> None:
    op.create_table(
        "case_photo",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("distance_m", sa.REAL(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code", "case_no", "seq"],
            ["case_event.district_code", "case_event.case_no", "case_event.seq"],
            name=op.f("case_photo_district_code_case_no_seq_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["district_code", "photo_id"],
            ["photo.district_code", "photo.id"],
            name=op.f("case_photo_district_code_photo_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "district_code", "case_no", "seq", "photo_id", name=op.f("case_photo_pkey")
        ),
    )
    op.create_index("case_photo_photo_idx", "case_photo", ["district_code", "photo_id"])


def _of_district(table: str, key: sa.Column[Any]) -> list[Any]:
    return [
        sa.Column("district_code", sa.Text(), nullable=False),
        key,
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f(f"{table}_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", key.name, name=op.f(f"{table}_pkey")),
    ]


def _rows() -> None:
    op.create_table(
        "supervision",
        *_of_district("supervision", sa.Column("no", sa.Integer(), nullable=False)),
        sa.Column("clock", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(6, 2), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("tells_post", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
    )
    op.create_table(
        "setting",
        *_of_district("setting", sa.Column("name", sa.Text(), nullable=False)),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    for table in ("setting", "supervision", "case_photo", "case_ask", "case_clock"):
        op.drop_table(table)
    op.drop_column("category", "photo_required")
    op.drop_column("time_limit", "clock")
    for table, columns in COLUMNS.items():
        for name, _ in columns:
            op.drop_column(table, name)
