"""Metrics that join two subjects: MRR at risk, NPS of leavers, MRR with one-off purchases."""
