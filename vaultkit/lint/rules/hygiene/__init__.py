"""Vault hygiene (HY)."""
