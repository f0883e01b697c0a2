"""What a command answers, as values: the only input of render/."""
