"""Customers at risk: signals, what they would have caught in the past, and a score."""
