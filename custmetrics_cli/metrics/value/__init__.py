"""Predicted value: customers who still order, their next orders, and the payments to expect of subscribers."""
