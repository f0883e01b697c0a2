"""Text as HTML. Nothing in a text is markup, and no mark in it changes the direction of the text around it."""

from __future__ import annotations

import html

from custmetrics_cli.render.text import safe


def text(value: str) -> str:
    r"""Return text as content.

    >>> text('<script>a"\u202e')
    '&lt;script&gt;a&quot;\\u202e'
    """
    return html.escape(safe(value))


def attribute(value: str) -> str:
    """Return text as the value of an attribute, in quotes."""
    return f'"{text(value)}"'
