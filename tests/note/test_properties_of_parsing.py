"""What holds for every text whatsoever: random notes, with the syntax of Obsidian sprinkled in.

``VAULTKIT_EXAMPLES=10000`` makes the search longer.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkit.note.model import ListItem, Note
from vaultkit.note.parse import parse_note, parse_text
from vaultkit.note.properties import SimpleProperties, read_properties
from vaultkit.note.yaml_reading import read_yaml
from vaultkit.vault.cached_metadata import positions

EXAMPLES = int(os.environ.get("VAULTKIT_EXAMPLES", "300"))
thorough = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

TOKENS = [
    *"[ ] [[ ]] ![[ ![ ]( ) ( | \\| \\ < > <> # ## ###### #a #a/b/ #1 #é ^ ^id ^a-1 [^ [^1] [^1]: ^[ ! !! :: . , x".split(),
    *"%% $$ $ ` `` ``` ~~~ ```` * ** _ __ ~~ == - + 1. 2) --- === *** ___ <!-- --> <br> <div> </div> <a href='".split(),
    *"[ ] [x] [!note] [!a]- {{ }} <% %> & &amp; %20 %23 http:// https://a.b/c mailto:a :// a.md b.png ./ ../ / a b".split(),
    *"é ü 漢字 😀 👩‍🚀 ，".split(),
    "- [ ] ", "- [x] ", "> ", "> > ", ">", "# ", "  ", "    ", "\t", " ", "\n", "\n\n", "\r\n", "\r", "\n- ", "\n> ", "\n# ",
    "\n  - ", "\n    ", "\n```\n", "\n$$\n", "\n%%\n", "\n| a | b |\n| - | - |\n| ", " | ", " ^id\n", "\n\n^id\n", "\u00a0",
    "\u2028", "\u200b", "\u202f", "\ufeff", "e\u0301", "[text](a%20b.md)", "[x](<a b>)", "[[a#b|c]]", "![[p.png|300]]",
]  # fmt: skip
PROPERTY_TOKENS = [
    *"a b key tags aliases : ' \" [ ] { } , & * &a *a ! ? | > - # % @ ` ~ null true False 1 -1 1.5 .5 1e3 0x1F 0o17".split(),
    *".inf .nan yes 2024-01-02 12:30 [[a]] \"[[a]]\" '[[a#b|c]]' << --- ... é 漢 😀 ''".split(),
    ": ", "a: ", "b: ", "tags: ", "\n", "\n- ", "\n  - ", "\na: ", "\nb: ", "\nc:", " ", "  ", "\r\n", "\t", "\u00a0", ">-\n  ", "#",
    ", ", "\ufeff", "\u2028", "\x85", "\\", "- ", "a: b\n", "c:\n", "d: [a, b]\n",
]  # fmt: skip

free_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
pieces = st.one_of(st.sampled_from(TOKENS), st.sampled_from(TOKENS), free_text)
bodies = st.lists(pieces, max_size=40).map("".join)
blocks = st.lists(
    st.one_of(st.sampled_from(PROPERTY_TOKENS), st.sampled_from(PROPERTY_TOKENS), free_text), max_size=14
).map("".join)
notes = st.one_of(bodies, st.tuples(blocks, bodies).map(lambda pair: f"---\n{pair[0]}\n---\n{pair[1]}"))


def spans(items: Iterable[Any]) -> list[tuple[int, int]]:
    return [(item.start, item.end) for item in items]


def assert_in_order(found: list[tuple[int, int]], length: int) -> None:
    """Within the text, not empty, one after the other."""
    for start, end in found:
        assert 0 <= start < end <= length
    for (_, end), (start, _) in pairwise(found):
        assert end <= start


def assert_within(found: list[tuple[int, int]], length: int) -> None:
    for start, end in found:
        assert 0 <= start <= end <= length


def raw_is_a_link(raw: str, *, is_embed: bool, syntax: str) -> bool:
    opening = ("!" if is_embed else "") + ("[[" if syntax == "wiki" else "[")
    return raw.startswith(opening) and raw.endswith("]]" if syntax == "wiki" else ")")


@given(notes)
@thorough
def test_every_span_is_its_own_text(text: str) -> None:
    note = parse_note(text.encode())
    text = text.removeprefix("\ufeff")  # as bytes it is a byte order mark
    length = len(text)
    assert note.fault == ""
    assert note.length == length
    for link in note.links:
        assert raw_is_a_link(text[link.start : link.end], is_embed=link.is_embed, syntax=link.syntax)
        assert link.start < link.target_start <= link.target_end < link.end
        assert link.syntax == "markdown" or "\n" not in text[link.start : link.end]
    for tag in note.tags:
        assert text[tag.start : tag.end] == tag.tag
    for heading in note.headings:
        assert heading.text in text[heading.start : heading.end]
        assert text[heading.end - 1] not in "\r\n"
    for block in note.blocks:
        assert text[block.caret : block.caret + 1 + len(block.id)] == "^" + block.id
    for callout in note.callouts:
        raw = text[callout.start : callout.end]
        assert raw.startswith(">")
        assert callout.type in raw.lower()
    for definition in note.footnotes:
        raw = text[definition.start : definition.end]
        if definition.id.startswith("[inline"):
            assert raw.startswith("^[")
            assert raw.endswith("]")
        else:
            assert raw.lstrip(" \t").startswith(f"[^{definition.id}]:")
    for reference in note.footnote_refs:
        assert text[reference.start : reference.end] == f"[^{reference.id}]"
    for written in note.reference_definitions:
        assert text[written.start : written.end].startswith(f"[{written.id}]:")
    for use in note.reference_links:
        assert use.id in text[use.start : use.end]
    for external in note.external_links:
        assert raw_is_a_link(text[external.start : external.end], is_embed=external.is_embed, syntax="markdown")
    unclosed = {item.start for item in note.malformed if item.kind == "unclosed-comment"}
    for start, end in note.comments:
        assert text.startswith("%%", start)
        assert text[end - 2 : end] == "%%" or start in unclosed
    for item in note.list_items:
        assert text[item.start : item.end].lstrip(" \t")[:1] in set("-*+0123456789")
    if note.frontmatter is not None:
        matter = note.frontmatter
        assert text[: matter.end].startswith("---")
        assert text[: matter.end].endswith("---")


@given(notes)
@thorough
def test_spans_of_one_kind_stand_one_after_the_other(text: str) -> None:
    note = parse_text(text)
    length = len(text)
    for is_embed in (False, True):
        assert_in_order(spans(link for link in note.links if link.is_embed == is_embed), length)
    assert [link.start for link in note.links] == sorted(link.start for link in note.links)
    for kind in (note.tags, note.headings, note.sections, note.footnote_refs, note.dead):
        assert_in_order(spans(kind), length)
    assert_in_order(list(note.comments), length)
    carets = [block.caret for block in note.blocks]
    assert carets == sorted(set(carets))
    for kind in (note.blocks, note.callouts, note.malformed, note.property_links, note.footnotes, note.external_links):
        assert_within(spans(kind), length)
    assert_list_items_nest(note)


def assert_list_items_nest(note: Note) -> None:
    """An item starts at or behind its parent, and stands wholly behind the item before, or begins inside it."""
    before: ListItem | None = None
    for item in note.list_items:
        assert 0 <= item.start < item.end <= note.length
        if before is not None:
            assert before.start < item.start
            assert item.start >= before.end or item.end <= before.end
        before = item


@given(notes)
@thorough
def test_a_link_in_dead_text_is_none(text: str) -> None:
    note = parse_text(text)
    dead = spans(note.dead)
    for item in (*note.links, *note.tags):
        assert not any(start <= item.start < end for start, end in dead)


@given(notes)
@thorough
def test_lines_and_positions(text: str) -> None:
    note = parse_text(text)
    assert list(note.line_starts) == [0] + [index + 1 for index, character in enumerate(text) if character == "\n"]
    point = positions(note, text)
    for start, end in spans(note.sections):
        found = point(start, end)
        for key, offset in (("start", start), ("end", end)):
            before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")  # which is what Obsidian counts on
            assert found[key]["line"] == before.count("\n")
            assert found[key]["offset"] == len(before.encode("utf-16-le")) // 2
            assert found[key]["col"] == len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2


@given(st.binary(max_size=60))
@thorough
def test_bytes_of_any_kind_are_a_note(data: bytes) -> None:
    note = parse_note(data)
    assert bool(note.fault) or note.length <= len(data)


@given(notes)
@settings(thorough, max_examples=max(EXAMPLES // 5, 50))
def test_a_note_travels_between_processes(text: str) -> None:
    note = parse_text(text)
    assert repr(pickle.loads(pickle.dumps(note))) == repr(note)  # by repr: a nan is not equal to itself


@given(blocks)
@thorough
def test_the_fast_path_of_properties_reads_what_yaml_reads(block: str) -> None:
    found, error = read_properties(block)
    if isinstance(found, SimpleProperties):
        values, wrong = read_yaml(block)
        assert error is None
        assert wrong is None
        assert list(found) == list(values)
        assert repr(dict(found)) == repr(dict(values))  # by repr: 1 is not true, 1.0 not 1
        for name in values:
            lowered = [key for key in values if key.lower() == name.lower()]
            assert repr(found.only(name.lower()).get(lowered[0])) == repr(values[lowered[0]])
