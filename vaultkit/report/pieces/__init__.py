"""Pieces that several report formats share."""
