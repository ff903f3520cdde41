"""Verité, a desktop player for documentary services."""

__version__ = "0.1.0"
