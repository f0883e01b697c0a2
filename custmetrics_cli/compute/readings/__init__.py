"""Rows under other definitions: who counts, when they end and what they pay."""
