"""Compile the template. The compiler is an extra, imported on first use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.render.draw.pdf.content import content

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Paper

FOLDER = Path(__file__).parent


def pdf(paper: Paper) -> bytes:
    """Return a tagged PDF with its own font and no date. Raises CustmetricsError E120 without the extra."""
    try:
        import typst
    except ImportError:
        hint = "install it: pip install 'custmetrics[pdf]'"
        raise CustmetricsError(Problem("E120", "PDF needs the extra pdf", hint=hint)) from None
    template = (FOLDER / "page.typ").read_bytes()
    inputs = {"paper": json.dumps(content(paper), ensure_ascii=False)}
    fonts: list[Any] = [str(FOLDER / "fonts")]
    return bytes(typst.compile(template, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs, format="pdf", timestamp=0))
