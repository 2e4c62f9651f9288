"""Photograph the sample vault's map for the README: .github/pictures/map-light.webp and map-dark.webp.

    python tests/sample/photograph_map.py

Needs Chromium and chromedriver.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / ".github" / "pictures"
FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    page = folder / "map.html"
    command = [sys.executable, "-m", "vaultkit", "map", "--vault", str(ROOT / "vault"), "-o", str(page), "--no-cache"]
    subprocess.run(command, check=True)
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in [*FLAGS.split(), f"--user-data-dir={folder / 'profile'}"]:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    size = {"width": 1280, "height": 800, "deviceScaleFactor": 1.5, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for theme in ("light", "dark"):
        driver.get("about:blank")
        driver.get(f"{page.as_uri()}#theme={theme}&colour=community&node=Concepts/Softmax.md")
        time.sleep(2)  # the first picture, and the ground that follows it
        picture = Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
        picture.save(PICTURES / f"map-{theme}.webp", quality=82, method=6)
    driver.quit()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
