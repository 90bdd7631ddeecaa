"""The columnar executor: the same results as the plain one, for large tables, by Polars.

Loaded only for tables large enough to repay the loading of Polars and numpy.
"""
