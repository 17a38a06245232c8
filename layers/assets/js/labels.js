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
    country: `600 11px ${FAMILY}`,
    small: `11px ${FAMILY}`,
  };
  const SPACING = { country: "2px" };
  const GAP_PX = 3,
    OWN_PX = 6;
  /** The largest disc beside which the name of its middle may stand, and a dot's radius for one in a larger disc. */
  const DISC_PX = 20,
    DOT_PX = 5;
  /** Towns up to this rank are there to find one's way by: lines and areas give way to their names. */
  const GUIDING_RANK = 2;
  /** Texts whose first letter is of Arabic, Hebrew or their like: on paper, words of another direction than said are shuffled. */
  const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

  /** Themes of narrow shapes side by side, whose names may stand off them on a line; no more shapes than that are looked at. */
  const LED_THEMES = new Set(["border", "tunnels", "buffer-zone"]),
    MOST_LED = 12;
  /** Up to this rank are places and those themes: such a line takes the ground before all other areas' names. */
  const CORE_RANK = 4;

  const meets = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
  atlas.doBoxesMeet = meets;

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
      context.letterSpacing = SPACING[line.font] ?? "0px";
      line.width = context.measureText(line.text).width;
      line.height = parseInt(FONTS[line.font].match(/(\d+)px/)[1], 10) * 1.3;
      width = Math.max(width, line.width);
      height += line.height;
    }
    return { width, height };
  };

  /** Places to try around a mark of radius r_px, best first. */
  const offsets = (label, { width, height }) => {
    const r = label.r_px + GAP_PX;
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
      (least, mark) =>
        mark.owner === label.owner || mark.rank > label.rank
          ? least
          : Math.min(least, Math.hypot(mark.x - x, mark.y - y)),
      Infinity,
    );
    return Math.max(0, own - other);
  };

  /** Corners to try for a name beside a mark: none where another mark is nearer, unless it is chosen, and outlined. */
  const besideMark = (label, size, marks) => {
    const tried = offsets(label, size)
      .map((offset) => ({ offset, cost: mistaken(label, size, offset, marks) }))
      .filter(({ cost }) => label.isChosen || !cost)
      .sort((a, b) => a.cost - b.cost)
      .map(({ offset }) => offset);
    // what is chosen is named even where its nearest places are taken
    const all = label.isChosen ? [1, 2, 3].flatMap((far) => tried.map(([dx, dy]) => [far * dx, far * dy])) : tried;
    return all.map(([dx, dy]) => ({ left: label.x + dx, top: label.y + dy }));
  };

  /** Corners to try for a name upon its line or within its area; it stands farther off only if it is chosen. */
  const uponShape = (label, size) => {
    const middles = label.anchors?.(size) ?? atlas.anchorsAbout(label, size),
      far = label.isChosen ? middles.slice(0, 3).flatMap((middle) => about(middle, size)) : [];
    return [...middles, ...far].map(({ x, y }) => ({ left: x - size.width / 2, top: y - size.height / 2 }));
  };

  const about = ({ x, y }, { width, height }) =>
    [-3, -2, -1, 1, 2, 3].flatMap((step) => [
      { x, y: y + 1.1 * step * height },
      { x: x + (step * width) / 2, y },
    ]);

  const place = (label, size, frame, occupied, marks) => {
    for (const { left, top } of label.isCentred ? uponShape(label, size) : besideMark(label, size, marks)) {
      const box = { left: left - 1, top: top - 1, right: left + size.width + 1, bottom: top + size.height + 1 };
      const isInside = box.left >= 2 && box.top >= 2 && box.right <= frame.size.x - 2 && box.bottom <= frame.size.y - 2;
      if (isInside && !occupied.some((other) => !(other.rank > label.rank) && meets(box, other))) return box;
    }
    return null;
  };

  /** The name of a feature: beside its mark, upon its line, or within its area. */
  const featureLabel = ({ row, rank, name, isOwn }, frame) => {
    const { geometry, features, theme, precision, radius_m } = atlas.data,
      isPoint = geometry.kind[row] === atlas.kinds.POINT,
      key = atlas.settings.themes[theme[row]].key;
    const local =
      key === "places" && isPoint ? features.names[row]?.[atlas.settings.language === "ar" ? "en" : "ar"] : null;
    const disc = radius_m[row] ? radius_m[row] * atlas.pixelsPerMetre(frame, geometry.north[row]) : 0;
    const lines = [{ text: name, font: isPoint ? "feature" : "town" }];
    if (local && local !== name) lines.push({ text: local, font: "local" });
    return {
      row,
      mayBeLed: isOwn && !isPoint && LED_THEMES.has(key),
      owner: features.id[row],
      rank,
      text: name,
      lines,
      ...(isPoint
        ? markOf(row, frame)
        : { isCentred: true, anchors: (size) => atlas.anchors(row, frame, size, isOwn) }),
      isArea: geometry.kind[row] === atlas.kinds.AREA,
      r_px: radiusOf(isPoint && !disc && precision[row] > atlas.PRECISION.EXACT, disc),
      isChosen: features.id[row] === atlas.view.feature,
      // how many claims are about an area tells less than the names to find one's way by
      isLast: !isOwn && geometry.kind[row] === atlas.kinds.AREA,
      ink: atlas.brushes.nameInks[theme[row]],
    };
  };

  /** A long name upon a line or within an area has two lines or, where they have no room, one. */
  const inTwoLines = (label) => {
    const halves = label.isCentred ? atlas.inHalves(label.text) : [];
    if (!halves.length) return label;
    return { ...label, lines: halves.map((text) => ({ text, font: "town" })), instead: [label] };
  };

  /** How far from the middle of a mark its name begins: beside a small disc, within a large one beside the dot. */
  const radiusOf = (isVague, disc_px) => {
    if (isVague) return 9;
    return disc_px > DISC_PX ? DOT_PX : Math.max(6, disc_px);
  };

  const markOf = (row, frame) => {
    const { x, y } = atlas.middleOf(row);
    return { x: frame.x(x), y: frame.y(y) };
  };

  const degreesText = ({ degrees, isMeridian }) => {
    const minutes = Math.round(Math.abs(degrees) * 60),
      written = `${Math.floor(minutes / 60)}°${minutes % 60 ? `${String(minutes % 60).padStart(2, "0")}′` : ""}`;
    return atlas.angleText(written, degrees, isMeridian);
  };

  const marginHeight_px = () => document.querySelector(".margin")?.offsetHeight ?? 0;

  const graticuleLabels = (frame) =>
    atlas.graticuleLines(frame, atlas.graticuleStep_deg(frame)).map((line) => ({
      owner: "graticule",
      lines: [{ text: degreesText(line), font: "small" }],
      ink: atlas.brushes.colour("graticule-text"),
      r_px: 0,
      fixed: line.isMeridian
        ? { x: line.at + GAP_PX, y: frame.size.y - marginHeight_px() - 22 }
        : { x: 4, y: line.at - 15 },
    }));

  /** After the line, or before it where the map ends. */
  const besideLine = ({ x, y }, { width, height }, frame) => {
    const left = x + width <= frame.size.x ? x : x - 2 * GAP_PX - width;
    return { left, top: y, right: left + width, bottom: y + height };
  };

  /** The letters of the two compared shapes. */
  const comparedLabels = (frame) =>
    atlas
      .comparedRows()
      .map((row, i) => ({ row, letter: "AB"[i] }))
      .filter(({ row }) => atlas.data.geometry.kind[row] && atlas.isInFrame(atlas.data.geometry, row, frame, 0))
      .map(({ row, letter }) => ({
        owner: `compared-${letter}`,
        lines: [{ text: letter, font: "feature" }],
        ...letteredAt(row, frame),
        r_px: 10,
        ink: atlas.brushes.colour("focus"),
      }));

  const letteredAt = (row, frame) =>
    atlas.data.geometry.kind[row] === atlas.kinds.POINT
      ? markOf(row, frame)
      : (atlas.anchors(row, frame, { width: 0, height: 0 })[0] ?? markOf(row, frame));

  const write = (context, label, box) => {
    let y = box.top + 1;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const line of label.lines) {
      context.direction = RIGHT_TO_LEFT.test(line.text) ? "rtl" : "ltr";
      const x = (box.left + box.right) / 2;
      context.font = FONTS[line.font];
      context.letterSpacing = SPACING[line.font] ?? "0px";
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

  const textOf = ({ text, lines }) => text ?? lines[0].text;

  const apartFrom = (mark, { x, y }) => Math.hypot(mark.x - x, mark.y - y);

  const dotBox = ({ x, y, r_px }) => ({ left: x - r_px, right: x + r_px, top: y - r_px, bottom: y + r_px });

  /** What has no name yet and may have it on a line gets it, where there is ground for it. */
  const lead = (context, frame, features, { occupied, placed }) => {
    const names = features
      .filter((label) => label.mayBeLed)
      .slice(0, MOST_LED)
      .map((label) => ({ label, size: measure(context, label) }));
    for (const { label, box, line } of atlas.leadNames(names, placed, frame, occupied)) {
      occupied.push(box);
      placed.push({ owner: label.owner, text: textOf(label), line, ...box });
      atlas.drawLeader(context, line, label.ink);
      write(context, label, box);
    }
  };

  const paint = (context, frame, map) => {
    const occupied = taken(map),
      placed = [],
      features = atlas.marks ? atlas.namedFeatures(frame).map((named) => inTwoLines(featureLabel(named, frame))) : [];
    const marks = features.filter((label) => !label.isCentred);
    // a name upon another's dot would seem to be that one's, unless that is of less importance
    occupied.push(...marks.map(({ x, y, rank }) => ({ ...dotBox({ x, y, r_px: DOT_PX }), rank })));
    const put = (label) => {
      const size = measure(context, label);
      const box = label.fixed ? besideLine(label.fixed, size, frame) : place(label, size, frame, occupied, marks);
      if (!box || (label.fixed && occupied.some((other) => meets(box, other)))) {
        label.instead?.forEach(put);
        return;
      }
      occupied.push(box);
      placed.push({ owner: label.owner, text: textOf(label), ...box });
      write(context, label, box);
    };
    // a town has its dot even where its name has no room, but not upon the mark of a feature
    const ground = atlas
      .groundLabels(frame)
      .filter((label) => !label.isTown || marks.every((mark) => apartFrom(mark, label) >= OWN_PX));
    for (const town of ground.filter((label) => label.isTown)) {
      dotTown(context, town);
      occupied.push(dotBox(town));
    }
    // a name that a feature bears already is not written a second time by the base map
    const isNew = (label) => !placed.some(({ text }) => text === textOf(label)),
      isGuide = (label) =>
        label.isTown && label.rank <= GUIDING_RANK && features.every(({ text }) => text !== textOf(label)),
      isFirst = (label) => label.isChosen || !label.isArea,
      isCore = (label) => label.rank < CORE_RANK;
    if (atlas.marks) comparedLabels(frame).forEach(put);
    features.filter(isFirst).forEach(put);
    ground.filter(isGuide).forEach(put);
    features.filter((label) => !isFirst(label) && !label.isLast && isCore(label)).forEach(put);
    lead(context, frame, features, { occupied, placed });
    features.filter((label) => !isFirst(label) && !label.isLast && !isCore(label)).forEach(put);
    ground.filter((label) => !isGuide(label) && isNew(label)).forEach(put);
    features.filter((label) => !isFirst(label) && label.isLast).forEach(put);
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
    atlas.focusCanvas = new atlas.Canvas({ pane: "atlas-focus", paint: atlas.paintFocused });
    atlas.labelCanvas = new atlas.Canvas({
      pane: "atlas-labels",
      paint: (context, frame) => paint(context, frame, map),
    });
  };
})();
