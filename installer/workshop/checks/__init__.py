"""What `dev.py check` looks at beyond ruff and mypy; each yields the sentences that are wrong."""
