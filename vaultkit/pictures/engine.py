"""What reads text from pixels: one small interface, two implementations.

An engine is a module-level choice, not a plugin system: `ENGINES` names them, `make_engine` loads one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from vaultkit.base.errors import VaultkitError
from vaultkit.base.extras import missing_extra
from vaultkit.pictures.model import Line

EngineName = Literal["rapidocr", "tesseract"]
ENGINES: tuple[EngineName, ...] = ("rapidocr", "tesseract")


class Engine(Protocol):
    """Reads the text of a picture.

    identity: name, version and languages; a text that another identity read is read again.
    """

    identity: str

    def read(self, image: Any) -> Sequence[Line]:
        """Return the lines of an RGB picture of Pillow, in reading order.

        Raises:
            OSError: the engine failed.
        """
        ...


def installed_engines() -> tuple[EngineName, ...]:
    """Return the engines that can be used here, the best first, without loading any."""
    from vaultkit.pictures import rapidocr_engine, tesseract_engine

    found: list[EngineName] = []
    if rapidocr_engine.is_installed():
        found.append("rapidocr")
    if tesseract_engine.is_installed():
        found.append("tesseract")
    return tuple(found)


def require_engine(name: str | None) -> EngineName:
    """Return the engine of this name, or the best one for None.

    Raises:
        VaultkitError: it is not installed.
    """
    found = installed_engines()
    if name is None:
        if not found:
            raise missing_extra("rapidocr", "reading pictures (without tesseract)")
        return found[0]
    for one in found:
        if one == name:
            return one
    if name == "rapidocr":
        raise missing_extra("rapidocr", "--engine rapidocr")
    raise VaultkitError(f"--engine {name}: not installed; install the program tesseract and its language data")


def engine_identity(name: EngineName, languages: Sequence[str]) -> str:
    """Return the identity of an engine without loading its models.

    Raises:
        VaultkitError: it cannot read one of the languages.
    """
    if name == "rapidocr":
        from vaultkit.pictures import rapidocr_engine

        return rapidocr_engine.identity(languages)
    from vaultkit.pictures import tesseract_engine

    return tesseract_engine.identity(languages)


def make_engine(name: EngineName, languages: Sequence[str], threads: int) -> Engine:
    """Load an engine. threads: how many it may use for one picture; only rapidocr uses more than one."""
    if name == "rapidocr":
        from vaultkit.pictures.rapidocr_engine import RapidOcr

        return RapidOcr(languages, threads)
    from vaultkit.pictures.tesseract_engine import Tesseract

    return Tesseract(languages)
