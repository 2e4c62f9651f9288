"""Commands as other tools call them, and those of Obsidian that are not built."""

from __future__ import annotations

import shlex

import click
import pytest

from vaultkit.cli.app import group
from vaultkit.cli.command_names import OBSIDIAN_ONLY, SYNONYMS
from vaultkit.cli.entry_point import run


def said(capsys, *arguments):
    assert run(list(arguments)) == 2
    return capsys.readouterr().err.splitlines()[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("lint", "vaultkit check", id="ruff is run so by many"),
        pytest.param("lint Notes/ --fix", "vaultkit check Notes/ --fix", id="with its arguments"),
        pytest.param("lint 'a b.md'", "vaultkit check 'a b.md'", id="with a name in quotes"),
        pytest.param("explain LK001", "vaultkit rule LK001", id="ruff's and rumdl's word"),
        pytest.param("fix", "vaultkit check --fix", id="fix"),
        pytest.param("fmt", "vaultkit check --fix", id="rumdl's word"),
        pytest.param("watch", "vaultkit check --watch", id="watch"),
        pytest.param("mv a b", "vaultkit move a b", id="git's word"),
        pytest.param("serve", "vaultkit map --serve", id="serve"),
        pytest.param("LINT", "vaultkit check", id="in capital letters"),
    ],
)
def test_a_synonym_names_the_command(capsys, typed, meant):
    word = typed.split()[0]
    assert said(capsys, *shlex.split(typed)) == f"error: no command '{word}'; did you mean `{meant}`?"


@pytest.mark.parametrize("word", ["open", "plugin:enable", "sync:status", "eval", "history:read"])
def test_a_word_of_obsidian_is_named_as_such(capsys, word):
    assert said(capsys, word, "file=x") == (
        f"error: `{word}` is a command of Obsidian's own command line, which vaultkit does not have; "
        f"run `obsidian {word}`"
    )


@pytest.mark.parametrize("word", ["nope", "lps", "x"])
def test_nothing_is_suggested_for_a_word_that_only_looks_alike(capsys, word):
    assert said(capsys, word) == f"error: no command '{word}'; `vaultkit --help` lists them"


@pytest.mark.parametrize(("word", "meant"), [("chekc", "check"), ("backlink", "backlinks"), ("mape", "map")])
def test_a_slip_is_suggested(capsys, word, meant):
    assert said(capsys, word) == f"error: no command '{word}'; did you mean `vaultkit {meant}`?"


def test_every_synonym_leads_to_a_command_and_hides_none():
    context = click.Context(group)
    commands = set(group.list_commands(context))
    for word, command in SYNONYMS.items():
        assert word not in commands
        name, *options = command.split()
        found = group.get_command(context, name)
        assert found is not None, word
        for option in options:
            is_option = any(option in parameter.opts for parameter in found.params)
            assert is_option or option in getattr(found, "list_commands", lambda _: [])(context), word
    assert not OBSIDIAN_ONLY & commands


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["help"], "Usage: vaultkit [OPTIONS] COMMAND"),
        (["help", "check"], "Usage: vaultkit check"),
        (["help", "cards", "list"], "Usage: vaultkit cards list"),
        (["version"], "vaultkit, version "),
    ],
)
def test_help_and_version_are_answered(capsys, arguments, begins):
    assert run(arguments) == 0
    assert capsys.readouterr().out.startswith(begins)
