"""A headless Chromium without a network, for the tests that open pages in it."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from vaults import PAINTED, TEXTS, page_of

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --host-resolver-rules=MAP&nbsp;*&nbsp;~NOTFOUND"
).replace("&nbsp;", "\u00a0")


def absent(reason: str) -> None:
    """Skip where a person works without a browser; fail where the suite must be whole."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}; CI must have it")
    pytest.skip(reason)


class Browser:
    """One browser; `open` gives a page and notes what it asks for and what its policy refuses."""

    def __init__(self, driver, folder: Path) -> None:
        self.driver = driver
        self.folder = folder
        self.pages = 0

    def open(self, html: str, fragment: str = "", *, wait: float = 20.0) -> None:
        self.pages += 1
        file = self.folder / f"page{self.pages}.html"
        file.write_text(html, encoding="utf-8")
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(file.as_uri() + fragment)
        end = time.monotonic() + wait
        while not self.run("return document.documentElement.dataset.vaultkitReady || ''"):
            assert time.monotonic() < end, f"the page never got ready: {self.complaints()}"
            time.sleep(0.02)
        self.run("VK.page.build()")  # the panel's sections, which follow the first picture

    def run(self, script: str, *arguments):
        return self.driver.execute_script(script, *arguments)

    def settle(self, seconds: float = 0.5) -> None:
        """Let a flight of the camera end."""
        time.sleep(seconds)

    def until(self, condition: str, seconds: float = 10.0) -> None:
        end = time.monotonic() + seconds
        while not self.run(f"return {condition}"):
            assert time.monotonic() < end, f"never came true: {condition}"
            time.sleep(0.05)

    def keys(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def point(self, label: str) -> tuple[int, int]:
        """Where on the screen a node stands."""
        x, y = self.run(
            "const p = VK.page; return p.stage.screen(p.model.labels.indexOf(arguments[0])).map(Math.round)", label
        )
        return x, y

    def mouse(self, kind: str, x: float, y: float, **more) -> None:
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **more})

    def click_at(self, x: float, y: float, times: int = 1) -> None:
        self.mouse("mouseMoved", x, y)
        for count in range(1, times + 1):
            self.mouse("mousePressed", x, y, button="left", clickCount=count)
            self.mouse("mouseReleased", x, y, button="left", clickCount=count)

    def window(self, width: int = 1200, height: int = 800, ratio: float = 1, *, mobile: bool = False) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def media(self, **features: str) -> None:
        """What the system prefers: `prefers_color_scheme="dark"`; nothing given is nothing preferred."""
        listed = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": listed})

    def element(self, css: str):
        return self.driver.find_element("css selector", css)

    def shown(self) -> list[str]:
        return self.run("const p = VK.page; return p.model.labels.filter((_, i) => p.stage.state.shown[i])")

    def selected(self) -> str | None:
        return self.run("const p = VK.page; return p.model.labels[p.stage.state.selected] ?? null")

    def view(self) -> dict[str, float]:
        return self.run("return VK.page.stage.state.view")

    def said(self) -> str:
        return self.run("return document.getElementById('announce').textContent")

    def requests(self) -> list[str]:
        """Addresses asked for since the page was opened, the page itself and what it holds left out."""
        import json

        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return [url for url in asked if not url.startswith((self.folder.as_uri(), "data:", "blob:", "about:"))]

    def complaints(self) -> list[str]:
        """What the console says: policy violations and errors."""
        return [f"{entry['level']}: {entry['message']}" for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        absent("selenium is not installed (pip install 'obsidian-vaultkit[test]')")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    if not chromium or not chromedriver:
        absent("no chromium or chromedriver (apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in FLAGS.split(" "):
        options.add_argument(flag.replace("\u00a0", " "))
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    made = Browser(driver, tmp_path_factory.mktemp("pages"))
    made.window()
    yield made
    driver.quit()


@pytest.fixture
def page(browser):
    """The page of a small vault; window and preferences are as they were again afterwards."""
    browser.open(page_of(TEXTS, PAINTED))
    yield browser
    browser.window()
    browser.media()
