"""Fitted models: survival, customer value, forecasts and the risk of leaving. Pure functions over small histograms."""
