"""A link or embed opens a file on this disk that git does not have and the commit does not add.

Why:     here all looks well, and in every clone of the vault there is a grey box. Most often a picture was
         pasted and never added, or a line of .gitignore hides it.
Fix:     none; the message has the `git add` line. Told by `vaultkit hook`, which knows the commit.
Source:  git's index: what is tracked or staged will be in the commit, all else will not.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import severity_of, untracked_links

CODE = "EM009"
SEVERITY = "warning"
BAD = None
GOOD = {"a.md": "![[p.png]]", "p.png": ""}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Links to files that only this disk has."""
    for path, link, target in untracked_links(vault):
        message = f"{target} is on this disk, but {vault.untracked[target]}"
        yield path, Fault(link.start, link.end, message, target, None, (), severity_of(link))
