"""Foreign card files, read: one format a file."""
