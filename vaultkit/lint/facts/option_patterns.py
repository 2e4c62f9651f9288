"""Regular expressions that stand in the options of rules."""

from __future__ import annotations

import re
from functools import lru_cache

from vaultkit.base.errors import ConfigError
from vaultkit.base.patterns import compile_quick


@lru_cache(maxsize=64)
def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled expression.

    Raises:
        ConfigError: it is none, or could take for ever.
    """
    try:
        return compile_quick(pattern, flags)
    except re.error as error:
        raise ConfigError(f"patterns: {pattern!r} cannot be used as a regular expression ({error})") from error
