"""The mending of a table: its shape first, then its cells, and the log of every change."""
