"""Days, calendar units and periods."""
