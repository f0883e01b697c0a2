"""Customers: churn, retention, growth, lifetime."""
