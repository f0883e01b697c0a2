"""Days, units of the calendar and periods."""
