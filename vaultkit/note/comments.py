"""``%%`` comments and the ids at the end of blocks: Obsidian's own syntax on top of the blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from vaultkit.note.found import Found
from vaultkit.note.model import Block
from vaultkit.note.spans import Spans

_BLOCK_ID = re.compile(r"\^([A-Za-z0-9-]+)[ \t]*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def read_comments(text: str, start: int, alive: Spans, block_comments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of ``%% … %%``, block comments included; an inline one does not cross a blank line."""
    spans = list(block_comments)
    blocks = Spans(block_comments)
    opened = -1
    position = start
    while (mark := text.find("%%", position)) >= 0:
        position = mark + 2
        skip = max(alive.end_around(mark), blocks.end_around(mark))
        if skip >= 0:
            position = max(skip, position)
            continue
        if opened >= 0 and not _BLANK_LINE.search(text, opened, mark):
            spans.append((opened, mark + 2))
            opened = -1
        else:
            opened = mark
    return sorted(spans)


def is_comment(comments: Sequence[tuple[int, int]], text: str, start: int, end: int) -> bool:
    """Return whether nothing but comments is in ``text[start:end]``: Obsidian has no kind of its own for such a block.

    comments: their spans, sorted.
    """
    index = max(bisect_right(comments, (start, len(text))) - 1, 0)
    while start < end:
        if text[start].isspace():
            start += 1
        elif index < len(comments) and comments[index][0] <= start:
            start = max(start, comments[index][1])
            index += 1
            if start > end:
                return True
        else:
            return False
    return True


def read_block_ids(text: str, start: int, alive: Spans, found: Found, line_starts: tuple[int, ...]) -> list[Block]:
    """Return the block ids with the block that each names; sections and list items in ``found`` get theirs.

    An id ends its block, or is a paragraph of its own and names the block above; such a paragraph is
    no section (seen in Obsidian's cache).
    """
    blocks: list[Block] = []
    begins: set[int] | None = None
    above: dict[int, int] = {}
    for match in _BLOCK_ID.finditer(text, start):
        caret = match.start()
        if (caret > start and text[caret - 1] not in " \t\n") or alive.end_around(caret) >= 0:
            continue
        line = bisect_right(line_starts, caret)
        if line < len(line_starts):
            following_end = line_starts[line + 1] - 1 if line + 1 < len(line_starts) else len(text)
            following = text[line_starts[line] : following_end]
            if following.strip(" \t>"):
                if begins is None:
                    begins = {bisect_right(line_starts, at) - 1 for at in found.block_starts}
                if line not in begins:
                    continue
        block_start, block_end = _name_block(text, match[1], caret, match.end(), found, above)
        blocks.append(Block(match[1], caret, block_start, block_end))
    if above:
        found.sections = [row for index, row in enumerate(found.sections) if index not in above]
    return blocks


def _name_block(text: str, block_id: str, caret: int, end: int, found: Found, above: dict[int, int]) -> tuple[int, int]:
    """Give the id to the innermost list item or the section that it ends; return that block's span.

    above: indexes of the sections that are only an id, each with the index of the one that it names.
    """
    sections = found.sections
    index = bisect_right(sections, caret, key=itemgetter(0)) - 1
    index = above.get(index, index)
    if index < 0:
        return caret, end
    start, section_end, kind, _ = sections[index]
    alone = not text[text.rfind("\n", 0, caret) + 1 : caret].strip(" \t>")
    if kind == "paragraph" and alone and start >= text.rfind("\n", 0, caret):
        if index == 0 or section_end > end:
            return caret, end
        named = above.get(index - 1, index - 1)
        above[index] = named
        index = named
        start, section_end, kind, _ = sections[index]
    if kind == "list" and not alone:
        item = bisect_right(found.list_items, caret, key=itemgetter(0)) - 1
        if item >= 0 and found.list_items[item][1] > caret:
            start, item_end, parent, task, _ = found.list_items[item]
            found.list_items[item] = (start, item_end, parent, task, block_id)
            return start, item_end
    sections[index] = (start, section_end, kind, block_id)
    return start, section_end
