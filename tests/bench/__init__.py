"""Benchmarks: ours against a peer in the same run, in turns; they measure and never fail."""
