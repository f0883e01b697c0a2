"""What metrics count: datasets, the tables they read, and the totals taken from them."""
