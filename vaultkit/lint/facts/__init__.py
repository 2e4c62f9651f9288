"""Facts about notes and the vault that several rules use."""
