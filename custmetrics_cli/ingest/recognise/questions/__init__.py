"""Find the question of a survey in a header, and what the header, the cells and the preset show about its answers."""
