"""Checks of flashcards."""
