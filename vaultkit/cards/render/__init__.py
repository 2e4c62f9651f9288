"""The text of a card as Obsidian shows it, in HTML or in plain text."""
