"""Flashcards: read from notes, read from other programs' files, checked, written, exported."""
