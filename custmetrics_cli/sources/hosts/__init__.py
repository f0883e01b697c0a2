"""The hosts: a file here that declares HOST is one, called as the engine is."""
