"""The promises about strangers' files, each in one file: identity, writing, reading, temporary folders, shell words, characters."""
