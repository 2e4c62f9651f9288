"""Links (LK)."""
