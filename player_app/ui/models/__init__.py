"""Lists that QML shows, over tuples of frozen rows."""
