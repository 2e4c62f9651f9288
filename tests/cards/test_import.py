"""Importing: formats, repair, writing again and again, links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.importers.importing import read_source, reflowed, report
from vaultkit.cards.importers.repair import repaired
from vaultkit.cli.app import group

RATING = "How well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n"
BRAINSCAPE = f"""Chem Flashcards

1
Q

What is H2O?

A

Water

12
{RATING}2
Q

wh

what is NaCl?

A
{RATING}3
Q

Count to three

A

1
2
3
4
Q

Last

A

done"""
QUIZWIZ = """My set [sort this]

Study faster with Quizwiz!

#chem #salts. What is NaCl? COME BACK TO THIS ONE

Salt ___

What is ice?

Cold water

Related study sets

Is this a card?

View Set
"""


def cards(text: str, name: str = "x.txt", **options: Any) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in read_source(text.encode(), name, **options).cards]


def test_brainscape() -> None:
    found = report(read_source(BRAINSCAPE.encode(), "x.txt"))
    assert found["deck"] == "Chem"
    assert [(c["front"], c["back"], c["line"], c["end_line"], c["status"]) for c in found["cards"]] == [
        ("What is H2O?", "Water\n\n12", 6, 12, "ok"),
        ("wh\n\nwhat is NaCl?", "", 24, 26, "empty"),
        ("Count to three", "1\n2\n3", 40, 46, "ok"),
        ("Last", "done", 50, 54, "ok"),
    ]
    assert [(b["line"], b["end_line"], b["reason"]) for b in found["boilerplate"]] == [
        (1, 1, "title"), (13, 20, "rating block"), (29, 36, "rating block"),
    ]  # fmt: skip


def test_quizwiz() -> None:
    found = report(read_source(QUIZWIZ.encode(), "x.txt"))
    first = found["cards"][0]
    assert (first["front"], first["tags"], first["status"]) == (
        "What is NaCl?", ["chem", "salts", "todo/come-back-to-this-one"], "todo",
    )  # fmt: skip
    assert first["original"].startswith("#chem #salts.")
    assert len(found["cards"]) == 2
    assert found["deck"] == "My set"
    assert [b["line"] for b in found["boilerplate"]] == [1, 3, 13, 15, 17]


@pytest.mark.parametrize(
    ("name", "text", "format_name", "expected"),
    [
        ("a.csv", "front,back\nq,a\n", "csv", [("q", "a")]),
        ("a.csv", 'question;answer\n"q; 1";"line\ntwo"\n', "csv", [("q; 1", "line\ntwo")]),
        ("a.csv", "recto|verso\nq|a\n", "csv", [("q", "a")]),
        ("a.csv", "deck,tags,Answer,Question\nd,x y,a,q\n", "csv", [("q", "a")]),
        ("a.tsv", 'q1\ta1\nq2\t"a\n2"\n', "tsv", [("q1", "a1"), ("q2", "a\n2")]),
        ("a.txt", 'cat\t"chat\ndog\tchien\n', "quizlet", [("cat", '"chat'), ("dog", "chien")]),
        ("a.txt", "#separator:tab\n#html:true\nq\ta<br>b &amp; <b>c</b>\n", "anki", [("q", "a\nb & **c**")]),
        ("a.txt", "#separator:Comma\n#guid column:1\n#tags column:4\ng1,q,a,t u\n", "anki", [("q", "a")]),
        (
            "a.txt",
            "Sheet\nTopic\n- Why? [answer goes here]\n- Who? [answer goes here, hint, see p. 3]\nDo it [answer goes here]\n",
            "worksheet",
            [("Why?", ""), ("Who?", ""), ("Do it", "")],
        ),
    ],
)
def test_formats_by_evidence(name: str, text: str, format_name: str, expected: list[tuple[str, str]]) -> None:
    reading = read_source(text.encode(), name)
    assert reading.format == format_name
    assert [(card.front, card.back) for card in reading.cards] == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("itβs\nπ§ Brain\nend β¦", "it’s\nBrain\nend …"),
        ("donβt say βhelloβ β ever\nπ¦ x", "don’t say “hello” – ever\nx"),
        ("Swish β (xW + b)\nitβs β¦", "Swish β (xW + b)\nitβs β¦"),
        ("the β and the π", "the β and the π"),
        ("sound “curly” ’quotes’ ﬁ", "sound “curly” ’quotes’ ﬁ"),
        ("Itâ€™s broken", "It’s broken"),
    ],
)
def test_repair(before: str, after: str) -> None:
    assert repaired(before)[0] == after


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "v"
    (root / ".obsidian").mkdir(parents=True)
    return root


def put(vault: Path, text: str, *options: str, name: str = "chem.csv") -> dict[str, Any]:
    source = vault.parent / name
    source.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(
        group, ["import", str(source), "--to", "Cards", "--vault", str(vault), "--json", *options]
    )
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def counts(answer: dict[str, Any]) -> tuple[int, int, int]:
    return answer["written"], answer["updated"], answer["unchanged"]


CSV = "front,back\nWhat is salt?,NaCl\nWhat is water?,H2O\n"


def test_the_note_that_is_written(vault: Path) -> None:
    put(vault, CSV)
    text = (vault / "Cards/chem.md").read_text(encoding="utf-8")
    assert text.startswith('---\ntags: [flashcards/chem]\nsource: "chem"\nvaultkit-import: {format: csv, sha256: ')
    assert "\n# chem\n\nWhat is salt?::NaCl ^vk-" in text


def test_again_changes_nothing(vault: Path) -> None:
    put(vault, CSV)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in vault.rglob("*") if p.is_file()}
    assert counts(put(vault, CSV)) == (0, 0, 2)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in vault.rglob("*") if p.is_file()} == before


def test_only_the_side_that_changed_is_rewritten_and_schedules_stay(vault: Path) -> None:
    put(vault, CSV)
    note = vault / "Cards/chem.md"
    text = note.read_text(encoding="utf-8").replace("What is salt?::", "What is [[salt]]?::")
    text = text.replace("\n\nWhat is water", "\n<!--SR:!2026-01-01,4,250-->\n\nWhat is water")
    note.write_text(text, encoding="utf-8")
    assert counts(put(vault, CSV.replace("NaCl", "sodium chloride"))) == (0, 1, 1)
    assert (
        note.read_text(encoding="utf-8").split("\n# chem")[1]
        == text.replace("NaCl", "sodium chloride").split("\n# chem")[1]
    )


def test_the_users_text_wins_over_a_changed_source(vault: Path) -> None:
    put(vault, CSV)
    note = vault / "Cards/chem.md"
    note.write_text(note.read_text(encoding="utf-8").replace("NaCl", "NaCl, my words"), encoding="utf-8")
    assert counts(put(vault, CSV)) == (0, 0, 2)
    answer = put(vault, CSV.replace("NaCl", "sodium chloride"))
    assert answer["conflicts"] == ["What is salt?"]
    assert "NaCl, my words" in note.read_text(encoding="utf-8")


def test_new_and_gone_cards_and_prune(vault: Path) -> None:
    put(vault, CSV)
    note = vault / "Cards/chem.md"
    changed = "front,back\nWhat is salt?,NaCl\nWhat is gold?,Au\n"
    answer = put(vault, changed)
    assert counts(answer) == (1, 0, 1)
    assert answer["gone"] == ["What is water?"]
    assert "H2O" in note.read_text(encoding="utf-8")


def test_prune_deletes_what_the_source_lost(vault: Path) -> None:
    put(vault, CSV)
    put(vault, "front,back\nWhat is salt?,NaCl\n", "--prune")
    assert "H2O" not in (vault / "Cards/chem.md").read_text(encoding="utf-8")


def test_line_ends_of_the_note_are_kept(vault: Path) -> None:
    put(vault, CSV)
    note = vault / "Cards/chem.md"
    note.write_bytes(note.read_bytes().replace(b"\n", b"\r\n"))
    before = note.read_bytes()
    assert counts(put(vault, CSV)) == (0, 0, 2)
    assert note.read_bytes() == before
    assert counts(put(vault, CSV.replace("NaCl", "salt") + "What is gold?,Au\n")) == (1, 1, 1)
    after = note.read_bytes()
    assert after.count(b"\r\n") == after.count(b"\n")
    assert b"cards: 3}\r\n" in after


PLUGIN = {"settings": {
    "singleLineCardSeparator": ";;", "multilineCardSeparator": "&&", "multilineCardEndMarker": "+++", "flashcardTags": ["#c"],
}}  # fmt: skip


def test_a_vault_with_other_separators_reads_what_is_imported(vault: Path) -> None:
    folder = vault / ".obsidian/plugins/obsidian-spaced-repetition"
    folder.mkdir(parents=True)
    (folder / "data.json").write_text(json.dumps(PLUGIN), encoding="utf-8")
    text = 'front,back\nWhat is salt?,NaCl\nA list?,"a;;b\n&&\n| x |"\n'
    put(vault, text)
    note = vault / "Cards/chem.md"
    written = note.read_text(encoding="utf-8")
    assert "tags: [c/chem]\n" in written
    assert "What is salt?;;NaCl ^vk-" in written
    assert written.endswith("A list?\n&&\na;\\;b\n\\&&\n| x |\n+++\n")
    listed = CliRunner().invoke(group, ["cards", "list", "--vault", str(vault), "--format", "json"])
    cards = [card for block in json.loads(listed.stdout)["blocks"] for card in block["cards"]]
    assert cards == [{"front": "What is salt?", "back": "NaCl"}, {"front": "A list?", "back": "a;;b\n&&\n| x |"}]
    assert counts(put(vault, text)) == (0, 0, 2)
    assert counts(put(vault, text.replace("NaCl", '"Na\nCl"'))) == (0, 1, 1)
    assert "What is salt?\n&&\nNa\nCl ^vk-" in note.read_text(encoding="utf-8")
    put(vault, "front,back\nWhat is gold?,Au\n", "--prune")
    assert note.read_text(encoding="utf-8").split("# chem")[1].rpartition(" ^")[0] == "\n\nWhat is gold?;;Au"


def test_cards_imported_before_the_separators_were_changed_are_still_known(vault: Path) -> None:
    put(vault, CSV)
    (vault / "vaultkit.toml").write_text('[cards]\nsingle-separator = ";;"\n', encoding="utf-8")
    assert counts(put(vault, CSV)) == (0, 0, 2)


def test_a_moved_and_renamed_note_is_found(vault: Path) -> None:
    put(vault, CSV)
    (vault / "Else").mkdir()
    (vault / "Cards/chem.md").rename(vault / "Else/Chemistry.md")
    assert put(vault, CSV)["notes"] == ["Else/Chemistry.md"]
    assert not (vault / "Cards/chem.md").exists()


def test_two_equal_questions_stay_two_cards(vault: Path) -> None:
    text = "front,back\nq,one\nq,two\n"
    assert counts(put(vault, text)) == (2, 0, 0)
    assert counts(put(vault, text)) == (0, 0, 2)


def test_an_answered_worksheet_question_is_not_added_again(vault: Path) -> None:
    text = "Sheet\n- Why? [answer goes here]\n- Who? [answer goes here]\n- How? [answer goes here]\n"
    put(vault, text, name="sheet.txt")
    note = vault / "Cards/Sheet.md"
    assert "- Why? [answer goes here]\n- Who?" in note.read_text(encoding="utf-8")
    note.write_text(note.read_text(encoding="utf-8").replace("Who? [answer goes here]", "Who? Me."), encoding="utf-8")
    before = note.read_bytes()
    assert counts(put(vault, text, name="sheet.txt")) == (0, 0, 3)
    assert note.read_bytes() == before


def test_an_existing_note_of_the_same_name_is_left_alone(vault: Path) -> None:
    (vault / "Cards").mkdir()
    (vault / "Cards/Chem.md").write_text("mine\n", encoding="utf-8")
    assert put(vault, CSV)["notes"] == ["Cards/chem 2.md"]
    assert (vault / "Cards/Chem.md").read_text(encoding="utf-8") == "mine\n"


def test_links_to_existing_notes(vault: Path) -> None:
    (vault / "Salt.md").write_text("---\naliases: [NaCl]\n---\n", encoding="utf-8")
    (vault / "a").mkdir()
    for name in ("a/Water.md", "Water.md"):
        (vault / name).write_text("", encoding="utf-8")
    put(vault, "front,back\nWhat is salt and `salt`?,NaCl and salts\nWhat is water?,H2O\n", "--link")
    text = (vault / "Cards/chem.md").read_text(encoding="utf-8")
    assert "What is [[Salt|salt]] and `salt`?" in text
    assert "[[Salt|NaCl]] and [[Salt|salt]]s" in text
    assert counts(
        put(vault, "front,back\nWhat is salt and `salt`?,NaCl and salts\nWhat is water?,H2O\n", "--link")
    ) == (0, 0, 2)


def test_dry_run_writes_nothing(vault: Path) -> None:
    answer = put(vault, CSV, "--dry-run")
    assert set(answer) == {"format", "deck", "cards", "boilerplate", "leftovers", "repairs"}
    assert set(answer["cards"][0]) == {"front", "back", "line", "end_line", "tags", "status", "flags"}
    assert [p.name for p in vault.iterdir()] == [".obsidian"]


def test_cards_without_an_answer_can_wait_as_tasks(vault: Path) -> None:
    text = "front,back\nWhat is salt?,NaCl\nWhat is gold?,\n"
    assert counts(put(vault, text, "--empty", "hold")) == (2, 0, 0)
    note = vault / "Cards/chem.md"
    assert note.read_text(encoding="utf-8").endswith("\n\n## Unanswered\n\n- [ ] What is gold?\n")
    before = note.read_bytes()
    assert counts(put(vault, text, "--empty", "hold")) == (0, 0, 2)
    assert note.read_bytes() == before
    assert counts(put(vault, text.replace("gold?,", "gold?,Au"), "--empty", "hold")) == (1, 0, 1)
    assert "- [ ]" not in note.read_text(encoding="utf-8")
    assert "What is gold?::Au" in note.read_text(encoding="utf-8")


def test_separators_of_ones_own(vault: Path) -> None:
    answer = put(vault, "cat = chat;;dog = chien;;\nlone", "--field-sep", "=", "--card-sep", ";;", name="x.txt")
    assert [(card["front"], card["back"], card["line"]) for card in answer["cards"]] == [
        ("cat", "chat", 1), ("dog", "chien", 1),
    ]  # fmt: skip
    assert [(rest["text"], rest["line"]) for rest in answer["leftovers"]] == [("lone", 2)]


@pytest.mark.parametrize(
    ("flat", "lines"),
    [
        ("Steps: 1. mix 2. bake", "Steps:\n1. mix\n2. bake"),
        ("- a thing - another", "- a thing\n- another"),
        ("DEFINITION It is so EXAMPLE This one", "DEFINITION It is so\nEXAMPLE This one"),
        ("In 2. and 3. nothing", "In 2. and 3. nothing"),
        ("one - aside", "one - aside"),
    ],
)
def test_reflow(flat: str, lines: str) -> None:
    assert reflowed(flat) == lines
    assert lines.replace("\n", " ") == flat


@pytest.mark.parametrize(("split", "names"), [
    ("per-section", ["Sheet - One.md", "Sheet - Two.md"]),
    ("per-card", ["Who?.md", "Why?.md", "How?.md"]),
])  # fmt: skip
def test_split(split: str, names: list[str], vault: Path) -> None:
    text = "Sheet\nOne\n- Why? [answer goes here]\n- Who? [answer goes here]\nTwo\n- How? [answer goes here]\n"
    put(vault, text, "--split", split, name="sheet.txt")
    found = sorted(path.name for path in (vault / "Cards").iterdir())
    assert found == sorted(name.replace("?", "") for name in names)
    assert counts(put(vault, text, "--split", split, name="sheet.txt")) == (0, 0, 3)


def test_a_folder_from_the_working_directory(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(vault.parent)
    (vault.parent / "chem.csv").write_text(CSV, encoding="utf-8")
    assert CliRunner().invoke(group, ["import", "chem.csv", "--to", "v/New"]).exit_code == 0
    assert (vault / "New/chem.md").exists()


def test_a_question_reworded_in_the_source_stays_one_card(vault: Path) -> None:
    put(vault, CSV)
    answer = put(vault, CSV.replace("What is salt?", "What is table salt?"))
    assert (counts(answer), answer["gone"]) == ((0, 1, 1), [])
    assert "What is table salt?::NaCl ^vk-" in (vault / "Cards/chem.md").read_text(encoding="utf-8")
    assert counts(put(vault, CSV.replace("What is salt?", "What is table salt?"))) == (0, 0, 2)


ANKI = "#separator:tab\n#html:true\n"


@pytest.mark.parametrize(
    ("name", "text", "cards", "notes"),
    [
        pytest.param(
            "a.csv",
            "front,back,notes\nQ1,A1,more\nQ2,A2,\n",
            [("Q1", "A1", "", "basic"), ("Q2", "A2", "", "basic")],
            ("column notes is in no card (1 cell); name columns with --front and --back",),
            id="a column that is no part of a card is said",
        ),
        pytest.param(
            "a.txt",
            "Q1\tA1\tpic one.png\nQ2\tA2\tsee p. 3\n",
            [("Q1", "A1\n![[pic one.png]]", "", "basic"), ("Q2", "A2", "see p. 3", "basic")],
            (),
            id="Quizlet's third column is a picture or a hint",
        ),
        pytest.param(
            "a.txt",
            ANKI + "{{c1::Oslo::city}} is cold\t\n",
            [("==1;;Oslo;;city== is cold", "", "", "cloze")],
            (),
            id="a cloze in Anki's text",
        ),
        pytest.param(
            "a.txt",
            ANKI + "#columns:Back\tFront\tExtra\tTags\n#tags column:4\n<p>a</p><p>b</p>\tq\tx<br>y\tt\n",
            [("q", "a\n\nb\n\nx\ny", "", "basic")],
            ("line 5: 1 further fields were added to the answer",),
            id="columns by name, paragraphs, a further field",
        ),
        pytest.param(
            "a.txt",
            ANKI + 'q\t"<p>a</p><ul><li>x</li></ul><p>b</p><pre><code class=""language-py"">c</code></pre>"\n',
            [("q", "a\n- x\n\nb\n```py\nc\n```", "", "basic")],
            (),
            id="a paragraph below a list, a language",
        ),
    ],
)
def test_tables_lose_nothing_in_silence(
    name: str, text: str, cards: list[tuple[str, str, str, str]], notes: tuple[str, ...]
) -> None:
    reading = read_source(text.encode(), name)
    assert [(card.front, card.back, card.hint, card.kind) for card in reading.cards] == cards
    assert reading.notes == notes


def test_pictures_that_are_nowhere_are_said(vault: Path) -> None:
    (vault / "there.png").write_bytes(b"x")
    answer = put(vault, "Q1\tA1\tpic.png\nQ2\tA2\tthere.png\n", name="q.txt")
    assert answer["missing"] == ["pic.png"]


@pytest.mark.parametrize(("name", "fault"), [("a.csv", 'front,back\nQ1,"open\n'), ("b.tsv", 'front\tback\nQ\t"open\n')])
def test_a_quote_that_is_never_closed_is_placed_in_the_file(name: str, fault: str) -> None:
    with pytest.raises(VaultkitError, match=rf"^in/{name}:2: invalid table row"):
        read_source(fault.encode(), f"in/{name}")


@pytest.mark.parametrize(
    "words", [["csv"], ["csv", "--safe-csv"], ["tsv"], ["tsv", "--safe-csv"], ["anki-text"], ["anki"]]
)
def test_what_is_exported_is_read_again(vault: Path, words: list[str]) -> None:
    sides = {
        ("What is x", "=1+1"), ("-minus", "@at"), ("both **b**", "way"), ("way", "both **b**"),
        ("Many?", 'one\n\ntwo, "three"; a\tb'), ("Code?", "```py\na = 1\n\nb :: c\n```"), ("Math", "$a^2$"),
        ("Picture", "![[p.png|30]]"), ("'quoted", "'=kept"),
    }  # fmt: skip
    (vault / "p.png").write_bytes(b"x")
    (vault / "deck.md").write_text(
        "#flashcards/ai\n\nWhat is x::=1+1\n-minus::@at\nboth **b**:::way\n'quoted::'=kept\nMath::$a^2$\n"
        'Picture::![[p.png|30]]\n\nMany?\n?\none\n<br>\ntwo, "three"; a\tb\n\nCode?\n?\n'
        "```py\na = 1\n\nb :: c\n```\n",
        encoding="utf-8",
    )
    out = vault.parent / f"out{ {'csv': '.csv', 'tsv': '.tsv', 'anki': '.apkg'}.get(words[0], '.txt') }"
    exported = CliRunner().invoke(group, ["cards", "export", words[0], str(out), *words[1:], "--vault", str(vault)])
    assert exported.exit_code == 0, exported.output
    reading = read_source(out.read_bytes(), out.name)
    found = {(card.front, card.back) for card in reading.cards}
    found |= {(card.back, card.front) for card in reading.cards if card.kind == "reversed"}
    assert found == sides
    assert {card.deck for card in reading.cards} == {"ai"}


def test_standard_input_is_a_deck_with_a_name(vault: Path) -> None:
    words = ["import", "-", "--to", "Cards", "--vault", str(vault)]
    assert CliRunner().invoke(group, words, input=CSV).exit_code == 0
    assert "# Flashcards\n" in (vault / "Cards/Flashcards.md").read_text(encoding="utf-8")


def test_text_that_makes_no_card_is_not_doubled(vault: Path) -> None:
    text = ANKI + "{{c1::a {{c2::b}} c}} d\t\n{{c1::x}} y\t\n"
    assert counts(put(vault, text, name="n.txt")) == (2, 0, 0)
    assert counts(put(vault, text, name="n.txt")) == (0, 0, 2)
    note = vault / "Cards/n.md"
    note.write_text(note.read_text(encoding="utf-8").replace("==1;;x== y", "x y"), encoding="utf-8")
    assert counts(put(vault, text, name="n.txt")) == (0, 0, 2)
