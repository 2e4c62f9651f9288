"""One place decides what makes a card: lists and rules read a vault with the same separators, tags and folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from vaultkit.base.errors import ConfigError
from vaultkit.cards.model import CardSettings
from vaultkit.cards.settings import OBSIDIAN_FOLDER, card_settings
from vaultkit.cards.settings import PLUGIN_FILE as FILE_IN_FOLDER
from vaultkit.cli.app import group
from vaultkit.config import parse_config

PLUGIN_FILE = f"{OBSIDIAN_FOLDER}/{FILE_IN_FOLDER}"


def a_vault(tmp_path: Path, files: dict[str, str], plugin: dict[str, Any] | None = None, own: str = "") -> Path:
    for name, text in files.items():
        place = tmp_path / "v" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    if plugin is not None:
        place = tmp_path / "v" / PLUGIN_FILE
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps({"settings": plugin}), encoding="utf-8")
    (tmp_path / "v" / "vaultkit.toml").write_text(own, encoding="utf-8")
    return tmp_path / "v"


def call(vault: Path, *words: str) -> str:
    result = CliRunner().invoke(group, [*words, "--vault", str(vault)])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def listed(vault: Path, *words: str) -> list[tuple[str, int, str, str]]:
    blocks = json.loads(call(vault, "cards", "list", "--format", "json", *words))["blocks"]
    return [(block["kind"], block["line"], card["front"], card["back"]) for block in blocks for card in block["cards"]]


def found(vault: Path, *words: str) -> list[str]:
    lines = call(vault, "check", "--output-format", "concise", "--no-cache", "--select", "FC", *words).splitlines()
    return [" ".join(line.split()[:3]) for line in lines if " FC" in line]


@pytest.mark.parametrize(
    ("text", "plugin", "own", "cards", "findings"),
    [
        pytest.param(
            "#flashcards\n\nQ one == Answer\n\nTwo::\n", {"singleLineCardSeparator": "=="}, "",
            [("single-basic", 3, "Q one", "Answer")], [], id="another separator, and the usual one is none",
        ),
        pytest.param(
            "#flashcards\n\nQ one >>\n", {"singleLineCardSeparator": ">>"}, "",
            [("single-basic", 3, "Q one", "")], ["a.md:3:1: error FC001"], id="its faults are found",
        ),
        pytest.param(
            "#anki/geo\n\nNorway::\n", {"flashcardTags": ["#anki"]}, "",
            [("single-basic", 3, "Norway", "")], ["a.md:3:1: error FC001"], id="another tag",
        ),
        pytest.param(
            "#flashcards\n\nThe capital of Norway::Oslo\n\nWhere is it?::\n", {"flashcardTags": ["#anki"]}, "",
            [("single-basic", 3, "The capital of Norway", "Oslo"), ("single-basic", 5, "Where is it?", "")], [],
            id="the usual tag is then no deck, and rules are silent without one",
        ),
        pytest.param(
            "Norway::\n", {"convertFoldersToDecks": True}, "", [], [], id="folders are decks, and the vault itself is none",
        ),
        pytest.param(
            "#flashcards #draft\n\nNorway::\n", {"flashcardTagsToIgnore": ["#draft"]}, "", [], [], id="a tag to ignore",
        ),
        pytest.param(
            "---\ntags: [flashcards, Draft/x]\n---\nNorway::\n", {"flashcardTagsToIgnore": ["#draft"]}, "", [], [],
            id="one below it, in any case and in the properties",
        ),
        pytest.param(
            "#flashcards #drafts\n\nNorway::\n", {"flashcardTagsToIgnore": ["#draft"]}, "",
            [("single-basic", 3, "Norway", "")], ["a.md:3:1: error FC001"], id="another tag that begins alike",
        ),
        pytest.param(
            "#flashcards #draft\n\nNorway::\n", {"tagsToIgnore": ["#draft"]}, "",
            [("single-basic", 3, "Norway", "")], ["a.md:3:1: error FC001"], id="a key that the plugin does not have",
        ),
        pytest.param(
            "#flashcards\n\nQ\n?\nA\n\nB\n---\nNorway\n?\n", {"multilineCardEndMarker": "---"}, "",
            [("multi-basic", 3, "Q", "A\n\nB"), ("multi-basic", 9, "Norway", "")], ["a.md:9:1: error FC001"],
            id="an end marker: the blank line cuts nothing",
        ),
        pytest.param(
            "#flashcards\n\nThe **capital is [...]\n\nOf {{Norway}}\n", {"clozePatterns": ["{{[123;;]answer[;;hint]}}"]}, "",
            [("cloze", 5, "Of [...]", "Of Norway")], [], id="another cloze",
        ),
        pytest.param(
            "#flashcards\n\nNorway>>\nSweden::\n", {"singleLineCardSeparator": "::"}, '[cards]\nsingle-separator = ">>"',
            [("single-basic", 3, "Norway", "")], ["a.md:3:1: error FC001"], id="the configuration wins",
        ),
        pytest.param(
            "#anki\n\nNorway::\n", None, '[cards]\ntags = ["anki"]', [("single-basic", 3, "Norway", "")],
            ["a.md:3:1: error FC001"], id="a tag in the configuration, without its sign",
        ),
        pytest.param(
            "#flashcards\n\n> [!question] Norway\n", None, '[cards]\ncallouts = ["Question"]',
            [("callout", 3, "Norway", "")], ["a.md:3:15: error FC001"], id="a further callout",
        ),
        pytest.param(
            "#flashcards\n\nQ: Norway\nA:\n\nSweden::\n", None, '[cards]\nformats = ["sr"]',
            [("single-basic", 6, "Sweden", "")], ["a.md:6:1: error FC001"], id="only some formats",
        ),
    ],
)  # fmt: skip
def test_lists_and_rules_read_the_same(tmp_path: Path, text, plugin, own, cards, findings) -> None:
    vault = a_vault(tmp_path, {"a.md": text}, plugin, own)
    assert listed(vault) == cards
    assert found(vault) == findings


@pytest.mark.parametrize(
    ("plugin", "own", "paths"),
    [
        pytest.param({}, "", ["Notes/a.md", "Old/b.md", "a.md"], id="drawings hold no cards"),
        pytest.param({"noteFoldersToIgnore": ["Old"]}, "", ["D/x.excalidraw.md", "Notes/a.md", "a.md"], id="a folder"),
        pytest.param({"noteFoldersToIgnore": ["Old/"]}, "", ["D/x.excalidraw.md", "Notes/a.md", "a.md"], id="with a slash"),
        pytest.param({"noteFoldersToIgnore": ["Ol"]}, "", ["D/x.excalidraw.md", "Notes/a.md", "Old/b.md", "a.md"], id="a part of a name"),
        pytest.param({"noteFoldersToIgnore": ["**/a.md"]}, "", ["D/x.excalidraw.md", "Old/b.md"], id="a pattern"),
        pytest.param({"convertFoldersToDecks": True}, "", ["Notes/a.md", "Old/b.md"], id="folders are decks"),
        pytest.param({}, '[cards]\nignored-paths = ["Notes/**"]', ["D/x.excalidraw.md", "Old/b.md", "a.md"], id="own"),
    ],
)  # fmt: skip
def test_notes_that_the_plugin_skips_hold_no_cards(tmp_path: Path, plugin, own, paths) -> None:
    names = ("a.md", "Notes/a.md", "Old/b.md", "D/x.excalidraw.md")
    files = {name: f"#flashcards\n\n{name} is what?::\n" for name in names}
    vault = a_vault(tmp_path, files, plugin, own)
    blocks = json.loads(call(vault, "cards", "list", "--format", "json"))["blocks"]
    assert [block["path"] for block in blocks] == paths
    assert found(vault) == [f"{path}:3:1: error FC001" for path in paths]


def test_the_command_line_wins(tmp_path: Path) -> None:
    vault = a_vault(tmp_path, {"a.md": "#flashcards\n\nNorway>>\n"}, {"singleLineCardSeparator": "::"})
    words = ("--config", 'cards.single-separator=">>"')
    assert (listed(vault), listed(vault, *words)) == ([], [("single-basic", 3, "Norway", "")])
    assert (found(vault), found(vault, *words)) == ([], ["a.md:3:1: error FC001"])


def test_decks_that_are_folders_are_compared_by_folder(tmp_path: Path) -> None:
    files = {
        "a/x.md": "Capital of Norway::Oslo\n",
        "a/y.md": "Capital of Norway::Oslo\n",
        "b/z.md": "Capital of Norway::Oslo\n",
    }
    vault = a_vault(tmp_path, files, {"convertFoldersToDecks": True}, '[rules.FC004]\nscope = "deck"\n')
    assert found(vault) == ["a/y.md:1:1: warning FC004"]


def test_a_schedule_below_text_is_stray_when_the_separators_are_known(tmp_path: Path) -> None:
    text = "#flashcards\n\nNorway >> Oslo\n<!--SR:!2026-01-01,3,250-->\n"
    assert found(a_vault(tmp_path / "a", {"a.md": text})) == []
    assert found(a_vault(tmp_path / "b", {"a.md": text}, {"singleLineCardSeparator": ">>"})) == []
    assert found(a_vault(tmp_path / "c", {"a.md": text}, {})) == ["a.md:4:1: warning FC012"]


def test_the_cache_knows_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("vaultkit.vault.stamps.TICK_NS", -1_000_000_000)
    vault = a_vault(tmp_path, {"a.md": "#flashcards\n\nNorway::\n\nSweden>>\n"}, {})

    def cached(*words: str) -> list[str]:
        lines = call(vault, "check", "--output-format", "concise", "--select", "FC", *words).splitlines()
        return [line.split()[0] for line in lines if " FC" in line]

    assert (cached(), cached()) == (["a.md:3:1:"], ["a.md:3:1:"])
    (vault / PLUGIN_FILE).write_text('{"settings": {"singleLineCardSeparator": ">>"}}', encoding="utf-8")
    assert (cached(), cached()) == (["a.md:5:1:"], ["a.md:5:1:"])
    assert cached("--config", 'cards.single-separator="::"') == ["a.md:3:1:"]


def test_a_broken_settings_file_is_told_and_the_defaults_hold(tmp_path: Path) -> None:
    vault = a_vault(tmp_path, {"a.md": "#flashcards\n\nNorway::\n"}, {})
    (vault / PLUGIN_FILE).write_text('{"settings": ', encoding="utf-8")
    for words in (["cards", "list"], ["check", "--select", "FC"]):
        result = CliRunner().invoke(group, [*words, "--vault", str(vault)])
        assert f"{PLUGIN_FILE}: " in result.stderr
        assert "defaults are used" in result.stderr
        assert "a.md:3" in result.stdout


def test_what_the_configuration_leaves_out_is_no_card(tmp_path: Path) -> None:
    files = {"a.md": "#flashcards\n\nNorway::Oslo\n", "old/b.md": "#flashcards\n\nSweden::Stockholm\n"}
    vault = a_vault(tmp_path, files, own='exclude = ["old/**"]')
    assert [card[2] for card in listed(vault)] == ["Norway"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"formats": ["srs"]}, "configuration: cards.formats: 'srs' is not one of sr, heading, callout, qa, worksheet, "
         "brainscape, quizwiz; did you mean 'sr'?"),
        ({"tags": "anki"}, "configuration: `cards.tags` must be a list of texts"),
        ({"end-marker": 3}, "configuration: `cards.end-marker` must be a text"),
        ({"folders-as-decks": "yes"}, "configuration: `cards.folders-as-decks` must be true or false"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused(table: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_config({"cards": table})
    assert str(error.value) == message


def test_an_unknown_key_is_told() -> None:
    assert parse_config({"cards": {"tag": ["#x"]}}).notices == (
        "configuration: unknown key `cards.tag`; did you mean 'tags'?",
    )


def test_without_anything_the_plugin_s_defaults_hold(tmp_path: Path) -> None:
    assert card_settings(str(tmp_path)) == (CardSettings(), "")


@pytest.mark.parametrize(
    ("config_folder", "single"),
    [(OBSIDIAN_FOLDER, ">>"), ("", "::"), (".obsidian-mobile", "::")],
    ids=["read", "not to be read", "another folder"],
)
def test_the_plugin_is_asked_in_the_vaults_own_folder(tmp_path: Path, config_folder: str, single: str) -> None:
    vault = a_vault(tmp_path, {"a.md": ""}, {"singleLineCardSeparator": ">>"})
    settings, fault = card_settings(str(vault), (), config_folder)
    assert (settings.single, fault) == (single, "")


@pytest.mark.parametrize(("words", "codes"), [((), ["FC001"]), (("--no-obsidian-config",), [])])
def test_no_obsidian_config_reads_cards_by_the_defaults(
    tmp_path: Path, words: tuple[str, ...], codes: list[str]
) -> None:
    vault = a_vault(tmp_path, {"a.md": "#flashcards\n\nWhat is softmax>>\n"}, {"singleLineCardSeparator": ">>"})
    result = CliRunner().invoke(group, ["check", "--vault", str(vault), "--output-format", "json", *words])
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == codes


@pytest.mark.parametrize("name", ["tags", "Tags"])
def test_a_deck_is_a_deck_however_its_property_is_written(tmp_path: Path, name: str) -> None:
    vault = a_vault(tmp_path, {"a.md": f"---\n{name}: [Flashcards/maths]\n---\nWhat is softmax::\n"})
    assert [entry[2:] for entry in listed(vault)] == [("What is softmax", "")]
    result = CliRunner().invoke(group, ["check", "--vault", str(vault), "--output-format", "json"])
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["FC001"]
