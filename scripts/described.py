"""What the API says of itself, and the console's types made from it; both are committed."""

from pathlib import Path

from scripts import console, steps
from scripts.places import CONSOLE, VENV
from scripts.words import say

DESCRIPTION = CONSOLE / "openapi.json"
TYPES = CONSOLE / "src/api/schema.d.ts"
DESCRIBE = """
import json, sys
from pathlib import Path
from api.app import create_app
said = json.dumps(create_app().openapi(), ensure_ascii=False, indent=1)
Path(sys.argv[1]).write_text(said + "\\n", encoding="utf-8")
"""


def write() -> None:
    """Write both anew from the sources."""
    node = console.ensure_packages()
    steps.run("openapi", [VENV / "bin/python", "-c", DESCRIBE, DESCRIPTION])
    steps.run("console-types", types(DESCRIPTION, TYPES), env=node.env, cwd=CONSOLE)
    say("已写入接口说明与类型", "the description of the API and its types are written")


def types(description: Path, to: Path) -> list[str | Path]:
    """The command that makes TypeScript types from a description."""
    return ["npm", "exec", "--no", "--", "openapi-typescript", description, "-o", to]
