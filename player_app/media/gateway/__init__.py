"""The loopback HTTP server that libVLC plays from, and that hides every fault of the network."""
