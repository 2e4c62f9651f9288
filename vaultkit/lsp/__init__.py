"""The language server: what `check`, `move`, `rename` and the links of a vault say, in an editor."""
