"""What the user can mend: one sentence with the place, the fault and the mend."""

from __future__ import annotations


class VaultkitError(Exception):
    """The call cannot be answered as asked; the message is shown to the user as it is."""


class FormulaError(VaultkitError):
    """A formula of a base has no value; a view shows the message in that cell."""


class ConfigError(VaultkitError):
    """The configuration file or an option on the command line is not usable."""
