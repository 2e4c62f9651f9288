"""Embeds and images (EM)."""
