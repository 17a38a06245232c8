/* The time window in months: where it begins and ends, moved a step, and played through time. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);

  const STEP_MS = 900,
    PLAYED_MONTHS = 3;
  let playing = 0;

  /** A month, counted from the year 0, as a date. */
  atlas.monthText = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

  /** The month in which the window begins ("since") or ends ("until"); null where that end is open. */
  atlas.monthOfEnd = (name) => {
    const days = atlas.readDays(atlas.view[name] ?? "");
    return days && atlas.monthOf(days[name === "since" ? 0 : 1]);
  };

  const setWindow = (first, last) => atlas.change({ since: atlas.monthText(first), until: atlas.monthText(last) });

  /** Move the window by months, and tell whether it moved; an open one becomes the first months of the strip. */
  const moveWindow = (months) => {
    const { bars } = atlas.timeBars,
      [since, until] = ["since", "until"].map(atlas.monthOfEnd);
    if (since === null && until === null) {
      setWindow(bars.first, bars.first + PLAYED_MONTHS - 1);
      return true;
    }
    const first = since ?? bars.first,
      last = until ?? bars.last,
      step = Math.max(bars.first - first, Math.min(bars.last - last, months));
    setWindow(first + step, last + step);
    return step !== 0;
  };

  /** Play the window through time, or stop. */
  atlas.playTime = (isOn) => {
    clearInterval(playing);
    playing = isOn
      ? setInterval(() => {
          if (!moveWindow(1)) atlas.playTime(false);
        }, STEP_MS)
      : 0;
    const button = document.getElementById("atlas-play"),
      label = say(isOn ? "pause" : "play");
    button.textContent = isOn ? "❚❚" : "▶";
    button.setAttribute("aria-label", label);
    button.title = label;
    if (isOn) moveWindow(0);
  };

  const button = (label, sign, properties) =>
    element("button", { type: "button", text: sign, "aria-label": say(label), title: say(label), ...properties });

  const stepButton = (label, sign, months) =>
    button(label, sign, {
      onclick: () => {
        atlas.playTime(false);
        moveWindow(months);
      },
    });

  /** The buttons that move the window: a step back, play, a step on. */
  atlas.player = () =>
    element(
      "span",
      { class: "player" },
      stepButton("step-back", "‹", -1),
      button("play", "▶", { id: "atlas-play", onclick: () => atlas.playTime(!playing) }),
      stepButton("step-on", "›", 1),
    );
})();
