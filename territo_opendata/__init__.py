"""Validate, build and publish open data on French programmes of territorial cohesion."""

__version__ = "0.1.0"
