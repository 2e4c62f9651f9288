"""The one name that was probably meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkit.lint.nearest import MAX_EDITS, Names, allowed_edits, edit_distance

NAMES = [
    "Softmax",
    "Attention",
    "Backpropagation",
    "Cold start",
    "GPT-2",
    "GPT-3",
    "Map",
    "注意力机制模型",
    "2024-05-01",
    "Été",
]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param("Sofmax", ("Softmax",), id="a letter left out"),
        pytest.param("Sotfmax", ("Softmax",), id="two neighbours swapped, each in another half"),
        pytest.param("Backrpopgaation", ("Backpropagation",), id="two such swaps, at the borders of thirds"),
        pytest.param("Softmaxx", ("Softmax",), id="a letter too many"),
        pytest.param("Backpropogatoin", ("Backpropagation",), id="two slips in a long name"),
        pytest.param("Sfmax", (), id="two slips in a short name"),
        pytest.param("attention", ("Attention",), id="another case"),
        pytest.param("Cold-Start", ("Cold start",), id="a hyphen for a space"),
        pytest.param("Attentions", ("Attention",), id="a plural"),
        pytest.param("GPT-4", (), id="another number is another thing"),
        pytest.param("2024-05-02", (), id="so is another date"),
        pytest.param("Mop", (), id="no guesses for three letters"),
        pytest.param("注意力机制模形", ("注意力机制模型",), id="one character of a long ideographic name"),
        pytest.param("E\u0301te\u0301", ("Été",), id="another Unicode form"),
        pytest.param("Nothing alike", (), id="nothing near"),
        pytest.param("", (), id="nothing asked"),
    ],
)
def test_nearest(wanted: str, expected: tuple[str, ...]) -> None:
    assert Names(NAMES).nearest(wanted) == expected


def test_several_names_as_near_are_all_told() -> None:
    assert Names(["Tensor a", "Tensor b", "Vector x"]).nearest("Tensor c") == ("Tensor a", "Tensor b")


def test_the_nearer_one_wins() -> None:
    assert Names(["Embeddings hero", "Embedding hero"]).nearest("Embedding here") == ("Embedding hero",)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("", "", 0, id="nothing"),
        pytest.param("abc", "abc", 0, id="the same"),
        pytest.param("abc", "acb", 1, id="a swap is one"),
        pytest.param("abc", "axc", 1, id="a change"),
        pytest.param("abc", "abcd", 1, id="an insertion"),
        pytest.param("abcdef", "ghijkl", 3, id="more than the limit"),
        pytest.param("a", "abcdef", 3, id="too different in length"),
    ],
)
def test_edit_distance(one: str, other: str, expected: int) -> None:
    assert edit_distance(one, other, 2) == expected
    assert edit_distance(other, one, 2) == expected


letters = st.text("abcd", min_size=3, max_size=14)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Names, and one of them with up to three slips of the pen."""
    names = draw(st.lists(letters, min_size=1, max_size=8))
    wanted = draw(st.sampled_from(names))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(wanted) - 2, 0)))
        middle = draw(st.sampled_from([wanted[at : at + 2][::-1], wanted[at : at + 2] + "a", wanted[at : at + 1], "d"]))
        wanted = wanted[:at] + middle + wanted[at + 2 :]
    return wanted, names


def by_the_book(one: str, other: str) -> int:
    """Optimal string alignment, every cell of it."""
    cells = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            ways = [cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + (one[i - 1] != other[j - 1])]
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                ways.append(cells[i - 2, j - 2] + 1)
            cells[i, j] = min(ways)
    return cells[len(one), len(other)]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 4))
@settings(deadline=None, max_examples=1000)
def test_edit_distance_is_the_one_of_the_book(one: str, other: str, limit: int) -> None:
    assert edit_distance(one, other, limit) == min(by_the_book(one, other), limit + 1)


@given(slips())
@settings(deadline=None, max_examples=500)
def test_no_near_name_is_missed(question: tuple[str, list[str]]) -> None:
    """The filter looks at a handful of names; looking at all of them finds no other."""
    wanted, names = question
    found = Names(names).nearest(wanted)
    distances = {name: edit_distance(wanted, name, MAX_EDITS) for name in names}
    near = {name: distance for name, distance in distances.items() if 0 < distance <= allowed_edits(name)}
    if wanted in names or not near:
        return
    assert found, (wanted, near)
    assert set(found) == {name for name, distance in near.items() if distance == min(near.values())}
