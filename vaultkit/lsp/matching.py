"""How well a name fits what was typed."""

from __future__ import annotations

from vaultkit.vault.resolve import fold


def score(typed: str, name: str) -> int | None:
    """A number, the smaller the better; None if the letters of ``typed`` are not all in ``name`` in this order.

    >>> score("bet", "Beta") < score("bet", "Alphabet") < score("bt", "Beta")
    True
    """
    wanted, folded = fold(typed.strip()), fold(name)
    if not wanted:
        return 0
    at = folded.find(wanted)
    if at == 0:
        return 0 if len(folded) == len(wanted) else 1
    if at > 0:
        return 2 if not folded[at - 1].isalnum() else 3
    position = -1
    for letter in wanted:
        position = folded.find(letter, position + 1)
        if position < 0:
            return None
    return 4
