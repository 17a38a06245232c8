/* Several features at one place of the map: from one card to the next, a list of them all, and a nearer look. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);

  /** How near the map comes to features that lie close together. */
  const CLOSEST_ZOOM = 17;

  /** From so many on there is a list to choose from, which is no longer than that. */
  const MANY = 5,
    MOST = 200;

  const show = (row, selector) => {
    atlas.choose(atlas.data.features.id[row], { keepStack: true, focusCard: false });
    document.querySelector(`#atlas-card .stack ${selector}`)?.focus({ preventScroll: true });
  };

  const stepButton = (rows, place, step, label, sign) =>
    element("button", {
      type: "button",
      class: label,
      "aria-label": say(label),
      text: sign,
      onclick: () => show(rows[(place + step + rows.length) % rows.length], `.${label}`),
    });

  /** All that is here, to choose from; of very many the nearest, and the one whose card is open. */
  const chooser = (rows, place) => {
    const listed = [...rows.keys()].filter((each) => each < MOST || each === place),
      { data, settings } = atlas;
    return element(
      "select",
      {
        "aria-label": say("choose-here", atlas.countText(rows.length)),
        onchange: (event) => show(rows[event.target.value], "select"),
      },
      ...listed.map((each) => {
        const { label } = settings.themes[data.theme[rows[each]]];
        return element("option", {
          value: each,
          selected: each === place,
          text: `${atlas.ownName(rows[each])} · ${label[settings.language] ?? label.en}`,
        });
      }),
    );
  };

  /** The ways from a card to the others at the same place of the map; null where there is no other. */
  atlas.stackNav = (row) => {
    const rows = atlas.stack ?? [],
      place = rows.indexOf(row);
    if (place < 0 || rows.length < 2) return null;
    return element(
      "div",
      { class: "stack" },
      stepButton(rows, place, -1, "previous-here", "‹"),
      element("span", { text: say("several-here", atlas.countText(place + 1), atlas.countText(rows.length)) }),
      stepButton(rows, place, 1, "next-here", "›"),
      !atlas.isOnePlace(rows) &&
        atlas.wouldComeNearer(rows, CLOSEST_ZOOM) &&
        element("button", {
          type: "button",
          class: "link",
          text: say("zoom-on-all", atlas.countText(rows.length)),
          onclick: () => atlas.flyToRows(rows, { maxZoom: CLOSEST_ZOOM }),
        }),
      rows.length >= MANY && chooser(rows, place),
    );
  };
})();
