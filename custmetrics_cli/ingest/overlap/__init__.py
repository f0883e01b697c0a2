"""Rows of one table in several files: those that several files hold, and those of a part that cannot be read."""
