"""Ciphertext on disk: files that prove themselves, and an index beside them that can be lost."""
