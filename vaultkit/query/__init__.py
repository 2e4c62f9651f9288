"""What Obsidian's own command line answers about a vault, as pure functions over a `Snapshot`."""
