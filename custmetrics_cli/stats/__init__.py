"""Intervals, the bootstrap and fitted models: pure functions over small numbers."""
