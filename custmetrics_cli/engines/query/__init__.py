"""Queries that run on every engine."""
