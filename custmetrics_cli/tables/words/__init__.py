"""The words of headers by role, as data: one file per subject. ё is written е."""
