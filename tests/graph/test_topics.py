"""What communities are called."""

from __future__ import annotations

import pytest

from vaultkit.graph.communities import communities
from vaultkit.graph.core import CONCEPT_KINDS
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.load import snapshot_of_texts as vault_of

# Nine notes on sleep; a note that only the centre and one member link to has the higher PageRank.
SINK = {
    "n1.md": "sleep tonight [[Sleep]] [[Drink water after waking up]] [[n2]] [[n3]] [[n4]]",
    **{f"n{at}.md": "on sleep and insomnia [[Sleep]]" for at in range(2, 10)},
    "Sleep.md": "insomnia [[Drink water after waking up]]",
    "Drink water after waking up.md": "x",
}
OTHER = {f"k{at}.md": "kernel scheduler [[Linux]]" for at in range(6)} | {"Linux.md": "kernel"}


def names(texts: dict[str, str], **given: str) -> list[str]:
    vault = vault_of(texts)
    core = graph_core(vault)
    return [group.name for group in communities(core.only(CONCEPT_KINDS), core, vault=vault, **given).groups]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(SINK | OTHER, ["Sleep", "Linux"], id="a rank sink names nothing"),
        pytest.param(
            {f"2024-05-0{at}.md": "[[2024-05-01]] [[Garden]] garden" for at in range(1, 7)} | {"Garden.md": "garden"},
            ["Garden"],
            id="a day names nothing",
        ),
        pytest.param(
            {"index.md": " ".join(f"[[b{at}]]" for at in range(6)) + "[[Bread]]"}
            | {f"b{at}.md": "[[Bread]] bread" for at in range(6)}
            | {"Bread.md": "bread"},
            ["Bread"],
            id="an index note names nothing",
        ),
        pytest.param(
            {"∑ 睡眠 MOC.md": " ".join(f"[[s{at}]]" for at in range(6))}
            | {f"s{at}.md": "睡眠很重要" for at in range(6)},
            ["睡眠"],
            id="Chinese, without the sign and the word for a list",
        ),
        pytest.param(
            {f"f{at}.md": "电影 [[电影笔记]]" + "[[模板文件创建入口]]" * (at < 9) for at in range(10)}
            | {"电影笔记.md": "电影 [[模板文件创建入口]]", "模板文件创建入口.md": "[[电影笔记]]"},
            ["电影笔记"],
            id="a page that only leads to others, in Chinese",
        ),
        pytest.param(
            {f"i{at}.md": "[[Idea]] idea" for at in range(5)}, ["Idea"], id="a name that all link to, written or not"
        ),
        pytest.param(
            {f"Chemistry/c{at}.md": "acid [[Ions]]" for at in range(9)}
            | {"Chemistry/Ions.md": "acid", "x.md": "", "y.md": "[[x]]"},
            ["Chemistry, Ions", "x"],
            id="with the folder that holds the group and hardly more",
        ),
        pytest.param(
            {f"NLP/c{at}.md": "acid [[Ions]]" for at in range(9)} | {"NLP/Ions.md": "acid"},
            ["Ions"],
            id="without a folder that is an abbreviation",
        ),
        pytest.param(
            {f"Ions/c{at}.md": "acid [[Simple ions]]" for at in range(9)} | {"Ions/Simple ions.md": "acid"},
            ["Simple ions"],
            id="without a folder that says the same",
        ),
        pytest.param(
            {f"2024/c{at}.md": "acid [[Ions]]" for at in range(9)} | {"2024/Ions.md": "acid"},
            ["Ions"],
            id="without a folder that is a year",
        ),
        pytest.param(
            {"Natural language.md": "[[CYK]] " + " ".join(f"[[n{at}]]" for at in range(8)), "CYK.md": ""}
            | {f"n{at}.md": "language parsing [[CYK]]" if at < 5 else "language parsing" for at in range(8)}
            | {f"k{at}.md": "kernel [[Linux]]" for at in range(60)},
            ["Linux", "Natural language"],
            id="a table of contents",
        ),
        pytest.param({"2024-01-01.md": "[[2024-01-02]]", "2024-01-02.md": ""}, ["2024-01-02"], id="nothing else there"),
        pytest.param({"a.md": "", "b.md": ""}, [], id="no links"),
    ],
)
def test_name(texts: dict[str, str], expected: list[str]) -> None:
    assert names(texts) == expected


def test_terms_are_those_that_others_do_not_share() -> None:
    vault = vault_of(
        {f"a{at}.md": "the tree of decision trees and things [[Forest]]" for at in range(5)}
        | {f"b{at}.md": "the and things market price [[Money]]" for at in range(4)}
    )
    first, second = communities(graph_core(vault), vault=vault).groups
    assert set(first.terms) == {"tree", "decision", "forest"}
    assert set(second.terms) == {"market", "price", "money"}
