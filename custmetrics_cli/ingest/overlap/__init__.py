"""Find rows that several files of one table hold: exports whose periods overlap, and snapshots of different days."""
