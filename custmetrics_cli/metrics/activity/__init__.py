"""Metrics of user activity."""
