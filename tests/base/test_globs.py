"""Path patterns of the configuration."""

from __future__ import annotations

import pytest

from vaultkit.base.globs import matcher


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        pytest.param("a.md", ["a.md", "x/a.md", "x/y/a.md"], ["aa.md", "a.md/b", "a-md"], id="a name, in any folder"),
        pytest.param("*.md", ["a.md", "x/b.md"], ["a.mdx", "md"], id="a star in a name"),
        pytest.param("/a.md", ["a.md"], ["x/a.md"], id="a leading slash ties it to the root"),
        pytest.param("./x/a.md", ["x/a.md"], ["y/x/a.md"], id="a leading dot, too"),
        pytest.param("x/*", ["x/a.md"], ["x/y/a.md", "a.md"], id="a star stays within its folder"),
        pytest.param("x/**", ["x/a.md", "x/y/a.md"], ["a.md", "xx/a.md"], id="two do not"),
        pytest.param("**/x/a.md", ["x/a.md", "y/x/a.md", "y/z/x/a.md"], ["yx/a.md"], id="any folders before"),
        pytest.param(
            "x/**/a.md", ["x/a.md", "x/y/a.md", "x/y/z/a.md"], ["a.md", "x/b/aa.md"], id="any folders between"
        ),
        pytest.param("x/", ["x/a.md", "x/y/a.md"], ["y/x/a.md", "x"], id="a folder with all it holds"),
        pytest.param("?.md", ["a.md", "é.md"], ["ab.md", ".md"], id="one character"),
        pytest.param("[ab]*.md", ["a.md", "b1.md"], ["c.md"], id="one of some"),
        pytest.param("[!ab].md", ["c.md"], ["a.md"], id="none of some"),
        pytest.param("[0-9]*.md", ["1.md"], ["a.md"], id="a range"),
        pytest.param("[", ["["], ["a"], id="a bracket alone is one"),
        pytest.param("a(1)+.md", ["a(1)+.md"], ["a1.md"], id="what means something elsewhere is plain here"),
        pytest.param("a\nb.md", ["a\nb.md"], ["a b.md"], id="a name over two lines"),
        pytest.param("A.md", ["A.md"], ["a.md"], id="case counts"),
        pytest.param("./x/*a*b*/**", ["x/ab/c", "x/1a2b3/c/d"], ["x/ab", "y/ab/c"], id="many stars"),
        pytest.param("**/*a*b*/*", ["ab/c", "x/1a2b/c"], ["ab", "x/ba/c"], id="many stars in any folder"),
    ],
)
def test_matcher(pattern: str, fitting: list[str], others: list[str]) -> None:
    fits = matcher([pattern])
    assert fits is not None
    assert [path for path in fitting if not fits(path)] == []
    assert [path for path in others if fits(path)] == []


def test_one_of_several_patterns_is_enough() -> None:
    fits = matcher(["a.md", "x/"])
    assert fits is not None
    assert (fits("a.md"), fits("x/b.md"), fits("b.md")) == (True, True, False)


def test_no_patterns_no_matcher() -> None:
    assert matcher([]) is None
