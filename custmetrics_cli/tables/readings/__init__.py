"""Other ways to read ends and amounts, which the definitions of other systems ask for."""
