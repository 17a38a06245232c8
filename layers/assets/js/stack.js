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

  /** From so many on the list stands by themes; areas of so many frames come last, as they say little about the place. */
  const GROUPED = 7,
    WIDER = 4;

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

  const themeName = (number) => {
    const { label } = atlas.settings.themes[number];
    return label[atlas.settings.language] ?? label.en;
  };

  /** Some rows by what they are told under: their theme, or that they are of a wider area; few are not parted. */
  const groupsOf = (rows) => {
    if (rows.length < GROUPED) return [{ rows }];
    const { map, data } = atlas,
      frame = atlas.frame(map, L.point(0, 0), map.getSize()),
      wider = rows.filter((row) => atlas.timesFrame(row, frame) > WIDER),
      near = rows.filter((row) => !wider.includes(row)),
      groups = [...new Set(near.map((row) => data.theme[row]))].map((theme) => {
        const own = near.filter((row) => data.theme[row] === theme);
        return { heading: `${themeName(theme)} (${atlas.countText(own.length)})`, rows: own };
      });
    if (wider.length)
      groups.push({ heading: say("wider-area", atlas.countText(wider.length)), rows: wider, isWider: true });
    return groups;
  };

  let parted = { stack: null, groups: [] };
  /** The groups of what is at the chosen place, parted once: a nearer look does not shuffle them. */
  const presentGroups = () => {
    if (parted.stack !== atlas.stack) parted = { stack: atlas.stack, groups: groupsOf(atlas.stack ?? []) };
    return parted.groups;
  };

  /** All that is here, to choose from; of very many the first, and the one whose card is open. */
  const chooser = (groups, rows, place) => {
    const option = ({ heading, isWider }, each) =>
      element("option", {
        value: each,
        selected: each === place,
        text:
          heading && !isWider
            ? atlas.ownName(rows[each])
            : `${atlas.ownName(rows[each])} · ${themeName(atlas.data.theme[rows[each]])}`,
      });
    let next = 0;
    const parts = groups.flatMap((group) => {
      const listed = group.rows.map(() => next++).filter((each) => each < MOST || each === place),
        options = listed.map((each) => option(group, each));
      return group.heading && options.length ? [element("optgroup", { label: group.heading }, ...options)] : options;
    });
    return element(
      "select",
      {
        "aria-label": say("choose-here", atlas.countText(rows.length)),
        onchange: (event) => show(rows[event.target.value], "select"),
      },
      ...parts,
    );
  };

  /** The ways from a card to the others at the same place of the map; null where there is no other. */
  atlas.stackNav = (row) => {
    const groups = presentGroups(),
      rows = groups.flatMap((group) => group.rows),
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
      rows.length >= MANY && chooser(groups, rows, place),
    );
  };
})();
