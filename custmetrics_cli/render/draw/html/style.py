"""The style of the page: the sheet, and the colours that charts have on a dark background."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from custmetrics_cli.render.draw.charts import palette


@cache
def style() -> str:
    """Return the whole style sheet in few bytes."""
    sheet = Path(__file__).with_name("page.css").read_text("utf-8")
    return "".join(line.strip() for line in sheet.splitlines()) + _dark_charts()


def _dark_charts() -> str:
    """Return rules that exchange the colours of charts. A chart names its colours in attributes, so a rule overrides them."""
    rules = "".join(
        f'figure svg [{name}="{light}"]{{{name}:{dark}}}' for light, dark in palette.DARK.items() for name in ("fill", "stroke")
    )
    return f"@media screen and (prefers-color-scheme: dark){{{rules}}}"


@cache
def policy() -> str:
    """Return the content security policy: nothing is loaded, and only this style applies."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
