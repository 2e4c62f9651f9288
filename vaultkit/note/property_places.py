"""Where the properties of a note are written: names, values and texts, so that one can be edited and all else stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vaultkit.base.record import record
from vaultkit.note.yaml_reading import TextPlace, yaml_tree


@record
class PropertyPlace:
    """One top-level property; offsets in the block.

    name_start, name_end:   its name, quotes included.
    value_start, value_end: its value, without blanks and comments around it; equal when it is empty.
    line_start, line_end:   the lines that hold the property, the last line end included.
    texts:                  the texts in the value; that of a single text, or those of a list's members.
    kind: "text" for one text, number, date, true or false, "list", "mapping" or "empty".
    is_flow: a list or mapping in brackets.
    """

    name: str
    name_start: int
    name_end: int
    value_start: int
    value_end: int
    line_start: int
    line_end: int
    texts: tuple[TextPlace, ...]
    kind: str
    is_flow: bool


def property_places(block: str) -> tuple[PropertyPlace, ...]:
    """The top-level properties of a block, in order; none when it is no YAML or no mapping."""
    import yaml

    composed = yaml_tree(block)
    if composed is None or not isinstance(composed[1], yaml.MappingNode):
        return ()
    hidden, root = composed
    found = []
    pairs = root.value
    for index, (name, value) in enumerate(pairs):
        if not isinstance(name, yaml.ScalarNode):
            continue
        line_start = block.rfind("\n", 0, name.start_mark.index) + 1
        if index + 1 < len(pairs) and not root.flow_style:
            line_end = block.rfind("\n", 0, pairs[index + 1][0].start_mark.index) + 1
        else:
            line_end = len(block)
        start, end = value.start_mark.index, _end(value)
        end = start + len(block[start:end].rstrip())
        line_end = _without_comments(block, max(end, name.end_mark.index), line_end)
        is_scalar = isinstance(value, yaml.ScalarNode)
        members = [value] if is_scalar else value.value if isinstance(value, yaml.SequenceNode) else []
        texts = tuple(
            TextPlace(hidden.shown(one.value), one.start_mark.index, one.end_mark.index, one.style or "")
            for one in members
            if isinstance(one, yaml.ScalarNode)
        )
        kind = "list" if isinstance(value, yaml.SequenceNode) else "text" if is_scalar else "mapping"
        if is_scalar and start >= end:
            kind = "empty"
        found.append(
            PropertyPlace(
                hidden.shown(name.value),
                name.start_mark.index,
                name.end_mark.index,
                start,
                max(start, end),
                line_start,
                line_end,
                texts if kind != "empty" else (),
                kind,
                bool(not is_scalar and value.flow_style),
            )
        )
    return tuple(found)


def _end(node: Any) -> int:
    """The end of a value; a list or mapping without brackets would reach to the next property."""
    while isinstance(node.value, list) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    return end


def _without_comments(block: str, end: int, line_end: int) -> int:
    """The end of the property's own lines: comments and blank lines before the next property belong to that one."""
    newline = block.find("\n", end)
    return line_end if newline < 0 else min(newline + 1, line_end)


@record
class YamlText:
    """A text in a YAML file. keys: the names above it, lists left out. is_name: it is itself the name of a value."""

    keys: tuple[str, ...]
    place: TextPlace
    is_name: bool


def yaml_texts(block: str) -> Iterator[YamlText]:
    """All texts of a YAML mapping, names and values; nothing when it is none."""
    import yaml

    composed = yaml_tree(block)
    if composed is None or not isinstance(composed[1], yaml.MappingNode):
        return
    seen: set[int] = set()
    pending: list[tuple[tuple[str, ...], Any, bool]] = [((), composed[1], False)]
    while pending:
        keys, node, is_name = pending.pop()
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            yield YamlText(keys, TextPlace(composed[0].shown(node.value), start, end, node.style or ""), is_name)
        elif id(node) in seen:
            continue
        elif isinstance(node, yaml.SequenceNode):
            pending += [(keys, one, False) for one in reversed(node.value)]
        elif isinstance(node, yaml.MappingNode):
            for name, value in reversed(node.value):
                pending.append(((*keys, str(name.value)), value, False))
                pending.append((keys, name, True))
        seen.add(id(node))
