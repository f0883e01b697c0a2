"""Splitting and filtering rows: --by, --where, and columns looked up in other tables."""
