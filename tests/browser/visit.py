"""A page that complains: whatever a developer would see in the console fails the test."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

CHANGE = "/_dash-update-component"
STREAM = "/stream"
QUIET = 300  # ms in which a second request would have been sent
TURN = """([path, patience]) => new Promise((done, fail) => {
  if (path === window.location.pathname + window.location.search) { done(); return; }
  setTimeout(() => fail(`${path} never came`), patience);
  document.addEventListener('lantern:page', () => done(), { once: true });
  window.lantern.go(path);
})"""
AGAIN = """patience => new Promise((done, fail) => {
  setTimeout(() => fail('nothing was drawn'), patience);
  document.addEventListener('lantern:page', () => done(), { once: true });
  window.lantern.again();
})"""
PATIENCE = 20_000  # ms in which a page that was asked for comes
SPILT = """() => [...document.querySelectorAll('.tile .provenance, .tile .provenance *, .tile h2, .tile .status')]
  .filter(node => node.getBoundingClientRect().right > node.closest('.tile').getBoundingClientRect().right + 0.5)
  .map(node => node.closest('.tile').querySelector('h2').textContent + ': ' + node.className)"""
HIDDEN = """() => [...document.querySelectorAll('body *')].filter(node => {
  const style = getComputedStyle(node);
  const text = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
  const box = node.getBoundingClientRect();
  if (!text || node.closest('svg, .js-plotly-plot') || !box.width || box.width < 3) return false;
  return style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll'
    && !node.title && !node.closest('[title]') && node.scrollWidth > node.clientWidth + 1;
}).map(node => node.tagName + '.' + node.className + ' ' + node.textContent.trim().slice(0, 60))"""


class Visit:
    """One tab of one reader, and everything that went wrong in it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self.wrong: list[str] = []
        self.changes: list[str] = []
        self.restarting = False
        self.refused = ""  # an address that is expected to answer no 200, of which a browser says so
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        if not self.restarting and message.location.get("url") != self.refused:
            self.wrong.append(f"console: {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.url).netloc:
            self.wrong.append(f"another host: {request.url}")
        if parts.path == CHANGE:
            self.changes.append(request.post_data or "")

    def _failed(self, request: Request) -> None:
        left = urlsplit(request.url).path in (STREAM, CHANGE) and request.failure == "net::ERR_ABORTED"
        restarted = urlsplit(request.url).path == STREAM and self.restarting
        if not (left or restarted):
            self.wrong.append(f"failed: {request.method} {request.url} {request.failure}")

    def open(self, path: str, status: int = 200) -> None:
        """Go to an address and wait until Dash has drawn its own page."""
        self.refused = self.url + path if status != 200 else ""
        response = self.page.goto(self.url + path, wait_until="domcontentloaded")
        assert response and response.status == status, f"{path} answered {response and response.status}"
        self.settle()

    def turn(self, path: str) -> None:
        """Go to an address as a link of ours does, without loading everything anew; nothing of what stood is left."""
        for there in ("/reports", path):
            self.page.evaluate(TURN, [there, PATIENCE])
        self.settle()

    def again(self) -> None:
        """What happens when data comes: a page that was opened is laid anew, once; the same again draws nothing."""
        self.page.evaluate(AGAIN, PATIENCE)

    def settle(self) -> None:
        """Wait until the server's copy is gone and no request is under way."""
        self.page.wait_for_function(
            "() => !document.getElementById('first-paint') && document.querySelector('#page .app')"
        )
        self.page.wait_for_function("() => document.fonts.status === 'loaded'")
        if self.page.locator(".an-plot").count():
            self.page.wait_for_selector(".an-plot .main-svg")

    def change(self, act: Callable[[], object]) -> int:
        """Do something that changes an analysis page; how many requests that took."""
        address = self.page.locator(".an-url")
        before, known = address.inner_text(), len(self.changes)
        act()
        expect(address).not_to_have_text(before)
        self.page.wait_for_timeout(QUIET)
        return len(self.changes) - known

    def tile(self, code: str) -> Locator:
        """The tile of a KPI."""
        return self.page.locator(".tile", has=self.page.locator(f'a[href="/kpi/{code}"]'))

    def number(self, code: str) -> Locator:
        """The number on the tile of a KPI."""
        return self.tile(code).locator(".number")

    def numbers(self) -> list[str]:
        """Every number of a board or an analysis page, as it is written."""
        return self.page.locator(".number, .an-number, .an-row b").all_inner_texts()

    def hidden(self) -> list[str]:
        """Elements whose own text is cut off without the whole being told in a title."""
        return self.page.evaluate(HIDDEN)

    def spilt(self) -> list[str]:
        """Parts of tiles that reach over the edge of their tile."""
        return self.page.evaluate(SPILT)

    def sideways(self) -> int:
        """How many px the page can be scrolled sideways."""
        return self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
