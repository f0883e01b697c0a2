"""Survival curves: the share of customers still there, by age."""
