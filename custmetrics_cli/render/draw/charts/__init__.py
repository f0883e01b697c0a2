"""Charts drawn as Vega-Lite specifications, as SVG and PNG, and as text."""
