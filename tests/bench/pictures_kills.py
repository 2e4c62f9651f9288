"""One hundred kills at random moments: what was reported as read is kept, and a kill loses at most what is in work.

python tests/bench/pictures_kills.py [--kills 100] [--engine tesseract]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pictures_drawn import drawn

JOBS = 2
RUN = """
import os, sys
from vaultkit.pictures.engine import engine_identity, make_engine
from vaultkit.pictures.reading import read_pictures
from vaultkit.vault.files import walk
root, log, name = sys.argv[1:]
file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
class Counted:
    def __init__(self, threads):
        self.inner = make_engine(name, ("en",), threads)
        self.identity = self.inner.identity
    def read(self, image):
        os.write(file, b"begun\\n")
        return self.inner.read(image)
read_pictures(
    root, [one.path for one in walk(root).files], Counted, engine_identity(name, ("en",)), jobs=2,
    progress=lambda now: os.write(file, f"kept {now.path}\\n".encode()),
)
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--engine", default="tesseract")
    parser.add_argument("--longest", type=float, default=3.0)
    options = parser.parse_args()
    pick = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        (vault / ".obsidian").mkdir(parents=True)
        at = 0
        for seed in range(100, 100 + max(1, options.kills // 10)):
            for one in drawn(seed):
                (vault / f"{at:04}.png").write_bytes(one.data)
                at += 1
        os.environ["VAULTKIT_CACHE_DIR"] = str(Path(folder) / "cache")
        from vaultkit.pictures.texts import picture_texts

        log = Path(folder) / "log"
        log.touch()
        command = [sys.executable, "-c", RUN, str(vault), str(log), options.engine]
        before: dict[str, str] = {}
        worst = kills = 0
        while kills < options.kills:
            begun = log.read_text().count("begun")
            process = subprocess.Popen(command)
            time.sleep(pick.uniform(0.2, options.longest))
            if process.poll() is not None:
                print(f"all {at} pictures were read after {kills} kills")
                break
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            time.sleep(0.8)  # a worker finishes its picture, and its result is dropped
            now = {path: one.text for path, one in picture_texts(vault).items()}
            assert before.items() <= now.items(), "a text was lost or changed"
            said = {line.removeprefix("kept ") for line in log.read_text().splitlines() if line.startswith("kept ")}
            assert said <= now.keys(), "a picture was reported and not kept"
            lost = log.read_text().count("begun") - begun - (len(now) - len(before))
            worst = max(worst, lost)
            before = now
        begun = log.read_text().count("begun")
        print(f"{kills} kills, {len(before)} of {at} pictures kept, {begun} begun: {begun - len(before)} lost in work, "
              f"at most {worst} by one kill with {JOBS} workers; nothing that was reported was lost")  # fmt: skip


if __name__ == "__main__":
    main()
