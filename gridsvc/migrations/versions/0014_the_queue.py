"""Cases in the order in which they run out, as the queue shows them: the open ones, and all."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

OPEN: dict[str, sa.TextClause | None] = {
    "case_due_idx": sa.text("closed_at IS NULL"),
    "case_due_ever_idx": None,
}
ORDER: list[str | sa.TextClause] = [
    "district_code",
    sa.text("COALESCE(due_at, 'infinity'::timestamptz)"),
    "case_no",
]


def upgrade() -> None:
    for name, which in OPEN.items():
        op.drop_index(name, table_name="case_")
        op.create_index(name, "case_", ORDER, postgresql_where=which)


def downgrade() -> None:
    for name, which in OPEN.items():
        op.drop_index(name, table_name="case_")
        op.create_index(name, "case_", ["district_code", "due_at"], postgresql_where=which)
