"""The slow path for files with errors: locate them, explain them, and read the good rows around them."""
