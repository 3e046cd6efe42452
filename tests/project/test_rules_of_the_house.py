"""Rules of the house that no linter knows, each with a machine that keeps it."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi.routing import APIRoute
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import Session

from api.app import create_app
from api.errors import FAULTS, STATUS
from gridsvc import db, defaults, schema
from gridsvc.errors import GridError
from gridsvc.loop import EFFECTS
from gridsvc.rules.lifecycle import MOVES, STAGE_NAMES, Stage
from gridsvc.schema import ours
from tests.conftest import CLONE, SERVER, clone

ROOT = Path(__file__).parents[2]
PACKAGES = ("gridsvc", "geodata", "maps", "api")
MODULES = [
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "node_modules" not in path.parts
]


def found(pattern: str, allowed: set[str]) -> list[str]:
    """Modules that hold the pattern although they are not allowed to."""
    return [
        str(path.relative_to(ROOT))
        for path in MODULES
        if re.search(pattern, path.read_text("utf-8"))
        and str(path.relative_to(ROOT)) not in allowed
    ]


def test_transactions_begin_and_end_in_one_place() -> None:
    edges = {"gridsvc/db.py", "gridsvc/migrations/env.py", "api/deps.py", "api/commands/grid.py"}
    assert found(r"\.commit\b", edges) == []


def test_only_the_edges_look_at_the_clock() -> None:
    commands = {
        f"api/commands/{name}.py"
        for name in (
            "assess",
            "audit",
            "circulars",
            "grid",
            "heat",
            "indicators",
            "people",
            "plan",
            "rules",
            "suggest",
            "walk",
        )
    }
    edges = {"api/deps.py", "api/cli.py"} | commands
    assert found(r"datetime\.now|date\.today|time\.time\(", edges) == []


def test_nothing_in_the_code_knows_the_first_district() -> None:
    assert found(r"(?i)guandu|官渡|kunming|昆明|530111", set()) == []


def test_every_error_has_a_status_and_both_languages() -> None:
    kinds = set(GridError.__subclasses__())
    assert set(STATUS) == kinds
    for kind in kinds:
        assert re.search(r"[\u4e00-\u9fff]|^\{zh\}$", kind.zh), kind
        assert kind.en.isascii(), kind
        assert set(re.findall(r"{(\w+)}", kind.zh)) - {"zh"} == (
            set(re.findall(r"{(\w+)}", kind.en)) - {"en"}
        ), kind
    assert all(words.en.isascii() for words in FAULTS.values())


def test_every_setting_is_documented() -> None:
    settings = set(re.findall(r"GRIDSVC_\w+", (ROOT / "gridsvc/config.py").read_text("utf-8")))
    described = set(re.findall(r"GRIDSVC_\w+", (ROOT / "README.md").read_text("utf-8")))
    assert settings - {"GRIDSVC_"} <= described


def test_every_move_has_an_effect_and_a_post_that_may_make_it() -> None:
    assert set(EFFECTS) == set(MOVES)
    granted = {row["act"] for row in defaults.shipped("permissions.csv")}
    assert {f"case.{code}" for code in MOVES} <= granted


def test_shipped_words_name_what_the_code_names() -> None:
    terms: dict[str, set[str]] = {}
    for row in defaults.shipped("terms.csv"):
        terms.setdefault(row["catalogue"], set()).add(row["code"])
        assert re.search(r"[\u4e00-\u9fff]", row["name_zh"]), row
        assert row["name_en"] and row["source"], row
    assert {row["post"] for row in defaults.shipped("permissions.csv")} <= terms["post"]
    assert set(STAGE_NAMES) == set(Stage)


def test_every_route_is_asked_by_some_test() -> None:
    asked = "".join(
        path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)
    )
    routes = [route for route in _routes() if route.include_in_schema]
    assert len(routes) >= 18
    for route in routes:
        fixed = route.path.split("{")[0].rstrip("/")
        assert fixed in asked, f"no test asks {route.path}"


def _routes() -> list[APIRoute]:
    app = create_app()
    paths = app.openapi()["paths"]
    return [
        APIRoute(path, lambda: None, methods=[method.upper()])
        for path, methods in paths.items()
        for method in methods
    ]


def test_the_description_of_the_api_is_whole() -> None:
    """Every operation says what it does; the front door has an example."""
    description = create_app().openapi()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), f"{method} {path}"
            assert operation["responses"], path
    assert description["components"]["schemas"]["ReportIn"]["examples"]
    assert {"ReceiptOut", "ProblemOut", "CaseOut"} <= set(description["components"]["schemas"])


@pytest.fixture
def empty_database() -> str:
    name = f"{CLONE}_migrations"
    clone(name)
    return name


def test_migrations_make_what_the_models_say_and_can_be_undone(empty_database: str) -> None:
    engine = create_engine(SERVER.set(database=empty_database))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, db.Base.metadata) == []
    with engine.connect() as connection:
        command.downgrade(schema.config(connection), "base")
        left = set(inspect(connection).get_table_names()) & set(db.Base.metadata.tables)
        assert left == set()
    with engine.connect() as connection:
        command.upgrade(schema.config(connection), "head")
        assert schema.is_current(connection)
    engine.dispose()
    with create_engine(
        SERVER.set(database="postgres"), isolation_level="AUTOCOMMIT"
    ).connect() as c:
        c.exec_driver_sql(f"DROP DATABASE {empty_database} WITH (FORCE)")


def test_the_database_can_search_chinese(session: Session) -> None:
    schema.check_locale(session.connection())
    similar = session.connection().exec_driver_sql("SELECT similarity('关上街道', '关上街道办')")
    assert similar.scalar_one() > 0.5
