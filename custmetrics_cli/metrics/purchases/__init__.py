"""Metrics of purchases: repeat purchases, and the concentration of revenue."""
