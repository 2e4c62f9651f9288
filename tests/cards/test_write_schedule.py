"""Schedules written into notes: the plugin's own dates and comments, and not a byte elsewhere."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.read import read_cards
from vaultkit.cards.reader.schedule import read_entries
from vaultkit.cards.study.schedule_writing import with_entry
from vaultkit.cards.study.scheduling import Grade, ReviewSettings, due_days, first_ease, next_entry, review_settings
from vaultkit.cli.app import group
from vaultkit.note.parse import parse_text

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
ENTRY = "2026-04-01,22,270"
CARDS = CardSettings()


def blocks_of(text: str, dialect: str = "vaultkit") -> tuple[CardBlock, ...]:
    return read_cards("n.md", parse_text(text), text, CARDS, dialect)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "grade", "after"),
    [
        # A new card: interval 1, ease 250 (`osrSchedule` with the plugin's defaults).
        (None, "good", "2026-03-13,3,250"),
        (None, "easy", "2026-03-14,4,270"),
        (None, "hard", "2026-03-11,1,230"),
        (None, "again", "2026-03-10,1,250"),
        ("2000-01-01,1,250", "good", "2026-03-13,3,250"),
        # On time, then late: half of the delay counts for good, all of it for easy, a quarter for hard.
        ("2026-03-10,4,270", "good", "2026-03-21,11,270"),
        ("2026-03-06,4,270", "good", "2026-03-26,16,270"),
        ("2026-03-06,4,270", "easy", "2026-04-09,30,290"),
        ("2026-03-06,4,270", "hard", "2026-03-13,3,250"),
        ("2026-03-10,4,130", "hard", "2026-03-12,2,130"),
        ("2026-03-10,30000,270", "good", "2126-03-11,36525,270"),
        ("2026-03-10,4,270", "again", "2026-03-10,1,250"),
    ],
)
def test_dates_of_sm2(before: str | None, grade: Grade, after: str) -> None:
    entry = read_entries(before)[0] if before else None
    assert next_entry(entry, grade, NOW, ReviewSettings(), ease=250, due={}) == after


def test_dates_are_spread_over_days_with_few_cards() -> None:
    entry = read_entries("2026-03-10,4,270")[0]
    assert next_entry(entry, "good", NOW, ReviewSettings(), ease=250, due={11: 2, 10: 1, 12: 1}).startswith(
        "2026-03-20,10"
    )
    assert next_entry(entry, "good", NOW, ReviewSettings(), ease=250, due={11: 2, 10: 1}).startswith("2026-03-22,12")
    assert next_entry(entry, "good", NOW, ReviewSettings(load_balance=False), ease=250, due={11: 9}).startswith(
        "2026-03-21,11"
    )
    assert due_days(read_entries("2026-03-12,3,250!2000-01-01,1,250"), date(2026, 3, 10)) == {2: 1}


def test_a_new_card_takes_some_of_the_ease_of_its_note() -> None:
    assert first_ease((), ReviewSettings()) == 250
    assert first_ease(read_entries("2026-03-12,3,300"), ReviewSettings()) == 255
    assert first_ease(read_entries("!".join(["2026-03-12,3,300"] * 70)), ReviewSettings()) == 300


def test_dates_of_fsrs_are_those_of_py_fsrs() -> None:
    pytest.importorskip("fsrs")
    reviews = ReviewSettings(algorithm="fsrs")
    first = next_entry(None, "good", NOW, reviews, ease=250, due={})
    assert first == "fsrs,2026-03-10T09:40:00.000Z,0,2.3065,2.11810397,1,1,0,1,2026-03-10T09:30:00.000Z"
    second = next_entry(read_entries(first)[0], "good", NOW.replace(minute=40), reviews, ease=250, due={})
    fields = second.split(",")
    assert (fields[5], fields[6], fields[7], fields[8]) == ("2", "2", "0", "0")
    assert fields[1].startswith("2026-03-12T09:40") and fields[2] == "2"
    again = next_entry(read_entries(second)[0], "again", NOW.replace(day=12), reviews, ease=250, due={})
    assert again.split(",")[5:9] == ["3", "3", "1", "0"]
    (read,) = read_entries(again)
    assert (read.state, read.due, read.algorithm) == (3, "2026-03-12", "fsrs")


def test_sm2_goes_over_to_fsrs_and_back() -> None:
    pytest.importorskip("fsrs")
    entry = read_entries("2026-03-10,10,250")[0]
    made = next_entry(entry, "good", NOW, ReviewSettings(algorithm="fsrs"), ease=250, due={})
    (read,) = read_entries(made)
    assert (read.algorithm, read.state) == ("fsrs", 2)
    assert read.interval is not None and read.interval > 10
    back = next_entry(read, "good", NOW, ReviewSettings(), ease=250, due={})
    assert read_entries(back)[0].algorithm == "sm2"


def test_settings_of_the_plugin() -> None:
    read = review_settings(
        {
            "algorithm": "FSRS",
            "baseEase": 230,
            "loadBalance": False,
            "cardCommentOnSameLine": True,
            "maximumInterval": "x",
        }
    )
    assert (read.algorithm, read.base_ease, read.load_balance, read.on_same_line) == ("fsrs", 230, False, True)
    assert read.maximum_interval == 36525


@pytest.mark.parametrize(
    ("card", "sibling", "written"),
    [
        ("Oslo::Norway\n", 0, f"Oslo::Norway\n<!--SR:!{ENTRY}-->\n"),
        ("Oslo::Norway ^id\n", 0, f"Oslo::Norway ^id\n<!--SR:!{ENTRY}-->\n"),
        ("Oslo::Norway", 0, f"Oslo::Norway\n<!--SR:!{ENTRY}-->"),
        ("Hund:::dog\n", 1, f"Hund:::dog\n<!--SR:!2000-01-01,1,250!{ENTRY}-->\n"),
        ("Q\n?\nA\nB\n", 0, f"Q\n?\nA\nB\n<!--SR:!{ENTRY}-->\n"),
        ("Q\n?\n```\nx\n```\n", 0, f"Q\n?\n```\nx\n```\n<!--SR:!{ENTRY}-->\n"),
        ("The ==a== and ==b==\n", 1, f"The ==a== and ==b==\n<!--SR:!2000-01-01,1,250!{ENTRY}-->\n"),
        ("a::b\nc::d\n", 0, f"a::b\n<!--SR:!{ENTRY}-->\nc::d\n"),
        ("a::b <!--SR:!2026-01-01,3,250-->\n", 0, f"a::b <!--SR:!{ENTRY}-->\n"),
        ("a:::b\n<!--SR:!2026-01-01,3,250!2026-02-02,4,250-->\n", 0, f"a:::b\n<!--SR:!{ENTRY}!2026-02-02,4,250-->\n"),
        ("a:::b\n<!--SR:!2026-01-01,3,250-->\n", 1, f"a:::b\n<!--SR:!2026-01-01,3,250!{ENTRY}-->\n"),
        ("a::b\n> [!sr|card-metadata] \n> <!--SR:!2026-01-01,3,250-->\n", 0, f"a::b\n> [!sr|card-metadata] \n> <!--SR:!{ENTRY}-->\n"),
        ("## Q #card\nback\n\nmore\n", 0, f"## Q #card\nback\n\nmore\n<!--SR:!{ENTRY}-->\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_where_the_comment_stands(card: str, sibling: int, written: str, line_end: str) -> None:
    def note(text: str) -> str:
        return f"---\ntags: [flashcards]\n---\n\n{text}\n# End\n\nlast::one\n".replace("\n", line_end)

    text = note(card)
    made = with_entry(text, blocks_of(text)[0], sibling, ENTRY, "n.md", CARDS, ReviewSettings())
    assert made == note(written)
    again = with_entry(made, blocks_of(made)[0], sibling, "2026-05-05,30,250", "n.md", CARDS, ReviewSettings())
    assert again == made.replace(ENTRY, "2026-05-05,30,250")


@pytest.mark.parametrize(
    ("card", "written"),
    [
        ("Oslo::Norway\n", f"Oslo::Norway <!--SR:!{ENTRY}-->\n"),
        ("Oslo::Norway ^id\n", f"Oslo::Norway <!--SR:!{ENTRY}--> ^id\n"),
        ("Q\n?\n```\nx\n```\n", f"Q\n?\n```\nx\n```\n<!--SR:!{ENTRY}-->\n"),
    ],
)
def test_on_the_same_line(card: str, written: str) -> None:
    text = f"#flashcards\n\n{card}"
    made = with_entry(text, blocks_of(text)[0], 0, ENTRY, "n.md", CARDS, ReviewSettings(on_same_line=True))
    assert made == f"#flashcards\n\n{written}"


def test_in_a_callout() -> None:
    text = "#flashcards\n\nOslo::Norway\n"
    made = with_entry(text, blocks_of(text)[0], 0, ENTRY, "n.md", CARDS, ReviewSettings(in_callout=True))
    assert made == f"{text}> [!sr|card-metadata] \n> <!--SR:!{ENTRY}-->\n"
    assert blocks_of(made, "osr")[0].schedules[0].raw == ENTRY


def test_nothing_is_written_where_it_would_be_read_in_another_way() -> None:
    text = "#flashcards\n\n==1;;a== and ==3;;b==\n"
    with pytest.raises(VaultkitError, match="gap in the cloze numbers"):
        with_entry(text, blocks_of(text)[0], 0, ENTRY, "n.md", CARDS, ReviewSettings())


def test_any_cards_are_read_as_before_but_for_the_schedule() -> None:
    """Random decks: each card in turn gets an entry, or the note stays as it is."""
    lines = ["a::b", "- c:::d", "e\n?\nf", "g\n??\nh\n- i", "the ==j== and ==k==", "text", "# H", "```\nl::m\n```", "n::o ^p", "==q==\n<!--SR:!2026-01-01,3,250-->", "r::s <!--SR:!2026-01-01,3,250-->", "> t::u"]  # fmt: skip
    chance = random.Random(7)
    written = 0
    for _ in range(300):
        text = "#flashcards\n\n" + "".join(chance.choice(lines) + chance.choice(["\n", "\n\n"]) for _ in range(8))
        blocks = blocks_of(text)
        for block in blocks:
            try:
                made = with_entry(text, block, len(block.cards) - 1, ENTRY, "n.md", CARDS, ReviewSettings())
            except VaultkitError:
                continue
            written += 1
            assert [one.cards for one in blocks_of(made)] == [one.cards for one in blocks]
            assert made.replace("\n", "").startswith(text[: block.start].replace("\n", ""))
            assert made.endswith(text[block.end :])
    assert written > 500


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "v"
    (root / ".obsidian").mkdir(parents=True)
    (root / "a.md").write_bytes(
        b"\xef\xbb\xbf#flashcards/x\r\n\r\nnew::one\r\n\r\nold::two\r\n<!--SR:!2020-01-01,4,270-->\r\n\r\nlater::three\r\n<!--SR:!2099-01-01,4,270-->\r\n"
    )
    return root


def call(vault: Path, *words: str, stdin: str) -> str:
    result = CliRunner().invoke(group, ["quiz", *words, "--vault", str(vault)], input=stdin)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_quiz_of_what_is_due_writes_schedules(vault: Path) -> None:
    before = (vault / "a.md").read_bytes()
    said = call(vault, "--due", "--write-schedule", stdin="\n3\n\n4\n")
    assert said.index("old") < said.index("new")
    assert "later" not in said
    after = (vault / "a.md").read_bytes()
    text = after.decode("utf-8-sig")
    found = [entry for block in blocks_of(text) for entry in block.schedules]
    assert found[0].interval in (3, 4)
    assert found[2].raw == "2099-01-01,4,270"
    assert all(date.fromisoformat(entry.due) > date.today() for entry in found)
    assert after.replace(b"\r\n<!--SR:!", b"").split(b"one")[0] == before.split(b"one")[0]
    assert [block.compat for block in blocks_of(text)] == ["same"] * 3


def test_a_quiz_without_the_option_touches_no_note(vault: Path) -> None:
    before = (vault / "a.md").read_bytes()
    call(vault, "--due", stdin="\n3\n\n4\n")
    assert (vault / "a.md").read_bytes() == before


def test_every_answer_is_in_the_log_at_once(vault: Path) -> None:
    log = vault / ".vaultkit/quiz.json"

    def grades() -> list[str]:
        sessions = json.loads(log.read_text(encoding="utf-8"))["sessions"]
        return [entry["grade"] for entry in sessions[-1]["results"]]

    call(vault, stdin="\n3\n")  # the input ends in the middle of the second card
    assert grades() == ["good"]
    call(vault, stdin="\n1\n\n2\n\n")
    assert grades() == ["again", "hard"]


def test_a_note_that_changed_meanwhile_is_left_alone(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import vaultkit.cards.study.session as session

    original = session.run

    def run(*words, **more):  # type: ignore[no-untyped-def]
        for pair in original(*words, **more):
            (vault / "a.md").write_text("#flashcards\n\nother::card\n", encoding="utf-8")
            yield pair

    monkeypatch.setattr(session, "run", run)
    said = call(vault, "--n", "1", "--write-schedule", stdin="\n3\n")
    assert "the card has changed since; its schedule is not written" in said
    assert (vault / "a.md").read_text(encoding="utf-8") == "#flashcards\n\nother::card\n"
