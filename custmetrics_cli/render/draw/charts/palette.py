"""The colours and sizes of charts. A page may exchange each colour for that of a dark background."""

from __future__ import annotations

INK, MUTED, GRID, PAPER = "#1c2530", "#566270", "#dfe4ea", "#ffffff"
ACCENT, BAND = "#0b5cad", "#d3e3f3"
LEVEL = "#5a6673"
GAINS = ("#1b7f4b", "#5fa86e", "#9bd0a4", "#c5e5c9")
LOSSES = ("#b83226", "#e39a55", "#f0c9a0", "#8c5a2b")
LINES = ("#0b5cad", "#b4531a", "#1b7f4b", "#7a4bb0", "#8a6d00", "#a3195b")
MIDDLE = "#c3cad2"  # neither gain nor loss, such as passives
BAD = "#b83226"
# Each colour of a light page, with its counterpart on a dark one.
DARK = {
    INK: "#e8ecf1", MUTED: "#a9b4c0", GRID: "#323b46", PAPER: "#14181d", ACCENT: "#6db1f5", BAND: "#22405f", LEVEL: "#94a0ad",
    "#1b7f4b": "#3fae74", "#5fa86e": "#6fbf83", "#9bd0a4": "#a5d9b0", "#c5e5c9": "#cfeed4", "#b83226": "#ef7466",
    "#e39a55": "#eba766", "#f0c9a0": "#f3d3b2", "#8c5a2b": "#c08a55", "#b4531a": "#f0935a", "#7a4bb0": "#b792e6",
    "#8a6d00": "#d8b530", "#a3195b": "#f07fb1", MIDDLE: "#67727e",
}  # fmt: skip
FONT = "Liberation Sans, Arimo, Arial, sans-serif"  # a font that the renderer has, so that widths are the same everywhere
WIDTH, HEIGHT = 440, 210
TEXT, SMALL = 12, 11
