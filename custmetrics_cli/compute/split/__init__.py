"""Splitting and filtering: --by, --where and columns of other tables."""
