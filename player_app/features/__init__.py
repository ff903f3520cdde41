"""What a viewer can do, as plain blocking Python."""
