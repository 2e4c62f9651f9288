"""A file still has the name it was born with: ``Untitled 3.md``, ``Pasted image 20240528225721.png``.

Why:     nobody finds it by name, and a picture's name is all that a search for pictures has.
Fix:     none: the file would have to be renamed, and its links with it; Obsidian does both at once.
Source:  Obsidian's own default names, also in other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.index.vault import Vault, basename
from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import vault_rule

CODE = "NM005"
SEVERITY = "info"
PRESETS = ()
BAD = {"a.md": "![[Pasted image 20240528225721.png]]", "Pasted image 20240528225721.png": None, "Untitled 3.md": ""}
GOOD = {"a.md": "![[top-p sampling.png]]", "top-p sampling.png": None, "Sampling.md": ""}

_PICTURE = re.compile(
    r"(?:Pasted image|Screenshot|Screen Shot|Bildschirmfoto|Capture d.écran|Captura de pantalla|Recording|image|IMG|Clipboard)"
    r"[ _-]?(?:from[ _])?\d[\d _.,:-]*(?:at[ _]|um[ _]|à[ _])?[\d _.:-]*(?:[AP]M)?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:Untitled|Unbenannt|Sans titre|Sin título|Senza nome|Naamloos|Без названия|未命名|無題)(?: \d+)?"
)


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Default names, each told once: at the first embed, whether or not the file is there, else at the file."""
    told: set[str] = set()
    for path, note in vault.notes.items():
        places = [(link.start, link.end, link.linkpath) for link in note.links if link.is_embed]
        places += [
            (item.start, item.end, item.text.partition("|")[0])
            for item in note.malformed
            if item.kind == "unclosed-embed"
        ]
        for start, end, linkpath in places:
            name = linkpath.strip().rpartition("/")[2]
            if name not in told and "." in name and _PICTURE.fullmatch(basename(name)):
                told.add(name)
                yield path, Fault(start, end, f"{name} is a default name; call the picture what it shows", name)
    for path, file in vault.files.items():
        name = path.rpartition("/")[2]
        if file.kind == "attachment" and name not in told and _PICTURE.fullmatch(basename(name)):
            yield path, Fault(0, 0, f"{name} is a default name; call the picture what it shows", name)
        elif file.kind in ("note", "canvas", "base") and _NOTE.fullmatch(basename(name)):
            yield path, Fault(0, 0, f"{name} is a default name; call the {file.kind} what it holds", name)
