"""Write several files at once, or none; errors in the user's words."""

from __future__ import annotations

import os
from collections.abc import Iterable

from vaultkit.base.atomic_write import FileChange, NotPutBackError, write_together
from vaultkit.base.errors import VaultkitError


def write_all(root: str, changes: Iterable[FileChange]) -> None:
    """Write the changes below ``root``; a file that is not as it was read is never overwritten.

    Raises:
        VaultkitError: a file has changed since it was read, or cannot be written; nothing is changed then.
    """
    try:
        write_together(root, changes)
    except NotPutBackError as error:
        raise VaultkitError(str(error)) from error
    except ValueError as error:
        raise VaultkitError(f"{error}; nothing was changed, run the command again") from None
    except OSError as error:
        place = str(error.filename or root)
        if os.path.basename(place).startswith(".vaultkit-"):  # the hidden name of a new text
            place = os.path.dirname(place)
        raise VaultkitError(f"{place}: cannot be written ({error.strerror}); nothing was changed") from error
