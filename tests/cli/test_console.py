"""When the terminal gets colour, and how wide it is taken to be."""

from __future__ import annotations

import io

import pytest

from vaultkit.cli.console import Progress, complain, notice, terminal_width, wants_color

_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "variables", "is_terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR": "0"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_color(monkeypatch, choice, variables, is_terminal, expected):
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wants_color(choice, Terminal() if is_terminal else io.StringIO()) is expected


@pytest.mark.parametrize(("columns", "expected"), [("20", 60), ("80", 80), ("400", 140)])
def test_width_within_what_is_good_to_read(monkeypatch, columns, expected):
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_width() == expected


@pytest.mark.parametrize("columns", ["", "0", "wide", "-3"])
def test_width_without_a_terminal(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.__stdout__", io.StringIO())
    assert terminal_width() == 100


def test_long_work_is_told_in_words_on_a_terminal_only(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("vaultkit.cli.console.QUIET_SECONDS", 0.0)
    for stream, expected in ((Terminal(), "\r\x1b[Kplacing notes ... \r\x1b[K"), (io.StringIO(), "")):
        monkeypatch.setattr("sys.stderr", stream)
        with Progress("reading notes") as progress:
            progress.say("placing notes")
        assert stream.getvalue() == expected


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({"NO_COLOR": "1"}, "note: a\\x1b[31mb\nerror: no\n"),
        ({}, "\x1b[36mnote\x1b[0m: a\\x1b[31mb\n\x1b[31;1merror\x1b[0m: no\n"),
    ],
)
def test_notices_and_errors_are_coloured_where_colour_is_wanted(monkeypatch, variables, shown):
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    notice("a\x1b[31mb")
    complain("no")
    assert stream.getvalue() == shown
