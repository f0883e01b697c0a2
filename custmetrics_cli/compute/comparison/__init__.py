"""Comparisons of a metric with another period, and their verdicts."""
