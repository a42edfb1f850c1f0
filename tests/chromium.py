"""A real browser for the tests: Chromium without a window, told what to do over its own protocol."""

import asyncio
import base64
import itertools
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
_PATIENCE = 30.0  # seconds


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.problems: list[str] = []  # what the console complains of
        self._socket = socket
        self._numbers = itertools.count(1)

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol; raises `RuntimeError` where the browser refuses."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json(timeout=_PATIENCE)
            if message.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown"):
                said = str(message["params"])
                if "WebGL" not in said:  # the browser's own, where there is no graphics card
                    self.problems.append(said)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                result: dict[str, Any] = message["result"]
                return result

    async def value(self, script: str) -> Any:
        """What a script, or its promise, gives."""
        done = await self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in done:
            raise RuntimeError(str(done["exceptionDetails"]))
        return done["result"].get("value")

    async def open(self, address: str) -> None:
        """Go to an address, and wait until it is loaded."""
        await self.send("Page.navigate", url=address)
        await self.until("document.readyState === 'complete'")

    async def until(self, script: str) -> None:
        """Wait until a script gives something that is true."""
        async with asyncio.timeout(_PATIENCE):
            while not await self.value(script):
                await asyncio.sleep(0.1)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other: letters, or the names of keys."""
        for key in keys:
            text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
            codes = {"Enter": 13, "Escape": 27, "Tab": 9, "F2": 113}
            shared = {
                "key": key,
                "windowsVirtualKeyCode": codes.get(key, ord(key.upper()) if len(key) == 1 else 0),
            }
            await self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **shared)
            await self.send("Input.dispatchKeyEvent", type="keyUp", **shared)

    async def printed(self, path: Path) -> None:
        """Write the page as a PDF, as it is printed on A4."""
        done = await self.send(
            "Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False
        )
        path.write_bytes(base64.b64decode(done["data"]))

    async def prefer(self, colours: str) -> None:
        """Have the system prefer "dark" or "light"."""
        feature = {"name": "prefers-color-scheme", "value": colours}
        await self.send("Emulation.setEmulatedMedia", features=[feature])


@asynccontextmanager
async def chromium(width: int = 1200, height: int = 800) -> AsyncIterator[Page]:
    """A browser with one empty tab; it ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            CHROMIUM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            "about:blank",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            where = await asyncio.to_thread(_port, process)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{where}/json") as answer:
                    tabs = [one for one in await answer.json() if one["type"] == "page"]
                address = tabs[0]["webSocketDebuggerUrl"]
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    page = Page(socket)
                    for domain in ("Page", "Runtime", "Log"):
                        await page.send(f"{domain}.enable")
                    await page.send(
                        "Emulation.setDeviceMetricsOverride",
                        width=width,
                        height=height,
                        deviceScaleFactor=1,
                        mobile=False,
                    )
                    await page.send("Emulation.setFocusEmulationEnabled", enabled=True)
                    yield page
        finally:
            process.terminate()
            process.wait()


def _port(process: "subprocess.Popen[bytes]") -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(rb"DevTools listening on ws://[^:]+:(\d+)/", line):
            return found[1].decode()
    raise RuntimeError("the browser did not start")
