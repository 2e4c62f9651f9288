"""The rules, one a file, in the groups of their codes."""
