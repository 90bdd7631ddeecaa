"""The page on this machine where a person checks and mends a file, without a command line.

It needs the extra `web`. Nothing in it is loaded unless `territo serve` is run.
"""
