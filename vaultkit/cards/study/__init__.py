"""Reviewing cards: sessions and schedules."""
