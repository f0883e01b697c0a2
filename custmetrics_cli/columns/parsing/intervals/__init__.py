"""Billing intervals: their words in ten languages, and how they are read."""
