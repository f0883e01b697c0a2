"""Open the input files: find them, unpack them, decode them."""
