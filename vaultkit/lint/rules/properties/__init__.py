"""Properties and tags (PR)."""
