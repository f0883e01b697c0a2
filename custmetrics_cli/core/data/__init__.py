"""Datasets, the tables they read, and the totals that are counted from them."""
