"""Unit economics: acquisition cost, lifetime value, return on advertising, what-if."""
