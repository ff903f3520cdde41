"""The operating system, one file per thing that it does for the player."""
