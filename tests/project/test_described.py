"""The console's copy of what the API says of itself, and the types made from it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from api.app import create_app
from scripts import described, node
from scripts.places import CONSOLE

ANEW = "`make api` writes openapi.json and schema.d.ts anew"


def test_the_consoles_description_is_what_the_api_says() -> None:
    held = json.loads(described.DESCRIPTION.read_text("utf-8"))
    assert held == json.loads(json.dumps(create_app().openapi())), ANEW


def test_the_consoles_types_are_made_from_it(tmp_path: Path) -> None:
    if not (CONSOLE / "node_modules").is_dir():
        pytest.skip("the console's packages are not installed (make does it)")
    made = tmp_path / "schema.d.ts"
    subprocess.run(
        [str(word) for word in described.types(described.DESCRIPTION, made)],
        cwd=CONSOLE,
        env=os.environ | node.ensure().env,
        check=True,
        capture_output=True,
    )
    assert made.read_text("utf-8") == described.TYPES.read_text("utf-8"), ANEW
