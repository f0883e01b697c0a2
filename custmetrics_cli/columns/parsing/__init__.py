"""The parts that kinds of column are made of: texts, words, numbers, dates, time zones, and the two readers."""
