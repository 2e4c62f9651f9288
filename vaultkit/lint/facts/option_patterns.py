"""Regular expressions in the options of rules."""

from __future__ import annotations

import re
from functools import lru_cache

from vaultkit.base.errors import ConfigError
from vaultkit.base.patterns import compile_quick
from vaultkit.base.text import code_span


@lru_cache(maxsize=64)
def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled expression.

    Raises:
        ConfigError: it is invalid, or could take too long.
    """
    try:
        return compile_quick(pattern, flags)
    except re.error as error:
        raise ConfigError(f"patterns: invalid regular expression {code_span(pattern)}: {error}") from error
