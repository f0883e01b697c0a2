"""Pages drawn as text, for terminals and pipes."""
