"""Parts of an answer that state its definition and where that comes from."""
