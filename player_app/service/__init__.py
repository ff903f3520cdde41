"""The way to a documentary service: transport, wire format, client and signing in."""
