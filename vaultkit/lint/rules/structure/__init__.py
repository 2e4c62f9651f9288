"""Structure (ST)."""
