"""Models that suggest a category from a text."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

MOMENT = sa.DateTime(timezone=True)
NEEDED: dict[str, Any] = {
    "trained_at": MOMENT,
    "trained_by": sa.Text(),
    "cases": sa.Integer(),
    "until": MOMENT,
    "library": sa.Text(),
    "categories": sa.Integer(),
    "held_out": sa.Integer(),
    "top1": sa.Float(),
    "top3": sa.Float(),
    "most_frequent": sa.Float(),
    "calibration_error": sa.Float(),
    "sure": sa.Float(),
    "active": sa.Boolean(),
    "arrays": sa.LargeBinary(),
}


def upgrade() -> None:
    op.create_table(
        "suggestion_model",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in NEEDED.items()),
        sa.Column("sure_right", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("suggestion_model_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("suggestion_model_pkey")),
    )
    op.create_index(
        "suggestion_model_active_idx",
        "suggestion_model",
        ["district_code"],
        unique=True,
        postgresql_where=sa.text("active"),
    )


def downgrade() -> None:
    op.drop_table("suggestion_model")
