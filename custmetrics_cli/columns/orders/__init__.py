"""Kinds of column that decide if a row of purchases is a sale: states of a payment, types of rows, yes and no."""
