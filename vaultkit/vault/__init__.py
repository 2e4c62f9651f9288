"""Everything that crosses notes."""
