"""Answers as data: JSON records and flat rows."""
