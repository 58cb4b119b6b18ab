"""A real browser to test pages with: Chromium without a window, over its DevTools protocol, through a pipe."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections import deque
from contextlib import contextmanager
from os import close, fdopen, pipe
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "no Chromium on this machine"
OPTIONS = (
    "--headless",
    "--no-sandbox",  # Chromium refuses to run as root with it, and CI is root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--mute-audio",
    "--window-size=1400,1000",
    "--host-resolver-rules=MAP *.example 127.0.0.1",  # a foreign name that leads here, without a name server
    "--remote-debugging-pipe",
)
SECONDS = 30
"""How long a page may take for anything."""


class PageError(AssertionError):
    """What a page threw, or did not do in time."""


class Browser:
    """A running Chromium with one page."""

    def __init__(self, writing: int, reading: int) -> None:
        self._out, self._in = fdopen(writing, "wb", buffering=0), fdopen(reading, "rb")
        self._number = 0
        self._waiting = b""
        self.events: deque[dict[str, Any]] = deque(maxlen=1000)
        """What happened on the way: console messages, exceptions, requests."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a DevTools method of the page."""
        return self._call(method, session=self._session, **parameters)

    def open(self, url: str) -> None:
        """Go to an address; PageError where there is nothing."""
        answer = self.call("Page.navigate", url=url)
        if answer.get("errorText"):
            raise PageError(f"{url}: {answer['errorText']}")

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """Return the value of an expression in the page, awaited where it is a promise."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def wait(self, condition: str) -> Any:  # noqa: ANN401 - whatever the condition gives
        """Return the value of an expression as soon as it is true; what fails meanwhile counts as not yet."""
        found = self.run(
            f"""new Promise(resolve => {{
                const end = performance.now() + {SECONDS * 1000};
                const look = () => {{
                    let value;
                    try {{ value = ({condition}); }} catch {{ value = null; }}
                    if (value?.nodeType) value = true;
                    if (value || performance.now() > end) resolve(value); else setTimeout(look, 5);
                }};
                look();
            }})"""
        )
        if not found:
            raise PageError(f"not so after {SECONDS} s: {condition}\n{self.run('document.body.innerText')[:2000]}")
        return found

    def click(self, x: float, y: float) -> None:
        """Click with the mouse, in CSS pixels of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self) -> bytes:
        """Return a picture of the page, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def troubles(self) -> list[str]:
        """Return what the page threw and what the browser refused it."""
        found = []
        for event in self.events:
            if event["method"] == "Runtime.exceptionThrown":
                found.append(json.dumps(event["params"]["exceptionDetails"])[:500])
            elif event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
                found.append(event["params"]["entry"]["text"])
        return found

    def close(self) -> None:
        """End the browser."""
        self._call("Browser.close")
        self._out.close()
        self._in.close()

    def _call(self, method: str, *, session: str | None = None, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            if "method" in answer:
                self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            chunk = self._in.read1(1 << 20)
            if not chunk:
                raise PageError("Chromium has ended")
            self._waiting += chunk
        message, _, self._waiting = self._waiting.partition(b"\0")
        loaded: dict[str, Any] = json.loads(message)
        return loaded


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Start Chromium with an empty profile in a folder, and end it."""
    if CHROMIUM is None:
        raise PageError(MISSING)
    their_in, our_out = pipe()
    our_in, their_out = pipe()
    # Chromium takes its orders on descriptor 3 and answers on 4
    script = f'exec "$@" 3<&{their_in} 4>&{their_out}'
    command = ["bash", "-c", script, "chromium", CHROMIUM, *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        command,
        pass_fds=(their_in, their_out),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    close(their_in)
    close(their_out)
    started = Browser(our_out, our_in)
    try:
        yield started
    finally:
        started.close()
        process.wait(SECONDS)
