"""The JSON of docs/service.md, bounded and checked, into values of the core; only here."""
