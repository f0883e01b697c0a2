"""Warnings about what the header and the cells of a file leave in doubt."""
