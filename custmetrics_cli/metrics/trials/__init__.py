"""Trials: how many become paying customers."""
