"""Metrics of two tables: MRR at risk, NPS of customers who left, MRR with one-off purchases."""
