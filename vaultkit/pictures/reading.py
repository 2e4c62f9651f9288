"""Read the pictures of a vault that were not read yet, and keep each text at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.safe_read import read_inside
from vaultkit.pictures.decode import MAX_FILE_BYTES, UnreadableError, decode
from vaultkit.pictures.engine import Engine
from vaultkit.pictures.layout import joined_text
from vaultkit.pictures.model import Line, Origin, mean_confidence
from vaultkit.pictures.pdf import pages
from vaultkit.pictures.store import Stored, TextStore, pack, store_file, unpack
from vaultkit.pictures.texts import Known, digest_of, texts_of
from vaultkit.pictures.workers import Work, WorkerError, can_fork, results, usable_workers
from vaultkit.vault.files import extension

# Loading the models takes a second and a page on a slow machine ten; what takes longer was made to.
SECONDS = 120.0
MAX_LETTERS = 1_000_000
_CHANGED = "changed while it was read"


@record
class ReadProgress:
    """How far a run is. done, total: pictures; path, text: the last one, reason: why it was skipped."""

    done: int
    total: int
    path: str
    text: str
    reason: str


@record
class Run:
    """What a run did. read: pictures read now; skipped: those of them that could not be; known: all that is known."""

    read: int
    skipped: int
    known: Known


def unread(known: Known, *, retry: bool) -> list[str]:
    """Return the pictures to read, each content once. retry: also those that could not be read before."""
    chosen: dict[str, str] = {}
    for path, digest in known.digests.items():
        is_done = path in known.texts or (path in known.skipped and not retry)
        if not is_done:
            chosen.setdefault(digest, path)
    return sorted(chosen.values())


def read_pictures(
    root: str,
    files: Iterable[str],
    make: Callable[[int], Engine],
    identity: str,
    *,
    jobs: int | None = None,
    retry: bool = False,
    seconds: float = SECONDS,
    progress: Callable[[ReadProgress], None] = lambda _: None,
) -> Run:
    """Read the pictures among the files of the vault that this engine has not read.

    make:     loads the engine for a number of threads; called in each worker.
    identity: of that engine.
    jobs:     workers; None for one per processor.
    seconds:  the longest time for one picture, or one page of a PDF.

    Raises:
        VaultkitError: there is no cache to keep texts in, or ``.vaultkit/pictures.jsonl`` is damaged.
    """
    paths = list(files)
    store = TextStore(store_file(), make=True)
    try:
        if not store.is_open:
            raise VaultkitError("texts of pictures are kept in the cache, which is off or cannot be written")
        known = texts_of(root, paths, identity, store)
        store.use(identity)
        waiting = unread(known, retry=retry)
        workers = min(usable_workers(jobs), max(1, len(waiting)))
        threads = 1 if can_fork() else workers
        skipped = 0
        added: dict[str, Stored] = {}
        found = results(waiting, lambda: _work(root, make(threads), known), workers, seconds)
        for done, (path, answer) in enumerate(found, 1):
            stored = _stored(answer, identity)
            if stored.reason != _CHANGED:
                store.put(known.digests[path], stored)
            added[known.digests[path]] = stored
            skipped += bool(stored.reason)
            progress(ReadProgress(done, len(waiting), path, stored.text, stored.reason))
        if waiting:
            known = texts_of(root, paths, identity, store)
        return Run(len(added), skipped, known)
    finally:
        store.close()


def _stored(answer: bytes | WorkerError, identity: str) -> Stored:
    if isinstance(answer, WorkerError):
        return Stored("", 0.0, "ocr", identity, (), 0, 0, str(answer))
    found = unpack(answer.decode("utf-8"), identity)
    assert found is not None, "a worker's own answer"
    return found


def _work(root: str, engine: Engine, known: Known) -> Work:
    """What a worker does with a path: text or reason, as JSON."""

    def work(path: str, alive: Callable[[], None]) -> bytes:
        try:
            data = read_inside(root, path, MAX_FILE_BYTES)
            if digest_of(data) != known.digests[path]:
                raise UnreadableError(_CHANGED)
            found = read_pages(data, engine, alive) if extension(path) == "pdf" else read_picture(data, engine)
        except UnreadableError as error:
            found = _skipped(engine, str(error))
        except OSError as error:
            found = _skipped(engine, (error.strerror or str(error)).lower())
        except MemoryError:
            found = _skipped(engine, "not enough memory")
        return pack(found).encode("utf-8", "replace")

    return work


def _skipped(engine: Engine, reason: str) -> Stored:
    return Stored("", 0.0, "ocr", engine.identity, (), 0, 0, reason)


def read_picture(data: bytes, engine: Engine) -> Stored:
    """Read one picture.

    Raises:
        UnreadableError: it cannot be decoded.
        OSError: the engine failed.
    """
    pixels = decode(data)
    lines = tuple(engine.read(pixels.image))
    text = joined_text(lines)[:MAX_LETTERS]
    return Stored(text, mean_confidence(lines), "ocr", engine.identity, lines, pixels.width, pixels.height)


def read_pages(data: bytes, engine: Engine, alive: Callable[[], None]) -> Stored:
    """Read a PDF: each page's own text, else what the engine sees; pages are separated by form feeds.

    Raises:
        UnreadableError: it is damaged, or protected by a password.
        OSError: the engine failed.
    """
    texts: list[str] = []
    read: list[Line] = []
    kinds: set[Origin] = set()
    size = (0, 0)
    for page in pages(data):
        size = size if texts else (page.width, page.height)
        if page.image is None:
            kinds.add("text")
            read.append(Line(page.text, 1.0))
            texts.append(page.text)
        else:
            lines = tuple(engine.read(page.image))
            if lines:
                kinds.add("ocr")
            read += lines
            texts.append(joined_text(lines))
        alive()
    origin: Origin = "mixed" if len(kinds) > 1 else next(iter(kinds), "ocr")
    text = "\f".join(texts).rstrip("\f")[:MAX_LETTERS]
    return Stored(text, mean_confidence(tuple(read)), origin, engine.identity, (), *size)
