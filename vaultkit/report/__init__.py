"""Reports: findings to the text of one format, one format a file."""
