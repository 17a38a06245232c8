/* Names of the base map: towns, waters, regions and countries, as the zoom has room for them. */
(() => {
  "use strict";
  const FONTS = { town: "town", "water-label": "water", "region-label": "region", "country-label": "region" };
  /** From which zoom on a country's name of each scale stands, the world's first; the next scale's takes over from it. */
  const COUNTRY_ZOOMS = [2.5, 6.2, 8.8, Infinity];
  const SAME_PX = 6;

  const hasRoom = (kind, row, { zoom }) => {
    const { scales, ranks } = atlas.ground,
      rank = ranks[row] || 2;
    if (kind === "country-label") return zoom >= COUNTRY_ZOOMS[scales[row]] && zoom < COUNTRY_ZOOMS[scales[row] + 1];
    return zoom >= (kind === "town" ? 7 : 5) + rank;
  };

  /** Where a shown place of the atlas has its mark: the base map's own name for it would stand there twice. */
  const markedPlaces = (frame) => {
    const { data, marks, settings } = atlas,
      places = settings.themes.findIndex(({ key }) => key === "places");
    if (!marks || places < 0 || !atlas.isThemeShown(places)) return [];
    return marks.rows[places]
      .filter((row) => marks.shown[row] && data.geometry.kind[row] === atlas.kinds.POINT)
      .map((row) => ({ x: frame.x(data.geometry.west[row]), y: frame.y(data.geometry.north[row]) }));
  };

  /** A name in the reader's language; countries' in spaced capitals, where the script has them. */
  const lineOf = (kind, row) => {
    const names = atlas.ground.names[row] ?? {},
      text = names[atlas.settings.language] ?? names.en ?? "",
      capitals = text.toLocaleUpperCase();
    if (kind !== "country-label") return { text, font: FONTS[kind] };
    return capitals === text ? { text, font: FONTS[kind] } : { text: capitals, font: "country" };
  };

  /** The names that a frame has room for, the most important first. */
  atlas.groundLabels = (frame) => {
    const { kinds, geometry, ranks } = atlas.ground,
      labels = [],
      marked = markedPlaces(frame);
    kinds.forEach((kind, row) => {
      if (!FONTS[kind] || !atlas.isInFrame(geometry, row, frame, 0) || !hasRoom(kind, row, frame)) return;
      const x = frame.x(geometry.west[row]),
        y = frame.y(geometry.north[row]),
        isTown = kind === "town";
      if (isTown && marked.some((mark) => Math.hypot(mark.x - x, mark.y - y) < SAME_PX)) return;
      labels.push({
        owner: `ground-${row}`,
        rank: isTown ? ranks[row] || 2 : 0,
        isTown,
        lines: [lineOf(kind, row)],
        x,
        y,
        r_px: isTown ? 3 : 0,
        isCentred: !isTown,
        ink: atlas.brushes.colour(kind === "water-label" ? "water-text" : "quiet-text"),
      });
    });
    return labels.sort((a, b) => a.rank - b.rank);
  };
})();
