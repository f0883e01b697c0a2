"""`convert`: write checked tables as Parquet, and read such a folder back without parsing or checking its rows again."""
