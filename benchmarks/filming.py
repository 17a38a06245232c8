"""The screen of a headless Chromium as film: when a map shows what was asked of it, and what the websocket carried."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import CDPSession, Page, WebSocket

QUIET_MS, LONGEST_MS = 700, 15_000
CHANGED = 0.5
"""Least mean difference of grey values between two pictures of the map that differ."""

Box = tuple[int, int, int, int]
Picture = np.ndarray[Any, Any]


@dataclass
class Recorder:
    """The frames of the screen with their times (ms since the epoch), and the bytes that went over the websocket."""

    page: Page
    session: CDPSession
    frames: list[tuple[float, str]] = field(default_factory=list)
    sent: int = 0

    @classmethod
    def attach(cls, page: Page) -> Recorder:
        recorder = cls(page, page.context.new_cdp_session(page))
        recorder.session.on("Page.screencastFrame", recorder._keep)
        recorder.resume()
        page.on("websocket", recorder._listen)
        return recorder

    def resume(self) -> None:
        """Film on."""
        self.session.send("Page.startScreencast", {"format": "jpeg", "quality": 60})

    def pause(self) -> None:
        """Film nothing for a while; filming takes time of what is measured."""
        self.session.send("Page.stopScreencast")

    def _keep(self, event: dict[str, Any]) -> None:
        self.frames.append((event["metadata"]["timestamp"] * 1000, event["data"]))
        self.session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._weigh)
        socket.on("framereceived", self._weigh)

    def _weigh(self, payload: str | bytes) -> None:
        self.sent += len(payload)

    def film(self, action: Callable[[], float], box: Box) -> tuple[float, float, int] | None:
        """Act, wait until the map stands still; give ms to the first change, ms to the lasting picture, and bytes."""
        before = crop(self.frames[-1][1], box)
        del self.frames[:-1]
        self.sent = 0
        started = action()
        self._settle(before, box)
        pictures = [(time, crop(data, box)) for time, data in self.frames[1:]]
        changed = [time for time, picture in pictures if differs(picture, before)]
        if not changed:
            return None
        lasting = pictures[-1][0]
        for time, picture in reversed(pictures):
            if differs(picture, pictures[-1][1]):
                break
            lasting = time
        return changed[0] - started, lasting - started, self.sent

    def _settle(self, before: Picture, box: Box) -> None:
        seen, quiet, waited, has_changed, last = 1, 0, 0, False, before
        while waited < LONGEST_MS and not (has_changed and quiet >= QUIET_MS):
            self.page.wait_for_timeout(50)
            waited, quiet = waited + 50, quiet + 50
            if len(self.frames) > seen:
                seen = len(self.frames)
                picture = crop(self.frames[-1][1], box)
                has_changed = has_changed or differs(picture, before)
                if differs(picture, last):
                    quiet = 0
                last = picture


def crop(data: str, box: Box) -> Picture:
    picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("L").crop(box)
    return np.asarray(picture, dtype=np.int16)


def differs(picture: Picture, other: Picture) -> bool:
    return float(np.abs(picture - other).mean()) > CHANGED
