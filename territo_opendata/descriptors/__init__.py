"""Descriptors of the Data Package standard, read into frozen values."""
