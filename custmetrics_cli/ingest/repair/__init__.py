"""The slow path for files with errors: locate, explain, patch."""
