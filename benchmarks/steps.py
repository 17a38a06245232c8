"""What else a reader does on our page, timed as the yardstick times a toggle: solo of a theme, and a step in time."""

from __future__ import annotations

import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.find_chromium import chromium_flags, find_chromium

ROUNDS, PAUSE_MS = 9, 300
STEPS = {
    "solo_ms": "i => atlas.change({ themes: [atlas.settings.themes[atlas.data.theme[i]].key] })",
    "time_step_ms": "i => atlas.change({ themes: null, since: `2012-0${i + 1}`, until: `2014-0${i + 1}` })",
}
TIME = f"""async (step) => {{
  const act = eval(step), times = [];
  for (let i = 0; i < {ROUNDS}; i++) {{
    await new Promise((resolve) => setTimeout(resolve, {PAUSE_MS}));
    const start = performance.now();
    act(i);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    times.push(performance.now() - start);
  }}
  return times;
}}"""


def time_steps(path: Path) -> dict[str, float]:
    """Open a page of ours and time each step to the second frame after it: medians, in milliseconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=chromium_flags())
        page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        page.goto(path.resolve().as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        times = {name: round(statistics.median(page.evaluate(TIME, step)[1:]), 1) for name, step in STEPS.items()}
        browser.close()
    return times
