/* The legend, which is also the layer list: swatch, name, how many of how many, and a box that shows or hides the theme. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);

  const row = (theme, number) => {
    const label = theme.label[atlas.settings.language] ?? theme.label.en;
    const box = element("input", {
      type: "checkbox",
      "data-layer-toggle": theme.key,
      id: `atlas-layer-${number}`,
      onchange: () => atlas.toggleTheme(theme.key),
    });
    const only = element("button", {
      type: "button",
      class: "only",
      text: say("only"),
      "aria-label": say("only-theme", label),
      onclick: () => atlas.change({ themes: [theme.key] }),
    });
    const swatch = element("span", { class: "swatch-place" }),
      count = element("span", { class: "count" });
    const item = element(
      "li",
      {},
      box,
      element(
        "label",
        { htmlFor: box.id, title: [label, theme.credit].filter(Boolean).join("\n") },
        swatch,
        element("span", { class: "layer-name", text: label }),
        count,
      ),
      only,
    );
    return { number, item, box, swatch, count };
  };
  let rows = [];

  const certainty = () =>
    atlas.openLater({ class: "certainty" }, say("how-sure"), () => [
      element(
        "dl",
        {},
        ...atlas.settings.precisions.flatMap((precision) => [
          element("dt", {}, swatchOf(precision), say(`precision-${precision}`)),
          element("dd", { text: say(`precision-${precision}-means`) }),
        ]),
      ),
      element("p", { text: say("hollow-means") }),
      element("p", { text: say("double-means") }),
    ]);

  const shownPrecisions = new Map();
  const swatchOf = (precision) => {
    const swatch = precisionSwatch(precision);
    shownPrecisions.set(precision, swatch);
    return swatch;
  };

  const precisionSwatch = (precision) => {
    const ratio = atlas.brushes.ratio,
      canvas = element("canvas", { class: "swatch", "aria-hidden": "true", width: 34 * ratio, height: 20 * ratio }),
      c = canvas.getContext("2d");
    const ink = atlas.brushes.colour("text");
    c.scale(ratio, ratio);
    c.strokeStyle = c.fillStyle = ink;
    const oval = () => {
      c.beginPath();
      c.ellipse(17, 10, 14, 8, 0, 0, 7);
    };
    if (precision === "approximate") {
      oval();
      c.globalAlpha = 0.15;
      c.fill();
      c.globalAlpha = 1;
      c.lineWidth = 1;
      c.stroke();
    }
    if (precision === "exact" || precision === "approximate") {
      c.beginPath();
      c.arc(17, 10, precision === "exact" ? 4.5 : 3.5, 0, 7);
      c.fill();
    }
    if (precision === "area") {
      oval();
      c.globalAlpha = 0.16;
      c.fill();
      for (const width of [7, 4]) {
        c.lineWidth = width;
        c.globalAlpha = 0.08;
        c.stroke();
      }
    }
    if (precision === "schematic") {
      oval();
      c.save();
      c.clip();
      c.lineWidth = 1;
      c.globalAlpha = 0.6;
      c.beginPath();
      for (let x = -20; x < 40; x += 6) {
        c.moveTo(x, 20);
        c.lineTo(x + 20, 0);
      }
      c.stroke();
      c.restore();
      oval();
      c.setLineDash([4, 3]);
      c.stroke();
    }
    return canvas;
  };

  /** The themes that readers' own tables alone bring. */
  const ownThemes = () => {
    const { data, settings, counts } = atlas,
      owned = new Set(settings.themes.keys());
    for (let row = 0; row < data.count && !atlas.isOwnRow(row); row++) owned.delete(data.theme[row]);
    return new Set([...owned].filter((number) => counts[number].all > 0));
  };

  /** Build the legend once. */
  atlas.buildLegend = () => {
    const present = atlas.settings.themes
      .map((theme, number) => ({ theme, number }))
      .filter(({ number }) => atlas.counts[number].all > 0);
    rows = present.map(({ theme, number }) => row(theme, number));
    const owned = ownThemes(),
      listed = (isOwn, properties) => {
        const items = rows.filter(({ number }) => owned.has(number) === isOwn).map(({ item }) => item);
        return items.length > 0 && element("ul", { class: "layers", ...properties }, ...items);
      };
    const all = element("button", { type: "button", text: say("all"), onclick: () => atlas.change({ themes: null }) });
    const none = element("button", { type: "button", text: say("none"), onclick: () => atlas.change({ themes: [] }) });
    atlas.refreshLegend();
    document
      .getElementById("atlas-legend")
      .replaceChildren(
        atlas.buildSearch(),
        element(
          "div",
          { class: "heading" },
          element("h2", { text: say("layers") }),
          element("span", { class: "both" }, all, none),
        ),
        ...[
          listed(false),
          owned.size > 0 && element("h3", { id: "atlas-own-layers", text: say("added-data") }),
          listed(true, { "aria-labelledby": "atlas-own-layers" }),
        ].filter(Boolean),
        certainty(),
        atlas.buildFilters(),
      );
  };

  /** Draw the swatches in the inks of the present ground. */
  atlas.drawSwatches = () => {
    rows.forEach(({ swatch, number }) => swatch.replaceChildren(atlas.swatch(atlas.settings, atlas.brushes, number)));
    shownPrecisions.forEach((swatch, precision) => swatch.replaceWith(swatchOf(precision)));
  };

  /** Bring boxes and counts up to the present view. */
  atlas.refreshLegend = () =>
    rows.forEach(({ item, box, count, number }) => {
      const { left, all } = atlas.counts[number],
        isShown = atlas.isThemeShown(number);
      const text = `${atlas.countText(isShown ? left : 0)}/${atlas.countText(all)}`;
      if (box.checked !== isShown) box.checked = isShown;
      if (count.textContent !== text) count.textContent = text;
      item.classList.toggle("is-empty", left === 0);
    });
})();
