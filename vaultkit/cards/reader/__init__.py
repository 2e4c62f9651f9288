"""Readers of flashcards in notes."""
