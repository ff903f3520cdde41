"""Stand-ins for what can't run in a test: browser and keyring."""
