"""Definitions of one metric: how they follow from choices, and how they compare."""
