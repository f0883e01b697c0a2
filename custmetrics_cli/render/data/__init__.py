"""Machine-readable output: JSON records and flat rows."""
