"""Fixes in memory: rounds, overlaps, links that must not be lost, bytes kept as they are."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from importlib import import_module

import pytest
from random_vaults import random_vault

from vaultkit.config import Config
from vaultkit.index.load import vault_of
from vaultkit.index.vault import Vault
from vaultkit.lint.engine import Plan, inspector, plan_of
from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.fix import Choice, Fixed, fix_vault, is_wanted
from vaultkit.lint.rule import NoOptions, Rule, all_rules
from vaultkit.text import Edit, decode

ALL = Choice(with_unsafe=True)
EVERY_RULE = plan_of(Config(), select=["ALL"])


def run(files: Mapping[str, str | bytes | None], plan: Plan = EVERY_RULE, choice: Choice = ALL) -> Fixed:
    data = {path: content.encode() if isinstance(content, str) else content or b"" for path, content in files.items()}
    vault = vault_of(data)
    inspect = inspector(plan)
    answers = {path: answer for path, note in vault.notes.items() if (answer := inspect(note, decode(data[path]).text))}
    return fix_vault(vault, plan, answers, choice, lambda path: data[path])


def after(files: Mapping[str, str | bytes | None], fixed: Fixed) -> dict[str, bytes]:
    data = {path: content.encode() if isinstance(content, str) else content or b"" for path, content in files.items()}
    data |= {change.path: change.after for change in fixed.changes}
    moves = dict(fixed.moves)
    return {moves.get(path, path): content for path, content in data.items()}


def plan_with(*checks, scope="note") -> Plan:
    """A plan of made-up rules, ``T001`` and on, to see what the engine makes of their fixes."""
    rules = [
        Rule(f"T{number:03}", f"made-up-{number}", "warning", (), scope, check, NoOptions, __name__)
        for number, check in enumerate(checks, 1)
    ]
    return Plan(tuple((rule, NoOptions()) for rule in rules), (), (), ())


def replacing(word: str, replacement: str, *, is_safe: bool = True):
    def check(note, text, options):
        at = text.find(word)
        while at >= 0:
            fix = Fix(f"write {replacement!r}", (Edit(at, at + len(word), replacement),), is_safe)
            yield Fault(at, at + len(word), f"{word} stands here", word, fix)
            at = text.find(word, at + len(word))

    return check


def test_rules_that_gather_see_each_text_as_it_is_now():
    """Of three cards that ask the same one is left, although each round moves those below it."""
    files = {"a.md": "#flashcards\n\nQ?::A\n\nWord\n\nq::a\n", "b.md": "#flashcards\n\nQ::A\n\nR::B\n"}
    fixed = run(files, plan_of(Config(), select=["FC004"]))
    assert after(files, fixed) == {
        "a.md": b"#flashcards\n\nQ?::A\n\nWord\n\n",
        "b.md": b"#flashcards\n\n\nR::B\n",
    }
    assert fixed.report.findings == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"teh cat\r\nteh dog\r\n", b"the\r\ncat\r\nthe\r\ndog\r\n", id="line ends of the note, not ours"),
        pytest.param(b"teh cat\nteh dog\n", b"the\ncat\nthe\ndog\n", id="plain line ends"),
        pytest.param(b"\xef\xbb\xbfteh cat", b"\xef\xbb\xbfthe\ncat", id="byte order mark, no last line end"),
        pytest.param(b"teh ", b"the", id="no last line end comes of a fix"),
    ],
)
def test_bytes_that_no_fix_is_about_stay(content, expected):
    fixed = run({"a.md": content}, plan_with(replacing("teh ", "the\n")))
    assert [change.after for change in fixed.changes] == [expected]


def test_overlapping_edits_wait_a_round():
    plan = plan_with(replacing("aab", "x"), replacing("bcc", "y"))
    fixed = run({"a.md": "aabcc bcc"}, plan)
    assert fixed.changes[0].after == b"xcc y"
    assert [(applied.code, applied.line) for applied in fixed.applied] == [("T001", 1), ("T002", 1)]


def test_two_insertions_at_one_place_wait_for_each_other():
    def inserting(mark):
        def check(note, text, options):
            if mark not in text:
                yield Fault(0, 1, "no mark", mark, Fix("insert", (Edit(1, 1, mark),), is_safe=True))

        return check

    fixed = run({"a.md": "ab"}, plan_with(inserting("1"), inserting("2")))
    assert fixed.changes[0].after == b"a21b"


def test_fixes_that_undo_each_other_leave_the_note_alone():
    fixed = run({"a.md": "one"}, plan_with(replacing("one", "two"), replacing("two", "one")))
    assert fixed.changes == ()
    assert fixed.applied == ()
    assert fixed.refused == (("a.md", "its fixes undo one another (T002)"),)


def test_a_fix_that_never_settles_ends_after_ten_rounds():
    fixed = run({"a.md": "a"}, plan_with(replacing("a", "ab")))
    assert fixed.changes == ()
    assert fixed.refused == (("a.md", "its fixes do not settle within 10 rounds (T001)"),)


@pytest.mark.parametrize(
    ("files", "word", "replacement", "lost"),
    [
        pytest.param({"a.md": "see [[b]]", "b.md": ""}, "[[b]]", "[b]", "b.md", id="the link itself goes"),
        pytest.param({"a.md": "see [[b]]", "b.md": ""}, "see", "`saw", None, id="a lone backtick is harmless"),
        pytest.param({"a.md": "x [[b]] `", "b.md": ""}, "x", "`x", "b.md", id="the link becomes code"),
        pytest.param(
            {"a.md": "[[b#Old]]", "b.md": "# Old"}, "# Old", "# New", "b.md#Old", id="a heading that is linked to"
        ),
        pytest.param({"a.md": "[[#Old]]\n# Old"}, "# Old", "# New", "a.md#old", id="a heading of the same note"),
        pytest.param({"a.md": "[[b#^id]]", "b.md": "text ^id"}, "text ^id", "text ^di", "b.md#^id", id="a block id"),
        pytest.param({"a.md": '---\nup: "[[b]]"\n---\n', "b.md": ""}, '"[[', '"[', "b.md", id="a property"),
    ],
)
def test_a_fix_that_loses_a_link_is_dropped(files, word, replacement, lost):
    fixed = run(files, plan_with(replacing(word, replacement)))
    assert [dropped.reason for dropped in fixed.dropped] == ([f"would lose the link to {lost}"] if lost else [])
    assert bool(fixed.changes) == (lost is None)


def test_only_the_fix_to_blame_is_dropped():
    plan = plan_with(replacing("teh", "the"), replacing("[[b]]", "b"))
    fixed = run({"a.md": "teh [[b]] teh", "b.md": ""}, plan)
    assert fixed.changes[0].after == b"the [[b]] the"
    assert [dropped.code for dropped in fixed.dropped] == ["T002"]


def test_an_unsafe_fix_may_point_a_link_elsewhere():
    files = {"a.md": "[[b]]", "b.md": "", "c.md": ""}
    assert run(files, plan_with(replacing("[[b]]", "[[c]]"))).changes == ()
    assert run(files, plan_with(replacing("[[b]]", "[[c]]", is_safe=False))).changes[0].after == b"[[c]]"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"teh\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> x\n", "holds git conflict markers", id="conflict"),
        pytest.param(b"Title\n=======\nteh\n", None, id="a heading underlined with seven marks"),
    ],
)
def test_notes_no_fix_may_touch(content, reason):
    fixed = run({"a.md": content}, plan_with(replacing("teh", "the")))
    assert fixed.refused == ((("a.md", reason),) if reason else ())
    assert bool(fixed.changes) == (reason is None)


def test_edits_are_made_to_the_bytes_that_are_there_now():
    """The vault was read, then the note was edited: the findings are made anew before any edit."""
    plan = plan_with(replacing("teh", "the"))
    vault = vault_of({"a.md": "teh cat"})
    answers = {"a.md": inspector(plan)(vault.notes["a.md"], "teh cat")}
    fixed = fix_vault(vault, plan, answers, ALL, lambda path: b"I saw teh cat")
    assert fixed.changes[0].after == b"I saw the cat"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        pytest.param(Choice(), b"one Teh", id="safe ones"),
        pytest.param(Choice(with_unsafe=True), b"one The", id="unsafe ones, too"),
        pytest.param(Choice(with_unsafe=True, fixable=frozenset({"T002"})), b"eno The", id="fixable"),
        pytest.param(Choice(with_unsafe=True, unfixable=frozenset({"T002"})), b"one Teh", id="unfixable"),
    ],
)
def test_choice(choice, expected):
    plan = plan_with(replacing("eno", "one"), replacing("Teh", "The", is_safe=False))
    assert run({"a.md": "eno Teh"}, plan, choice).changes[0].after == expected


def resolved_links(vault: Vault) -> dict[str, Counter[str]]:
    return {path: Counter(targets) for path, targets in vault.resolved.items()}


# Short here; the property was also run over 5,000 vaults with VAULTKIT_VAULTS=5000.
@pytest.mark.parametrize("part", range(4))
def test_random_vaults_settle_and_lose_no_link(part):
    for seed in range(part, int(os.environ.get("VAULTKIT_VAULTS", "400")), 4):
        files = random_vault(seed)
        choice = Choice(with_unsafe=seed % 3 > 0)
        fixed = run(files, choice=choice)
        dropped = {(entry.path, entry.code, entry.title) for entry in fixed.dropped}
        refused = {path for path, _ in fixed.refused}
        left = [
            finding
            for finding in fixed.report.findings
            if finding.fix is not None
            and is_wanted(finding, choice)
            and finding.path not in refused
            and (finding.path, finding.code, finding.fix.title) not in dropped
        ]
        assert left == [], f"seed {seed}: still fires"
        again = run(after(files, fixed), choice=choice)
        assert (again.changes, again.moves) == ((), ()), f"seed {seed}: a second run changes something"
        before, now = resolved_links(vault_of(files)), resolved_links(fixed.vault)
        moves = dict(fixed.moves)
        for path, targets in before.items():
            targets = Counter({moves.get(target, target): count for target, count in targets.items()})
            path = moves.get(path, path)
            is_kept = targets.keys() <= now[path].keys()
            if choice.with_unsafe:
                is_kept = is_kept or targets.total() <= now[path].total()
            assert is_kept, f"seed {seed}: {path} lost a link: {targets} -> {now[path]}"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_what_a_rule_mends_does_not_fire_again(rule):
    """The rule's own bad example, mended with this rule's fixes only."""
    bad = import_module(rule.module).BAD
    if bad is None:
        return
    choice = Choice(with_unsafe=True, fixable=frozenset({rule.code}))
    plan = plan_of(Config(), select=["ALL"])
    untouched = run(bad, plan, Choice(fixable=frozenset()))
    fixable = Counter(
        (finding.path, finding.about)
        for finding in untouched.report.findings
        if finding.code == rule.code and finding.fix is not None
    )
    fixed = run(bad, plan, choice)
    left = Counter((finding.path, finding.about) for finding in fixed.report.findings if finding.code == rule.code)
    assert len(fixed.applied) >= fixable.total() - len(fixed.dropped)
    assert not fixable & left, "a finding with a fix is still there"
    assert fixed.dropped == ()
