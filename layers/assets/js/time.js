/* The time strip: claims by month, two handles for the window (both ends included), typed dates. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);

  const monthText = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

  const PLAY_STEP_MS = 900,
    PLAY_MONTHS = 3;
  let playing = 0;

  /** Move the time window by months; an open window becomes the first months of the strip. */
  const moveWindow = (months) => {
    const { bars } = atlas.timeBars,
      { view } = atlas,
      isOpen = view.since === null && view.until === null;
    const first = isOpen ? bars.first : atlas.monthOf(view.since === null ? 0 : atlas.readDays(view.since)[0]);
    const from = view.since === null ? bars.first : first,
      to =
        view.until === null
          ? isOpen
            ? from + PLAY_MONTHS - 1
            : bars.last
          : atlas.monthOf(atlas.readDays(view.until)[1]);
    const step = isOpen ? 0 : Math.max(bars.first - from, Math.min(bars.last - to, months));
    atlas.change({ since: monthText(from + step), until: monthText(to + step) });
    return isOpen || step !== 0;
  };

  /** Play the window through time, or stop. */
  atlas.playTime = (isOn) => {
    clearInterval(playing);
    playing = isOn
      ? setInterval(() => {
          if (!moveWindow(1)) atlas.playTime(false);
        }, PLAY_STEP_MS)
      : 0;
    const button = document.getElementById("atlas-play"),
      label = say(isOn ? "pause" : "play");
    button.textContent = isOn ? "❚❚" : "▶";
    button.setAttribute("aria-label", label);
    button.title = label;
    if (isOn) moveWindow(0);
  };

  /** What is wrong with a typed date, in words; empty where nothing is. */
  const faultOf = (field, text) => {
    if (!text) return "";
    if (!atlas.readDays(text)) return say("date-wrong");
    const { since, until } = { ...atlas.view, [field]: text };
    const isReversed = since !== null && until !== null && atlas.readDays(since)[0] > atlas.readDays(until)[1];
    return field !== "known" && isReversed ? say("window-reversed") : "";
  };

  /** Build the strip once; data without a date get none. */
  atlas.buildTime = () => {
    const strip = document.getElementById("atlas-time"),
      bars = atlas.countBars();
    strip.hidden = !bars;
    if (!bars) return;
    const months = bars.last - bars.first,
      canvas = element("canvas", { class: "bars", "aria-hidden": "true" });
    const slide = (label, value, field) =>
      element("input", {
        type: "range",
        min: 0,
        max: months,
        step: 1,
        value,
        "aria-label": label,
        "data-field": field,
      });
    const from = slide(say("window-first"), 0, "since"),
      to = slide(say("window-last"), months, "until");
    const typed = (field, label) =>
      element(
        "label",
        {},
        label,
        element("input", {
          type: "text",
          size: 10,
          inputMode: "numeric",
          placeholder: say("date-hint"),
          "data-typed": field,
          autocomplete: "off",
          onchange: (event) => {
            const text = event.target.value.trim(),
              fault = faultOf(field, text);
            event.target.setCustomValidity(fault);
            event.target.reportValidity();
            if (!fault) atlas.change({ [field]: text || null });
          },
        }),
      );
    const slid = (event) => {
      // a handle stops at the other
      if (+from.value > +to.value) event.target.value = (event.target === from ? to : from).value;
      const low = +from.value,
        high = +to.value;
      atlas.change({
        since: low === 0 ? null : monthText(bars.first + low),
        until: high === months ? null : monthText(bars.first + high),
      });
    };
    from.addEventListener("input", slid);
    to.addEventListener("input", slid);
    const play = element("button", {
      type: "button",
      id: "atlas-play",
      text: "▶",
      "aria-label": say("play"),
      title: say("play"),
      onclick: () => atlas.playTime(!playing),
    });
    const step = (months, sign, label) =>
      element("button", {
        type: "button",
        text: sign,
        "aria-label": label,
        title: label,
        onclick: () => {
          atlas.playTime(false);
          moveWindow(months);
        },
      });
    const undated = element(
      "label",
      { class: "undated" },
      element("input", {
        type: "checkbox",
        id: "atlas-undated",
        onchange: (event) => atlas.change({ undated: event.target.checked }),
      }),
      say("with-undated"),
    );
    strip.replaceChildren(
      element(
        "div",
        { class: "track" },
        element("span", { class: "player" }, step(-1, "‹", say("step-back")), play, step(1, "›", say("step-on"))),
        element("span", { class: "year", text: `${bars.isCut ? "…" : ""}${monthText(bars.first).slice(0, 4)}` }),
        element("div", { class: "slides" }, canvas, from, to),
        element("span", { class: "year", text: monthText(bars.last).slice(0, 4) }),
      ),
      element(
        "div",
        { class: "typed" },
        typed("since", say("from")),
        typed("until", say("to")),
        undated,
        typed("known", say("known-on")),
        element("button", {
          type: "button",
          text: say("all-time"),
          onclick: () => atlas.change(atlas.openParts(["since", "until", "known", "undated"])),
        }),
      ),
    );
    atlas.timeBars = { bars, canvas, from, to };
  };

  /** Bring the strip up to the present view. */
  atlas.refreshTime = () => {
    if (!atlas.timeBars) return;
    const { bars, canvas, from, to } = atlas.timeBars,
      { view } = atlas,
      end = bars.last - bars.first;
    const place = (text, open, pick) =>
      text === null ? open : Math.max(0, Math.min(end, atlas.monthOf(atlas.readDays(text)[pick]) - bars.first));
    const range = [place(view.since, 0, 0), place(view.until, end, 1)];
    if (document.activeElement !== from) from.value = range[0];
    if (document.activeElement !== to) to.value = range[1];
    document.querySelectorAll("[data-typed]").forEach((input) => {
      if (document.activeElement !== input) input.value = view[input.dataset.typed] ?? "";
    });
    document.getElementById("atlas-undated").checked = view.undated;
    [from, to].forEach((handle, i) => {
      handle.setAttribute("aria-valuetext", monthText(bars.first + range[i]));
      // where both stand at the end, the first is the one that can still be moved
      handle.style.zIndex = i === 0 && range[0] === range[1] && range[0] > end / 2 ? 1 : "";
    });
    if (!bars.shown) atlas.countShownBars(bars);
    atlas.drawBars(canvas, bars);
  };

  /** Count anew what is shown, once a change has been seen. */
  atlas.refreshBars = () => {
    if (!atlas.timeBars) return;
    atlas.countShownBars(atlas.timeBars.bars);
    atlas.drawBars(atlas.timeBars.canvas, atlas.timeBars.bars);
  };
})();
