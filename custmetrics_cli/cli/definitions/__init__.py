"""Definitions of other systems: the profile that a command uses, and what it refuses."""
