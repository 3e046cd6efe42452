"""The first schema."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


EXTENSIONS = ("postgis", "btree_gist", "pg_trgm")
SEQUENCES = ("case_number", "report_number")


def upgrade() -> None:
    for extension in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    for sequence in SEQUENCES:
        op.execute(sa.schema.CreateSequence(sa.Sequence(sequence)))
    op.create_table(
        "account_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("account_token_pkey")),
    )
    op.create_table(
        "district",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("metric_srid", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("edition_no", sa.Integer(), nullable=True),
        sa.Column("rulebook_no", sa.Integer(), nullable=False),
        sa.Column("notice_zh", sa.Text(), nullable=True),
        sa.Column("notice_en", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("district_pkey")),
    )
    op.create_table(
        "post_permission",
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("post", "act", name=op.f("post_permission_pkey")),
    )
    op.create_table(
        "term",
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("catalogue", "code", name=op.f("term_pkey")),
    )
    op.create_table(
        "account",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("department_code", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("account_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "id", name=op.f("account_pkey")),
        sa.UniqueConstraint("login", name=op.f("account_login_key")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("calendar_day_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "day", name=op.f("calendar_day_pkey")),
    )
    op.create_table(
        "case_",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("category_code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("edition_no", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("chain", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("owner_unit", sa.Text(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "place",
            geoalchemy2.types.Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("border_m", sa.REAL(), nullable=True),
        sa.Column("manual", sa.Text(), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("rework_count", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("case__district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "case_no", name=op.f("case__pkey")),
    )
    op.create_index("case_chain_idx", "case_", ["chain"], unique=False, postgresql_using="gin")
    op.create_index(
        "case_due_idx",
        "case_",
        ["district_code", "due_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "case_manual_idx",
        "case_",
        ["district_code", "opened_at"],
        unique=False,
        postgresql_where=sa.text("manual IS NOT NULL"),
    )
    op.create_index(
        "case_opened_idx",
        "case_",
        ["district_code", sa.literal_column("opened_at DESC"), sa.literal_column("case_no DESC")],
        unique=False,
    )
    op.create_index(
        "case_place_idx", "case_", ["district_code", "place"], unique=False, postgresql_using="gist"
    )
    op.create_index(
        "case_stage_idx",
        "case_",
        ["district_code", "stage", sa.literal_column("opened_at DESC")],
        unique=False,
    )
    op.create_table(
        "category",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("whistle_kind", sa.Text(), nullable=True),
        sa.Column("committee_may_lead", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("category_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "code", name=op.f("category_pkey")),
    )
    op.create_table(
        "department",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("short_zh", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("aliases", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("department_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "code", name=op.f("department_pkey")),
    )
    op.create_table(
        "edition",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("edition_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("edition_pkey")),
    )
    op.create_table(
        "facility",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("floor_area_m2", sa.Double(), nullable=True),
        sa.Column("provision_mode", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("chain", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column(
            "place",
            geoalchemy2.types.Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("facility_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "code", name=op.f("facility_pkey")),
    )
    op.create_index(
        "facility_chain_idx", "facility", ["chain"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "facility_place_idx",
        "facility",
        ["district_code", "place"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_table(
        "facility_type",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("counts_toward_standard", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("facility_type_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "code", name=op.f("facility_type_pkey")),
    )
    op.create_table(
        "feed_head",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("last_no", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("feed_head_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", name=op.f("feed_head_pkey")),
    )
    op.create_table(
        "officer",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("officer_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "id", name=op.f("officer_pkey")),
    )
    op.create_index("officer_unit_idx", "officer", ["district_code", "unit_code"], unique=False)
    op.create_table(
        "opening_hours",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("opening_hours_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "district_code", "weekday", "opens", name=op.f("opening_hours_pkey")
        ),
    )
    op.create_table(
        "responsibility",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category_code", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("lead_department", sa.Text(), nullable=False),
        sa.Column("supporting", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("responsibility_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("responsibility_pkey")),
    )
    op.create_table(
        "time_limit",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category_code", sa.Text(), nullable=True),
        sa.Column("whistle_kind", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=6, scale=2, asdecimal=False), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("time_limit_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("time_limit_pkey")),
    )
    op.create_table(
        "address_point",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("edition_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column(
            "place",
            geoalchemy2.types.Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["district_code", "edition_no"],
            ["edition.district_code", "edition.no"],
            name=op.f("address_point_district_code_edition_no_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "district_code", "edition_no", "no", name=op.f("address_point_pkey")
        ),
    )
    op.create_index(
        "address_point_place_idx",
        "address_point",
        ["district_code", "place"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_index(
        "address_point_unit_idx",
        "address_point",
        ["district_code", "edition_no", "unit_code"],
        unique=False,
    )
    op.create_table(
        "case_department",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("department_code", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code", "case_no"],
            ["case_.district_code", "case_.case_no"],
            name=op.f("case_department_district_code_case_no_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "district_code", "case_no", "department_code", name=op.f("case_department_pkey")
        ),
    )
    op.create_index(
        "case_department_code_idx",
        "case_department",
        ["district_code", "department_code"],
        unique=False,
    )
    op.create_table(
        "case_event",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("by_post", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("feed_no", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code", "case_no"],
            ["case_.district_code", "case_.case_no"],
            name=op.f("case_event_district_code_case_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "case_no", "seq", name=op.f("case_event_pkey")),
    )
    op.create_index("case_event_feed_idx", "case_event", ["district_code", "feed_no"], unique=True)
    op.create_index(
        "case_event_unfed_idx",
        "case_event",
        ["district_code", "at"],
        unique=False,
        postgresql_where=sa.text("feed_no IS NULL"),
    )
    op.create_table(
        "finding",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("edition_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("no", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "edition_no"],
            ["edition.district_code", "edition.no"],
            name=op.f("finding_district_code_edition_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "edition_no", "no", name=op.f("finding_pkey")),
    )
    op.create_table(
        "grid_unit",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("edition_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("chain", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column(
            "geom",
            geoalchemy2.types.Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "shape",
            geoalchemy2.types.Geometry(
                geometry_type="MULTIPOLYGON",
                srid=3857,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "label",
            geoalchemy2.types.Geometry(
                geometry_type="POINT",
                srid=3857,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["district_code", "edition_no"],
            ["edition.district_code", "edition.no"],
            name=op.f("grid_unit_district_code_edition_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "edition_no", "code", name=op.f("grid_unit_pkey")),
    )
    op.create_index(
        "grid_unit_geom_idx",
        "grid_unit",
        ["district_code", "edition_no", "geom"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_index(
        "grid_unit_parent_idx",
        "grid_unit",
        ["district_code", "edition_no", "parent_code"],
        unique=False,
    )
    op.create_index(
        "grid_unit_shape_idx",
        "grid_unit",
        ["district_code", "edition_no", "level", "shape"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_table(
        "report",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("report_no", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("category_code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reporter_name", sa.Text(), nullable=True),
        sa.Column("reporter_phone", sa.Text(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("datum", sa.Text(), nullable=True),
        sa.Column("accuracy_m", sa.REAL(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code", "case_no"],
            ["case_.district_code", "case_.case_no"],
            name=op.f("report_district_code_case_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "report_no", name=op.f("report_pkey")),
    )
    op.create_index("report_case_idx", "report", ["district_code", "case_no"], unique=False)
    op.create_index(
        "report_request_key", "report", ["district_code", "account_id", "request_key"], unique=True
    )


def downgrade() -> None:
    op.drop_index("report_request_key", table_name="report")
    op.drop_index("report_case_idx", table_name="report")
    op.drop_table("report")
    op.drop_index("grid_unit_shape_idx", table_name="grid_unit", postgresql_using="gist")
    op.drop_index("grid_unit_parent_idx", table_name="grid_unit")
    op.drop_index("grid_unit_geom_idx", table_name="grid_unit", postgresql_using="gist")
    op.drop_table("grid_unit")
    op.drop_table("finding")
    op.drop_index(
        "case_event_unfed_idx", table_name="case_event", postgresql_where=sa.text("feed_no IS NULL")
    )
    op.drop_index("case_event_feed_idx", table_name="case_event")
    op.drop_table("case_event")
    op.drop_index("case_department_code_idx", table_name="case_department")
    op.drop_table("case_department")
    op.drop_index("address_point_unit_idx", table_name="address_point")
    op.drop_index("address_point_place_idx", table_name="address_point", postgresql_using="gist")
    op.drop_table("address_point")
    op.drop_table("time_limit")
    op.drop_table("responsibility")
    op.drop_table("opening_hours")
    op.drop_index("officer_unit_idx", table_name="officer")
    op.drop_table("officer")
    op.drop_table("feed_head")
    op.drop_table("facility_type")
    op.drop_index("facility_place_idx", table_name="facility", postgresql_using="gist")
    op.drop_index("facility_chain_idx", table_name="facility", postgresql_using="gin")
    op.drop_table("facility")
    op.drop_table("edition")
    op.drop_table("department")
    op.drop_table("category")
    op.drop_index("case_stage_idx", table_name="case_")
    op.drop_index("case_place_idx", table_name="case_", postgresql_using="gist")
    op.drop_index("case_opened_idx", table_name="case_")
    op.drop_index(
        "case_manual_idx", table_name="case_", postgresql_where=sa.text("manual IS NOT NULL")
    )
    op.drop_index("case_due_idx", table_name="case_", postgresql_where=sa.text("closed_at IS NULL"))
    op.drop_index("case_chain_idx", table_name="case_", postgresql_using="gin")
    op.drop_table("case_")
    op.drop_table("calendar_day")
    op.drop_table("account")
    op.drop_table("term")
    op.drop_table("post_permission")
    op.drop_table("district")
    op.drop_table("account_token")
    for sequence in SEQUENCES:
        op.execute(sa.schema.DropSequence(sa.Sequence(sequence)))
