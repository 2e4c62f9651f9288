"""Modules that know nothing of vaults."""
