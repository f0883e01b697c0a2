"""Check rows, and account for every row of a file."""
