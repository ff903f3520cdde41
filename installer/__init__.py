"""What the player is made and shipped with; nothing here is part of it."""
