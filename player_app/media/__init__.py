"""Playing: the gateway between the service and libVLC, the engine, playlists and captions."""
