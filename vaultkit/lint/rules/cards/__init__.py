"""Flashcards (FC)."""
