"""A headless browser for tests of the page; without one they fail and say what to install."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = (
    "{what} is needed to test the page of `ctk validate --html`: install Chromium and its driver"
    " (Debian: apt-get install chromium chromium-driver), or name them in the environment"
    " variables CTK_TEST_BROWSER and CTK_TEST_DRIVER."
)
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--no-first-run",
)  # fmt: skip
LOW_CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
    .map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .filter((e) => !e.closest("script, option"))
    .map((e) => {
      const ink = getComputedStyle(e)[e.closest("svg") ? "fill" : "color"];
      const [a, b] = [light(parse(ink)), light(ground(e))];
      return [e.className || e.tagName, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
    })
    .filter(([, ratio]) => ratio < 4.5);
}"""
"""Which texts stand out from their ground by less than 4.5 to 1 (WCAG AA)."""


def _program(variable, names, what):
    named = os.environ.get(variable)
    path = named or next(filter(None, map(shutil.which, names)), None)
    if path is None or not Path(path).exists():
        pytest.fail(MISSING.format(what=what), pytrace=False)
    return path


@contextmanager
def start(profile):
    """Start the browser with a profile folder of its own."""
    options = Options()
    options.binary_location = _program("CTK_TEST_BROWSER", BROWSERS, "A browser")
    driver = _program("CTK_TEST_DRIVER", ("chromedriver",), "Its driver")
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    try:
        yield Browser(chrome)
    finally:
        chrome.quit()


class Browser:
    """Opens pages and tells what they did."""

    def __init__(self, chrome):
        self.chrome = chrome

    def open(self, path, width=1280, height=900, *, scripts=True):
        """Load a file on a screen of this size; what earlier pages did is forgotten."""
        self.console()
        self.requests()
        self.cdp("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=width < 600)  # fmt: skip
        self.chrome.get(Path(path).as_uri())

    def cdp(self, command, **params):
        """Send a command of the DevTools protocol."""
        return self.chrome.execute_cdp_cmd(command, params)

    def js(self, expression):
        """The value of an expression in the page."""
        return self.chrome.execute_script(f"return ({expression})")

    def console(self):
        """What the page complained about since the last call."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def requests(self):
        """The addresses asked for since the last call."""
        events = (json.loads(e["message"])["message"] for e in self.chrome.get_log("performance"))
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def type(self, field, text):
        """Type into a field of the filter, or choose in it, as a person does."""
        self.js(
            f"((field) => {{ field.value = {json.dumps(text)};"
            " field.dispatchEvent(new Event('input', {bubbles: true})); })"
            f"(document.getElementById({json.dumps(field)}))"
        )
        self.settle()

    def settle(self):
        """Wait until the filter, which waits for the end of typing, has done its work."""
        self.chrome.execute_async_script("setTimeout(arguments[0], 250)")

    def visible(self, selector):
        """The texts of the elements that a reader sees."""
        return self.js(
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            ".filter((e) => e.checkVisibility({contentVisibilityAuto: false}))"
            ".map((e) => e.textContent.trim().replace(/\\s+/g, ' '))"
        )
