"""What the viewer reads when something went wrong: the one place that makes sentences."""
