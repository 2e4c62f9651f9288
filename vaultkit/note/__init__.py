"""One note: bytes to values, purely."""
