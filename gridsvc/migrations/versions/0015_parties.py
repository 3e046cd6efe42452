"""Successors of departments, people who hold posts of departments, linked leaders, and how people
are reached."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

PEOPLE = sa.ARRAY(sa.Uuid())
COLUMNS: dict[str, list[tuple[str, Any]]] = {
    "department": [("successor_code", sa.Text())],
    "officer": [
        ("department_code", sa.Text()),
        ("employment", sa.Text()),
        ("email", sa.Text()),
    ],
    "report": [("reporter_email", sa.Text())],
    "case_": [("leaders", PEOPLE), ("leaders_in", PEOPLE)],
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.alter_column("officer", "unit_code", nullable=True)
    op.create_check_constraint(
        op.f("officer_placed_check"),
        "officer",
        "unit_code IS NOT NULL OR department_code IS NOT NULL",
    )
    op.create_index("officer_department_idx", "officer", ["district_code", "department_code"])
    op.add_column("district", sa.Column("language", sa.Text(), server_default="zh", nullable=False))
    op.alter_column("district", "language", server_default=None)


def downgrade() -> None:
    op.drop_column("district", "language")
    op.drop_index("officer_department_idx", table_name="officer")
    op.drop_constraint(op.f("officer_placed_check"), "officer")
    op.execute("DELETE FROM officer WHERE unit_code IS NULL")
    op.alter_column("officer", "unit_code", nullable=False)
    for table, columns in COLUMNS.items():
        for name, _ in columns:
            op.drop_column(table, name)
