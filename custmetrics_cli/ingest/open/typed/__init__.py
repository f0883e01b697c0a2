"""Typed columns: their exact texts, and files that are read column by column without a copy as CSV."""
