"""What survives a restart: SQLite, files, and the system's store of secrets."""
