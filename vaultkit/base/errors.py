"""Errors that the user can fix: one sentence with the place, the fault and the remedy."""

from __future__ import annotations


class VaultkitError(Exception):
    """A call that cannot be carried out; the message is shown to the user unchanged."""


class FormulaError(VaultkitError):
    """A formula of a base has no value; a view shows the message in that cell."""


class ConfigError(VaultkitError):
    """The configuration file or an option on the command line is not usable."""
