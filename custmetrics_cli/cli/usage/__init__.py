"""Help, exit statuses, and hints about commands that cannot be read."""
