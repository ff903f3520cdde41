"""The reference service: everything of the contract, for the demo and for tests."""
