from __future__ import annotations

import pickle

import pytest

from vaultkit.base.record import changed, record


@record
class Point:
    """A place."""

    x: int
    y: int = 2

    @property
    def total(self) -> int:
        return self.x + self.y


@record
class Named:
    name: str
    place: Point


def test_a_record_is_a_value() -> None:
    point = Point(1)
    assert (point.x, point.y, point.total) == (1, 2, 3)
    assert point == Point(x=1, y=2)
    assert point != Point(1, 3)
    assert point != (1, 2)
    assert {point: "here"}[Point(1, 2)] == "here"
    assert repr(point) == "Point(x=1, y=2)"
    assert Point.__doc__ == "A place."


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_record_pickles(protocol: int) -> None:
    named = Named("home", Point(1))
    assert pickle.loads(pickle.dumps(named, protocol)) == named


def test_a_record_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="immutable"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        del point.x
    with pytest.raises(AttributeError):
        point.z = 2  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_a_default_is_a_plain_value() -> None:
    with pytest.raises(TypeError, match=r"Wrong\.items"):

        @record
        class Wrong:
            items: list[int] = []  # noqa: RUF012


def test_a_record_matches_by_position() -> None:
    match Point(4, 5):
        case Point(x, y):
            assert (x, y) == (4, 5)


def test_a_changed_record_is_another_one() -> None:
    point = Point(1)
    assert changed(point, y=7) == Point(1, 7)
    assert point == Point(1, 2)
    with pytest.raises(TypeError, match="z"):
        changed(point, z=3)
