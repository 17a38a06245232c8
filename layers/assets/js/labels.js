/* Names on the map: placed from the most to the least important, each where it meets no other, else left out. */
(() => {
  "use strict";
  const FAMILY =
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Atlas Arabic", "Atlas Hebrew", sans-serif';
  const FONTS = {
    feature: `600 13px ${FAMILY}`,
    local: `12px ${FAMILY}`,
    town: `12px ${FAMILY}`,
    water: `italic 13px ${FAMILY}`,
    region: `13px ${FAMILY}`,
    small: `11px ${FAMILY}`,
  };
  const MOST = 250,
    GAP_PX = 3,
    OWN_PX = 6;

  const meets = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

  /** The boxes of the page's own controls, which no label may run under. */
  const taken = (map) => {
    const stage = map.getContainer().getBoundingClientRect(),
      boxes = [];
    for (const node of document.querySelectorAll("[data-covers-map]")) {
      const box = node.getBoundingClientRect();
      if (box.width)
        boxes.push({
          left: box.left - stage.left - 4,
          right: box.right - stage.left + 4,
          top: box.top - stage.top - 4,
          bottom: box.bottom - stage.top + 4,
        });
    }
    return boxes;
  };

  const measure = (context, label) => {
    let width = 0,
      height = 0;
    for (const line of label.lines) {
      context.font = FONTS[line.font];
      line.width = context.measureText(line.text).width;
      line.height = parseInt(FONTS[line.font].match(/(\d+)px/)[1], 10) * 1.3;
      width = Math.max(width, line.width);
      height += line.height;
    }
    return { width, height };
  };

  /** Places to try around a mark of radius r_px, best first; a label of an area or line tries its middle. */
  const offsets = (label, { width, height }) => {
    const r = label.r_px + GAP_PX;
    if (label.isCentred)
      return [
        [-width / 2, -height / 2],
        [-width / 2, -height * 1.3],
        [-width / 2, height * 0.4],
        [8, -height / 2],
        [-width - 8, -height / 2],
      ];
    return [
      [r, -height / 2],
      [-width - r, -height / 2],
      [-width / 2, -r - height],
      [-width / 2, r],
      [r * 0.8, -r * 0.8 - height],
      [r * 0.8, r * 0.8],
      [-width - r * 0.8, -r * 0.8 - height],
      [-width - r * 0.8, r * 0.8],
    ];
  };

  /** How far a name at an offset is nearer to another mark than to its own: 0 where it is plainly its own. */
  const mistaken = (label, { width, height }, [dx, dy], marks) => {
    const x = label.x + dx + width / 2,
      y = label.y + dy + height / 2,
      own = Math.hypot(dx + width / 2, dy + height / 2);
    const other = marks.reduce(
      (least, mark) => (mark.owner === label.owner ? least : Math.min(least, Math.hypot(mark.x - x, mark.y - y))),
      Infinity,
    );
    return Math.max(0, own - other + OWN_PX);
  };

  const place = (label, size, frame, occupied, marks) => {
    const tried = label.isCentred
      ? offsets(label, size)
      : offsets(label, size)
          .map((offset) => ({ offset, cost: mistaken(label, size, offset, marks) }))
          .sort((a, b) => a.cost - b.cost)
          .map(({ offset }) => offset);
    // what is chosen is named even where its nearest places are taken
    if (label.isChosen) tried.push(...[2, 3].flatMap((far) => tried.map(([dx, dy]) => [far * dx, far * dy])));
    for (const [dx, dy] of tried) {
      const box = {
        left: label.x + dx - 1,
        top: label.y + dy - 1,
        right: label.x + dx + size.width + 1,
        bottom: label.y + dy + size.height + 1,
      };
      const isInside = box.left >= 2 && box.top >= 2 && box.right <= frame.size.x - 2 && box.bottom <= frame.size.y - 2;
      if (isInside && !occupied.some((other) => meets(box, other))) return box;
    }
    return null;
  };

  /** What a feature is called; a line that stands for several bears their theme and number. */
  const nameOf = (row) => {
    const { features, theme } = atlas.data,
      { language, themes } = atlas.settings,
      { label } = themes[theme[row]],
      mates = isNamedApart(row) ? [] : lineMates(row);
    if (mates.length) return `${label[language] ?? label.en} (${mates.length})`;
    return features.names[row]?.[language] ?? features.name[row];
  };

  const featureLabel = (row, frame) => {
    const { geometry, features, theme, radius_m } = atlas.data,
      kind = geometry.kind[row],
      language = atlas.settings.language;
    const names = features.names[row] ?? {},
      name = nameOf(row),
      key = atlas.settings.themes[theme[row]].key;
    const local = key === "places" && kind === atlas.kinds.POINT ? names[language === "ar" ? "en" : "ar"] : null;
    const disc = radius_m[row] ? radius_m[row] * atlas.pixelsPerMetre(frame, geometry.north[row]) : 0,
      anchor = anchorOf(row, frame);
    const lines = [{ text: name, font: kind === atlas.kinds.POINT ? "feature" : "town" }];
    if (local && local !== name) lines.push({ text: local, font: "local" });
    return {
      owner: features.id[row],
      lines,
      ...anchor,
      r_px: Math.max(6, Math.min(disc, 40)),
      isCentred: kind !== atlas.kinds.POINT,
      isChosen: isChosen(row),
      ink: atlas.brushes.nameInks[theme[row]],
    };
  };

  /** A point of the shape that is on the screen: the mark, the middle of a line, the middle of an area's box. */
  const anchorOf = (row, frame) => {
    const { geometry } = atlas.data,
      { x, y, pieces, starts, kind } = geometry;
    if (kind[row] === atlas.kinds.LINE) {
      const middle = (starts[pieces[row]] + starts[pieces[row] + 1]) >> 1;
      return { x: frame.x(x[middle]), y: frame.y(y[middle]) };
    }
    const west = Math.max(geometry.west[row], frame.west),
      east = Math.min(geometry.east[row], frame.east);
    const north = Math.max(geometry.north[row], frame.north),
      south = Math.min(geometry.south[row], frame.south);
    return { x: frame.x((west + east) / 2), y: frame.y((north + south) / 2) };
  };

  const IMPORTANCE = { places: 0, border: 1, "buffer-zone": 2, tunnels: 3, drones: 4 };

  const isChosen = (row) => atlas.data.features.id[row] === atlas.view.feature;

  let sharing = null;
  /** By the first of them, all rows that have the very same line or area. */
  const rowsOnOneGround = () => {
    const { twin, count } = atlas.data;
    if (!sharing) {
      sharing = new Map();
      for (let row = 0; row < count; row++)
        if (twin[row] !== row) sharing.set(twin[row], [...(sharing.get(twin[row]) ?? [twin[row]]), row]);
    }
    return sharing;
  };

  const twins = (row) => rowsOnOneGround().get(atlas.data.twin[row]) ?? [row];

  /** Whether several claims are about one area: the name of one of them, in its middle, would pass for the area's. Places keep theirs. */
  const isSharedArea = (row) => {
    const { geometry, theme } = atlas.data;
    return (
      geometry.kind[row] === atlas.kinds.AREA &&
      atlas.settings.themes[theme[row]].key !== "places" &&
      twins(row).length > 1
    );
  };

  /** The shown features of a theme that one line stands for; none where it stands for a single one. */
  const lineMates = (row) => {
    const { geometry, theme } = atlas.data;
    if (geometry.kind[row] !== atlas.kinds.LINE) return [];
    const mates = twins(row).filter((twin) => theme[twin] === theme[row] && atlas.marks.shown[twin]);
    return mates.length > 1 ? mates : [];
  };

  const isNamedApart = (row) => isChosen(row) || atlas.touredRows().includes(row);

  /** Themes of many overlapping shapes are named only when few themes are shown, and always for what is chosen or pointed at. */
  const isNamed = (row, fewThemes) => {
    if (isNamedApart(row)) return true;
    const mates = lineMates(row);
    if (mates.length) return mates[0] === row && !mates.some(isNamedApart);
    return (
      !isSharedArea(row) &&
      (fewThemes ||
        atlas.settings.themes[atlas.data.theme[row]].key in IMPORTANCE ||
        atlas.data.geometry.kind[row] === atlas.kinds.POINT)
    );
  };

  const featureRows = (frame) => {
    const { data, marks, settings } = atlas,
      rows = [];
    const fewThemes =
      settings.themes.filter((_, number) => atlas.isThemeShown(number) && atlas.counts[number].left).length <= 2;
    const mayBeNamed = (row) =>
      marks.shown[row] &&
      atlas.isThemeShown(data.theme[row]) &&
      data.geometry.kind[row] &&
      atlas.isInFrame(data.geometry, row, frame, 0) &&
      isNamed(row, fewThemes);
    for (let row = 0; row < data.count && rows.length <= MOST; row++) if (mayBeNamed(row)) rows.push(row);
    // among too many only the chosen one is named
    if (rows.length > MOST) return [data.rowOf.get(atlas.view.feature) ?? -1].filter(mayBeNamed);
    const lit = atlas.touredRows();
    const rank = (row) =>
      isChosen(row) || lit.includes(row)
        ? -10
        : (IMPORTANCE[atlas.settings.themes[data.theme[row]].key] ?? 4) +
          (data.geometry.kind[row] === atlas.kinds.POINT ? 0 : 0.5);
    return rows.sort((a, b) => rank(a) - rank(b));
  };

  const groundLabels = (frame) => {
    const { ground, settings } = atlas,
      labels = [],
      font = { town: "town", "water-label": "water", "region-label": "region" };
    ground.kinds.forEach((kind, row) => {
      if (!font[kind] || !atlas.isInFrame(ground.geometry, row, frame, 0)) return;
      const rank = ground.ranks[row] || 2;
      if ((kind === "town" && frame.zoom < 7 + rank) || (kind !== "town" && frame.zoom < 5 + rank)) return;
      const names = ground.names[row] ?? {},
        name = names[settings.language] ?? names.en ?? "",
        isTown = kind === "town";
      const ink = atlas.brushes.colour(kind === "water-label" ? "water-text" : "quiet-text");
      labels.push({
        owner: `ground-${row}`,
        rank: isTown ? rank : 0,
        isTown,
        lines: [{ text: name, font: font[kind] }],
        x: frame.x(ground.geometry.west[row]),
        y: frame.y(ground.geometry.north[row]),
        r_px: isTown ? 3 : 0,
        isCentred: !isTown,
        ink,
      });
    });
    return labels.sort((a, b) => a.rank - b.rank);
  };

  const degreesText = ({ degrees, isMeridian }) => {
    const minutes = Math.round(Math.abs(degrees) * 60),
      side = isMeridian ? (degrees < 0 ? "W" : "E") : degrees < 0 ? "S" : "N";
    return `${Math.floor(minutes / 60)}°${minutes % 60 ? `${String(minutes % 60).padStart(2, "0")}′` : ""} ${side}`;
  };

  const marginHeight_px = () => document.querySelector(".margin")?.offsetHeight ?? 0;

  const graticuleLabels = (frame) =>
    atlas.graticuleLines(frame, atlas.graticuleStep_deg(frame)).map((line) => ({
      owner: "graticule",
      lines: [{ text: degreesText(line), font: "small" }],
      ink: atlas.brushes.colour("graticule-text"),
      r_px: 0,
      fixed: line.isMeridian ? { x: line.at + 3, y: frame.size.y - marginHeight_px() - 22 } : { x: 4, y: line.at - 15 },
    }));

  /** The letters of the two compared shapes. */
  const comparedLabels = (frame) =>
    atlas
      .comparedRows()
      .map((row, i) => ({ row, letter: "AB"[i] }))
      .filter(({ row }) => atlas.data.geometry.kind[row] && atlas.isInFrame(atlas.data.geometry, row, frame, 0))
      .map(({ row, letter }) => ({
        owner: `compared-${letter}`,
        lines: [{ text: letter, font: "feature" }],
        ...anchorOf(row, frame),
        r_px: 10,
        isCentred: false,
        ink: atlas.brushes.colour("focus"),
      }));

  const write = (context, label, box) => {
    let y = box.top + 1;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.direction = label.fixed ? "ltr" : "inherit";
    for (const line of label.lines) {
      const x = (box.left + box.right) / 2;
      context.font = FONTS[line.font];
      context.textAlign = "center";
      context.strokeStyle = atlas.brushes.colour("halo");
      context.lineWidth = 3.5;
      context.globalAlpha = 0.9;
      context.strokeText(line.text, x, y + line.height / 2);
      context.globalAlpha = 1;
      context.fillStyle = label.ink;
      context.fillText(line.text, x, y + line.height / 2);
      y += line.height;
    }
  };

  const dotTown = (context, label) => {
    context.beginPath();
    context.arc(label.x, label.y, 2, 0, 2 * Math.PI);
    context.fillStyle = atlas.brushes.colour("land");
    context.fill();
    context.strokeStyle = label.ink;
    context.lineWidth = 1;
    context.stroke();
  };

  const paint = (context, frame, map) => {
    const occupied = taken(map),
      placed = [],
      features = atlas.marks ? featureRows(frame).map((row) => featureLabel(row, frame)) : [];
    const marks = features.filter((label) => !label.isCentred);
    const put = (label) => {
      const size = measure(context, label);
      const box = label.fixed
        ? {
            left: label.fixed.x,
            top: label.fixed.y,
            right: label.fixed.x + size.width,
            bottom: label.fixed.y + size.height,
          }
        : place(label, size, frame, occupied, marks);
      if (!box || (label.fixed && occupied.some((other) => meets(box, other)))) return;
      occupied.push(box);
      placed.push({ owner: label.owner, text: label.lines[0].text, ...box });
      if (label.isTown) dotTown(context, label);
      write(context, label, box);
    };
    if (atlas.marks) comparedLabels(frame).forEach(put);
    features.forEach(put);
    // a name that a feature bears already is not written a second time by the base map
    const isNew = (label) => !placed.some(({ text }) => text === label.lines[0].text);
    groundLabels(frame).filter(isNew).forEach(put);
    graticuleLabels(frame).forEach(put);
    atlas.placedLabels = placed;
  };

  /** A canvas does not wait for a font of the page: the names are written again when it has come. */
  atlas.loadFonts = () => {
    const loaded = ["Atlas Arabic", "Atlas Hebrew"].map((family, i) =>
      document.fonts?.load(`12px "${family}"`, "عא"[i]),
    );
    Promise.allSettled(loaded).then(() => atlas.labelCanvas.repaint());
  };

  /** Called by the map's Folium element: a pane above the themes for names, one below them for what has the focus. */
  atlas.addLabels = (map) => {
    map.createPane("atlas-focus").style.zIndex = 560;
    map.createPane("atlas-labels").style.zIndex = 600;
    const paintChosen = (context, frame) => {
      const chosen = atlas.data.rowOf.get(atlas.view.feature);
      if (atlas.hovered >= 0 && atlas.hovered !== chosen) atlas.paintFocus(context, frame, atlas.hovered, false);
      for (const row of chosen === undefined ? [...atlas.comparedRows(), ...atlas.touredRows()] : [chosen])
        atlas.paintFocus(context, frame, row, true);
    };
    atlas.focusCanvas = new atlas.Canvas({ pane: "atlas-focus", paint: paintChosen });
    atlas.labelCanvas = new atlas.Canvas({
      pane: "atlas-labels",
      paint: (context, frame) => paint(context, frame, map),
    });
  };
})();
