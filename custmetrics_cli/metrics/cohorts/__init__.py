"""Cohorts: what becomes of customers who joined at the same time."""
