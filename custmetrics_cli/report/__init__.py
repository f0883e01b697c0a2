"""What a report is made of, and what stands beside a value. No metric is named here: family and order say where it stands."""
