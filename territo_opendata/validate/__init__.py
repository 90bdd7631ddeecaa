"""The validation engine: align, screen, judge exactly what is suspect, merge."""
