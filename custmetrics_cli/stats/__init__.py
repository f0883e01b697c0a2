"""Statistics: intervals and the bootstrap. Pure functions over small numbers."""
