"""Customer metrics from CSV exports, with the totals behind every number."""

__version__ = "0.1.0"
