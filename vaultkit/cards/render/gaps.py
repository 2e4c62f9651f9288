"""Anki's gaps, ``{{c1::answer::hint}}``, and the deletions of Obsidian's cloze cards that stand for them."""

from __future__ import annotations

import html
import re

from vaultkit.base.record import changed, record
from vaultkit.cards.render.delimited import FORMULAS, replace_delimited

_OPEN = re.compile(r"\{\{c([0-9]+)::")
_BRACES = re.compile(_OPEN.pattern + r"|\}\}")
_BLOCK_LINE = re.compile(r"[ \t]*(?:(?:[-*+>]|[0-9]+[.)])(?:[ \t]|$)|`{3}|\|)")
_LEAD = re.compile(r"[ \t]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+|>[ \t]?)*")


# An overlapping cloze has a gap for each of its steps; a person makes some ten.
_MOST_NESTED = 100


@record
class ClozeGap:
    """One gap. start, end: in the field, with its braces; inner: its HTML, gaps within it included."""

    start: int
    end: int
    number: int
    inner: str
    hint: str


@record
class Gapped:
    """A field with elements for its gaps.

    numbers: the numbers that Anki has, in the order of those that the note has: 1, 2, 3 …
    faults:  what could not be kept as it is.
    """

    field: str
    numbers: tuple[int, ...]
    faults: tuple[str, ...] = ()


def gaps_of(field: str) -> list[ClozeGap]:
    """The outermost gaps of a field; one that is not closed is none.

    >>> [(gap.number, gap.inner, gap.hint) for gap in gaps_of("{{c1::Oslo::city}} {{c2::{{c3::x}}}}")]
    [(1, 'Oslo', 'city'), (2, '{{c3::x}}', '')]
    """
    found: list[ClozeGap] = []
    position = 0
    ends = _ends(field) if "}}" in field else {}
    while match := _OPEN.search(field, position):
        end = _with_braces(field, match.end(), ends.get(match.end(), -1))
        if end < 0:
            position = match.end()
            continue
        inner, hint = _split(field[match.end() : end])
        found.append(ClozeGap(match.start(), end + 2, int(match[1]), inner, hint))
        position = end + 2
    return found


def _ends(field: str) -> dict[int, int]:
    """Where each gap's text begins -> where the braces that close the gap begin."""
    ends: dict[int, int] = {}
    pending: list[int] = []
    for match in _BRACES.finditer(field):
        if match[0] != "}}":
            pending.append(match.end())
        elif pending:
            ends[pending.pop()] = match.start()
    return ends


def _with_braces(field: str, start: int, end: int) -> int:
    """The end of a gap behind the braces of a formula that it ends with."""
    if end >= 0 and field.startswith("}}}", end):
        surplus = field.count("{", start, end) - field.count("}", start, end)
        while field.startswith("}}}", end) and surplus > 0:
            end += 1
            surplus -= 1
    return end


def _split(text: str) -> tuple[str, str]:
    """Answer and hint; what stands behind the last pair of colons outside of gaps and formulas is the hint."""
    shielded = re.sub(r"\\\(.*?\\\)|\\\[.*?\\\]|\{\{c[0-9]+::.*\}\}", lambda m: "\0" * len(m[0]), text, flags=re.DOTALL)
    at = shielded.find("::")
    return (text, "") if at < 0 else (text[:at], text[at + 2 :])


def gapped(field: str) -> Gapped:
    """The field with an element for each gap, numbered from 1 without holes, as the plugin wants them."""
    field, faults = _around_formulas(field)
    gaps = gaps_of(field)
    chains = [_chain(gap) for gap in gaps]
    if any(gaps_of(chain[-1].inner) for chain in chains):
        return Gapped(field, (), (*faults, "gaps within gaps were kept as they are"))
    numbers = sorted({gap.number for chain in chains for gap in chain if gap.number})
    is_stepped = any(len(chain) > 1 for chain in chains)
    pieces: list[str] = []
    position = 0
    for gap, chain in zip(gaps, chains, strict=True):
        name = _steps(chain, numbers) if is_stepped else str(numbers.index(gap.number) + 1) if gap.number else ""
        hint = next((one.hint for one in chain if one.hint not in ("", "...")), "")
        pieces.append(field[position : gap.start])
        inner = chain[-1].inner
        pieces.append(f'<vk-gap name="{name}" hint="{html.escape(_plain(hint))}">{inner}</vk-gap>' if name else inner)
        position = gap.end
    return Gapped("".join(pieces) + field[position:], tuple(numbers), faults)


def _around_formulas(field: str) -> tuple[str, tuple[str, ...]]:
    """The field with gaps around formulas instead of in them: Obsidian has no deletions in formulas."""
    faults: list[str] = []

    def around(opening: str, inner: str, closing: str) -> str:
        formula = opening + inner + closing
        found = gaps_of(formula)
        if not found:
            return formula
        if len({gap.number for gap in found}) > 1:
            faults.append("several gaps in one formula became one")
        hint = next((f"::{gap.hint}" for gap in found if gap.hint), "")
        for _ in range(_MOST_NESTED):
            for gap in reversed(gaps_of(formula)):
                formula = formula[: gap.start] + gap.inner + formula[gap.end :]
        return f"{{{{c{found[0].number}::{formula.replace('==', '{=}{=}')}{hint}}}}}"

    return replace_delimited(field, FORMULAS, around), tuple(dict.fromkeys(faults))


def _chain(gap: ClozeGap) -> list[ClozeGap]:
    """A gap and those that fill it completely: one deletion of an overlapping cloze."""
    chain = [gap]
    while len(chain) < _MOST_NESTED and (inner := gaps_of(chain[-1].inner)) and len(inner) == 1:
        if chain[-1].inner.strip() != chain[-1].inner[inner[0].start : inner[0].end]:
            break
        chain.append(changed(inner[0], start=0, end=0))
    return chain


def _steps(chain: list[ClozeGap], numbers: list[int]) -> str:
    actions = {gap.number: "h" if gap.hint == "..." else "a" for gap in chain}
    return "".join(actions.get(number, "s") for number in numbers)


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def written_gap(text: str, name: str, hint: str) -> str:
    """A deletion in Obsidian's syntax; one over several lines keeps to one line, or is one for each line of a list."""
    tail = f";;{hint.replace('==', '=').replace(';;', '; ')}" if hint else ""

    def deletion(answer: str) -> str:
        if "$" not in answer:
            answer = answer.replace("==", r"=\=")
        answer = answer.replace(";;", r";\;")
        return f"=={name};;{answer}{tail}==" if answer else ""

    outside = (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :])
    inner = text.strip()
    lines = inner.split("\n")
    if not any(map(_BLOCK_LINE.match, lines)):
        return f"{outside[0]}{deletion('<br>'.join(lines))}{outside[1]}"
    made = []
    for line in lines:
        lead = _LEAD.match(line)
        assert lead is not None
        is_text = not line.lstrip().startswith(("```", "|"))
        made.append(lead[0] + deletion(line[lead.end() :]) if is_text else line)
    return f"{outside[0]}{chr(10).join(made)}{outside[1]}"
