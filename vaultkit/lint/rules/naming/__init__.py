"""Naming (NM)."""
