"""Inspect files: how each one is read, and the settings file that keeps it."""
