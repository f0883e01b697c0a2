"""Metrics of purchases."""
