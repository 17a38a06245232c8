/* The time strip: claims by month, two handles for the window (both ends included), typed dates. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);

  // --- the handles ---

  const handle = (field, label, months, month) =>
    element("input", {
      type: "range",
      min: 0,
      max: months,
      step: 1,
      value: month,
      "aria-label": label,
      "data-field": field,
    });

  /** The two handles upon the bars' months. */
  const makeHandles = (bars) => {
    const months = bars.last - bars.first,
      from = handle("since", say("window-first"), months, 0),
      to = handle("until", say("window-last"), months, months);
    const slid = (event) => {
      // a handle stops at the other
      if (+from.value > +to.value) event.target.value = (event.target === from ? to : from).value;
      const low = +from.value,
        high = +to.value;
      atlas.change({
        since: low === 0 ? null : atlas.monthText(bars.first + low),
        until: high === months ? null : atlas.monthText(bars.first + high),
      });
    };
    for (const each of [from, to]) each.addEventListener("input", slid);
    return { from, to };
  };

  const track = (bars, canvas, { from, to }) =>
    element(
      "div",
      { class: "track" },
      atlas.player(),
      element("span", { class: "year", text: `${bars.isCut ? "…" : ""}${atlas.monthText(bars.first).slice(0, 4)}` }),
      element("div", { class: "slides" }, canvas, from, to),
      element("span", { class: "year", text: atlas.monthText(bars.last).slice(0, 4) }),
    );

  // --- typed dates ---

  /** What is wrong with a typed date, in words; empty where nothing is. */
  const faultOf = (field, text) => {
    if (!text) return "";
    if (!atlas.readDays(text)) return say("date-wrong");
    const { since, until } = { ...atlas.view, [field]: text };
    const isReversed = since !== null && until !== null && atlas.readDays(since)[0] > atlas.readDays(until)[1];
    return field !== "known" && isReversed ? say("window-reversed") : "";
  };

  const take = (field, input) => {
    const text = input.value.trim(),
      fault = faultOf(field, text);
    input.setCustomValidity(fault);
    input.reportValidity();
    if (!fault) atlas.change({ [field]: text || null });
  };

  const typedField = (field, label) =>
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
        onchange: (event) => take(field, event.target),
      }),
    );

  const undatedBox = () =>
    element(
      "label",
      { class: "undated" },
      element("input", {
        type: "checkbox",
        id: "atlas-undated",
        onchange: (event) => atlas.change({ undated: event.target.checked }),
      }),
      say("with-undated"),
    );

  const typedFields = () =>
    element(
      "div",
      { class: "typed" },
      typedField("since", say("from")),
      typedField("until", say("to")),
      undatedBox(),
      typedField("known", say("known-on")),
      element("button", {
        type: "button",
        text: say("all-time"),
        onclick: (event) => {
          atlas.change(atlas.openParts(["since", "until", "known", "undated"]));
          // a field that was told what is wrong with it has the focus, and keeps its text while it has
          event.currentTarget.focus();
          atlas.refreshTime();
        },
      }),
    );

  // --- the strip ---

  /** Build the strip once; data without a date get none. */
  atlas.buildTime = () => {
    const strip = document.getElementById("atlas-time"),
      bars = atlas.countBars();
    strip.hidden = !bars;
    if (!bars) return;
    const canvas = element("canvas", { class: "bars", "aria-hidden": "true" }),
      handles = makeHandles(bars);
    strip.replaceChildren(track(bars, canvas, handles), typedFields());
    atlas.timeBars = { bars, canvas, ...handles };
  };

  /** Bring the handles up to the present view. */
  const placeHandles = ({ bars, from, to }) => {
    const end = bars.last - bars.first,
      within = (month) => Math.max(0, Math.min(end, month - bars.first));
    const range = [within(atlas.monthOfEnd("since") ?? bars.first), within(atlas.monthOfEnd("until") ?? bars.last)];
    [from, to].forEach((each, i) => {
      if (document.activeElement !== each) each.value = range[i];
      each.setAttribute("aria-valuetext", atlas.monthText(bars.first + range[i]));
      // where both stand at the end, the first is the one that can still be moved
      each.style.zIndex = i === 0 && range[0] === range[1] && range[0] > end / 2 ? 1 : "";
    });
  };

  const writeTyped = () => {
    document.querySelectorAll("[data-typed]").forEach((input) => {
      if (document.activeElement === input) return;
      input.value = atlas.view[input.dataset.typed] ?? "";
      input.setCustomValidity("");
    });
    document.getElementById("atlas-undated").checked = atlas.view.undated;
  };

  /** Bring the strip up to the present view. */
  atlas.refreshTime = () => {
    if (!atlas.timeBars) return;
    const { bars, canvas } = atlas.timeBars;
    placeHandles(atlas.timeBars);
    writeTyped();
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
