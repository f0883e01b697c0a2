"""Print the oldest supported version of each library, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
NEEDS = re.compile(r"([A-Za-z0-9-]+)>=([0-9.]+)")

if __name__ == "__main__":
    needed = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"]
    print("\n".join(f"{match[1]}=={match[2]}.*" for text in needed if (match := NEEDS.match(text))))  # noqa: T201
