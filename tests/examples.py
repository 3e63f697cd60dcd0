"""Where the examples lie."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
EXAMPLE = EXAMPLES / "capstone-2003-q3" / "release.txt"
EXAMPLE_ENTITY = EXAMPLES / "capstone-2003-q3" / "entity.toml"
