/* Which features are named on the map, and how: by their own name, or by theme and number where several share a line or area. */
(() => {
  "use strict";
  const MOST = 250,
    MOST_OWN = 40,
    FEW = 2,
    LONG = 26,
    IMPORTANCE = { places: 0, border: 1, "buffer-zone": 2, tunnels: 3, drones: 4 },
    LEAST = 4;

  const keyOf = (row) => atlas.settings.themes[atlas.data.theme[row]].key;

  /** A feature's own name in the page's language. */
  atlas.ownName = (row) => {
    const { features } = atlas.data;
    return features.names[row]?.[atlas.settings.language] ?? features.name[row];
  };

  /** Both halves of a long name, parted between words where they are most alike in length; none of a short one. */
  atlas.inHalves = (name) => {
    const words = name.length > LONG ? name.split(" ") : [],
      halves = words.slice(1).map((_, i) => [words.slice(0, i + 1).join(" "), words.slice(i + 1).join(" ")]),
      longer = (half) => Math.max(...half.map((part) => part.length));
    return halves.length ? halves.reduce((best, half) => (longer(half) < longer(best) ? half : best)) : [];
  };

  let sharing = null;
  /** By the first of them, all rows that have the very same line or area. */
  const rowsOnOneGround = () => {
    const { twin, count } = atlas.data;
    if (sharing) return sharing;
    sharing = new Map();
    for (let row = 0; row < count; row++) {
      if (twin[row] === row) continue;
      if (!sharing.has(twin[row])) sharing.set(twin[row], [twin[row]]);
      sharing.get(twin[row]).push(row);
    }
    return sharing;
  };

  let gathered = { marks: null, mates: new Map() };
  /** The shown features of a theme that one line or area stands for; none where it stands for a single one. Places keep their names. */
  const matesOf = (row) => {
    const { theme, twin } = atlas.data,
      all = rowsOnOneGround().get(twin[row]);
    if (!all || keyOf(row) === "places") return [];
    if (gathered.marks !== atlas.marks) gathered = { marks: atlas.marks, mates: new Map() };
    const key = twin[row] * atlas.settings.themes.length + theme[row];
    if (!gathered.mates.has(key)) {
      const mates = all.filter((other) => theme[other] === theme[row] && atlas.marks.shown[other]);
      gathered.mates.set(key, mates.length > 1 ? mates : []);
    }
    return gathered.mates.get(key);
  };

  /** Whether claims of several themes are about one area: the name of one of them, in its middle, would pass for the area's. */
  const isSharedArea = (row) => {
    const { geometry, twin } = atlas.data;
    return geometry.kind[row] === atlas.kinds.AREA && keyOf(row) !== "places" && rowsOnOneGround().has(twin[row]);
  };

  /** The rows that bear their own name whatever else is there: what is chosen, and what a story tells of. */
  const namedApart = () => new Set([atlas.data.rowOf.get(atlas.view.feature) ?? -1, ...atlas.touredRows()]);

  /** Whether so few themes are shown that the shapes of all can be named, and drawn in their full ink. */
  atlas.areThemesFew = () =>
    atlas.settings.themes.filter((_, number) => atlas.isThemeShown(number) && atlas.counts[number].left).length <= FEW;

  /** Themes of many overlapping shapes are named only when few themes are shown. */
  const isNamed = (row, isFew, apart) => {
    if (apart.has(row)) return true;
    const mates = matesOf(row);
    if (mates.length) return mates[0] === row && !mates.some((mate) => apart.has(mate));
    return (
      !isSharedArea(row) && (isFew || keyOf(row) in IMPORTANCE || atlas.data.geometry.kind[row] === atlas.kinds.POINT)
    );
  };

  /** How many times as large as the frame an area's box is. */
  atlas.timesFrame = (row, { scale, size }) => {
    const { east, west, south, north, kind } = atlas.data.geometry;
    if (kind[row] !== atlas.kinds.AREA) return 0;
    return ((east[row] - west[row]) * (south[row] - north[row]) * scale * scale) / (size.x * size.y);
  };

  /** Four frames across and four down: a name in an area so large tells nothing about where it stands. */
  const TOO_WIDE = 16;

  const groupName = (row, count) => {
    const { label } = atlas.settings.themes[atlas.data.theme[row]];
    return `${label[atlas.settings.language] ?? label.en} (${atlas.countText(count)})`;
  };

  const rank = (row, apart) =>
    apart.has(row)
      ? -10
      : (IMPORTANCE[keyOf(row)] ?? LEAST) + (atlas.data.geometry.kind[row] === atlas.kinds.POINT ? 0 : 0.5);

  /** What is named in a frame, the most important first: row, rank, name, and whether the name is its own or that of several. */
  atlas.namedFeatures = (frame) => {
    const { data, marks } = atlas,
      apart = namedApart(),
      isFew = atlas.areThemesFew();
    const mayBeNamed = (row) =>
      marks.shown[row] &&
      atlas.isThemeShown(data.theme[row]) &&
      data.geometry.kind[row] &&
      atlas.isInFrame(data.geometry, row, frame, 0) &&
      (apart.has(row) || atlas.timesFrame(row, frame) <= TOO_WIDE) &&
      isNamed(row, isFew, apart);
    const rows = [],
      added = [];
    for (let row = 0; row < data.count && rows.length <= MOST && added.length <= MOST_OWN; row++)
      if (mayBeNamed(row)) (atlas.isOwnRow(row) ? added : rows).push(row);
    // of too many only the chosen one is named; readers' own are too many sooner, and leave the atlas's their names
    const named = [...(rows.length <= MOST ? rows : []), ...(added.length <= MOST_OWN ? added : [])],
      chosen = data.rowOf.get(atlas.view.feature) ?? -1;
    if (!named.includes(chosen) && mayBeNamed(chosen)) named.push(chosen);
    return named
      .map((row) => ({ row, rank: rank(row, apart) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ row, rank }) => {
        const mates = apart.has(row) ? [] : matesOf(row),
          name = mates.length ? groupName(row, mates.length) : atlas.ownName(row);
        return { row, rank, name, isOwn: !mates.length };
      });
  };
})();
