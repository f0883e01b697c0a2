"""From bytes to columns of distinct texts."""
