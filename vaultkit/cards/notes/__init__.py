"""Cards written into notes: text, merging, imports."""
