"""Forecasts of the next months, from the months so far."""
