"""Slow links of our own, since the kernel has no netem."""
