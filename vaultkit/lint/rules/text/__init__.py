"""Text (TX)."""
