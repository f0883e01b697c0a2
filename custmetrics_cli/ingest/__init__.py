"""From the input files to validated tables: every row is accounted for, every error located."""
