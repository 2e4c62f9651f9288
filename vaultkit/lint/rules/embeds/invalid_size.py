"""An embed size that is not ``W`` or ``WxH`` in plain digits, as in ``![[plot.png|300px]]``.

Why:     Obsidian reads the text as a caption and shows the picture in full size.
Fix:     removes "px". Safe. None for other sizes.
Source:  Obsidian Help, "Embed files".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.links import split_size
from vaultkit.note.model import Note
from vaultkit.vault.files import IMAGE_EXTENSIONS, VIDEO_EXTENSIONS, extension

CODE = "EM004"
SEVERITY = "warning"
NEEDS = "links"
BAD = {"a.md": "![[plot.png|300px]]", "plot.png": ""}
GOOD = {"a.md": "![[plot.png|300]]", "plot.png": ""}

_ATTEMPT = lazy_pattern(
    r"\d+ ?(?:px|pt|em|%)(?: ?x ?\d+ ?(?:px)?)?|[xX×]\d+|\d+[xX×]|\d+(?: +[xX×*] *| *[xX×*] +|[X×*])\d+|0+(?:x\d+)?|\d+x0+"
    r"|\d+ ?x ?\d+ ?px|-\d+|\d+\.\d+|width ?= ?\d+(?:px)?",
    re.IGNORECASE,
)
_PIXELS = lazy_pattern(r"(\d+) ?(?:px(?: ?x ?(\d+) ?(?:px)?)?|x ?(\d+) ?px)", re.IGNORECASE)
_SIZED = IMAGE_EXTENSIONS | VIDEO_EXTENSIONS


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report embeds of pictures and videos whose last field looks like a size."""
    for link in note.links:
        if not link.is_embed or not link.display or extension(link.linkpath.strip()) not in _SIZED:
            continue
        last = link.display.rpartition("|")[2]
        size = split_size(last)[1]
        if _ATTEMPT.fullmatch(last.strip()) is None or (size is not None and 0 not in size):
            continue
        end = link.end - 2 if link.syntax == "wiki" else link.start + 2 + len(link.display)
        pixels = _PIXELS.fullmatch(last.strip())
        fix = None
        if pixels and text[end - len(last) : end] == last:
            height = pixels[2] or pixels[3]
            good = pixels[1] + (f"x{height}" if height else "")
            fix = Fix(f"write {code_span(good)}", (Edit(end - len(last), end, good),), is_safe=True)
        message = f"invalid size {code_span(last)}: Obsidian shows it as a caption"
        help_ = "" if fix is not None else "write a width or `WIDTHxHEIGHT`"
        yield Violation(link.start, link.end, message, link.linkpath, fix, severity=severity_of(link), help=help_)
