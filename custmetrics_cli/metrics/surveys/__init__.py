"""Survey metrics: NPS, CSAT, CES."""
