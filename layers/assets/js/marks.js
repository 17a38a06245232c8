/* Marks, lines and areas of a theme, drawn as sure as they are known. */
(() => {
  "use strict";
  const { POINT, LINE, AREA } = atlas.kinds,
    { EXACT, APPROXIMATE, AREA: SOFT, SCHEMATIC } = atlas.PRECISION;
  const MARK_PX = 4.5,
    SMALL_PX = 3,
    DENSE = 4000,
    DENSE_SMALL_PX = 8,
    WIDE_PX = 150,
    EDGE_PX = 13;
  /** How strong hatches and tints of areas are where many themes lie together: the ground and the names stay to be read. */
  const AMONG_MANY = 0.5;
  /** Dashes of an armistice line or a disputed one, which is as thick as it is sure. */
  const DISPUTED = [8, 8];

  /** Sort the visible rows of a theme by how they are drawn, so that each way of drawing is one path. */
  const sorted = (data, rows, frame) => {
    const buckets = new Map(),
      small_px = rows.length > DENSE ? DENSE_SMALL_PX : SMALL_PX;
    for (const row of rows) {
      if (!atlas.marks.shown[row] || !atlas.isInFrame(data.geometry, row, frame, 40)) continue;
      const kind = tooSmall(data.geometry, row, frame, small_px) ? POINT : data.geometry.kind[row];
      const isVague = kind === POINT && data.precision[row] > EXACT && !data.radius_m[row],
        isDisputed = kind === LINE && row in data.features.disputed,
        key =
          (isDisputed ? 1000 : 0) +
          kind * 100 +
          (data.precision[row] + 1) * 10 +
          (isVague ? 4 : 0) +
          atlas.marks.look[row];
      if (!buckets.has(key))
        buckets.set(key, {
          kind,
          precision: data.precision[row],
          hollow: atlas.marks.look[row] & 1,
          corroborated: atlas.marks.look[row] & 2,
          isVague,
          isDisputed,
          rows: [],
          drawn: new Set(),
        });
      const bucket = buckets.get(key);
      if (kind !== POINT && bucket.drawn.has(data.twin[row])) continue;
      bucket.rows.push(row);
      if (kind !== POINT) bucket.drawn.add(data.twin[row]);
    }
    return [...buckets.values()].sort((a, b) => b.kind - a.kind);
  };

  const tooSmall = (geometry, row, frame, small_px) =>
    geometry.kind[row] === AREA &&
    Math.max(geometry.east[row] - geometry.west[row], geometry.south[row] - geometry.north[row]) * frame.scale <
      small_px;

  const trace = (context, data, rows, frame) => {
    context.beginPath();
    for (const row of rows) atlas.traceShape(context, data.geometry, row, frame);
  };

  /** Areas that would cover the map are tinted along their inner edge only, as printed atlases do; the ground stays quiet. */
  const isWide = (geometry, row, frame) =>
    Math.min(geometry.east[row] - geometry.west[row], geometry.south[row] - geometry.north[row]) * frame.scale >
    WIDE_PX;

  const paintAreas = (context, data, bucket, number, frame) => {
    const wide = bucket.rows.filter((row) => isWide(data.geometry, row, frame)),
      narrow = bucket.rows.filter((row) => !wide.includes(row));
    if (narrow.length) paintNarrow(context, data, { ...bucket, rows: narrow }, number, frame);
    context.setLineDash([]);
    if (wide.length) paintWide(context, data, { ...bucket, rows: wide }, number, frame);
    context.setLineDash([]);
    context.globalAlpha = 1;
  };

  const paintNarrow = (context, data, { rows, precision, hollow, corroborated, strength }, number, frame) => {
    const ink = atlas.brushes.inks[number];
    trace(context, data, rows, frame);
    context.lineJoin = "round";
    context.strokeStyle = context.fillStyle = ink;
    if (precision === SCHEMATIC) {
      const hatch = hollow ? null : atlas.brushes.pattern(context, number);
      if (hatch) {
        context.globalAlpha = 0.45 * strength;
        context.fillStyle = hatch;
        context.fill();
      }
      context.globalAlpha = 0.75;
      context.lineWidth = 1;
      context.setLineDash([6, 4]);
      context.stroke();
    } else if (precision === SOFT) {
      // a soft edge: wide, faint strokes fade the fill out over some pixels
      context.globalAlpha = (hollow ? 0.03 : 0.08) * strength;
      context.fill();
      for (const [width, alpha] of [
        [11, 0.06],
        [5, 0.08],
      ]) {
        context.globalAlpha = alpha * strength;
        context.lineWidth = width;
        context.stroke();
      }
    } else {
      context.globalAlpha = hollow ? 0.03 : 0.1;
      context.fill();
      context.globalAlpha = 0.9;
      context.lineWidth = precision === EXACT ? 1.8 : 1;
      context.stroke();
    }
    if (corroborated && precision !== SOFT) {
      context.setLineDash([]);
      context.globalAlpha = 0.35;
      context.lineWidth = 4;
      context.stroke();
    }
  };

  const paintWide = (context, data, { rows, precision, hollow, strength }, number, frame) => {
    const ink = atlas.brushes.inks[number],
      hatch = precision === SCHEMATIC && !hollow ? atlas.brushes.pattern(context, number) : null;
    context.save();
    trace(context, data, rows, frame);
    context.clip();
    context.lineJoin = "round";
    if (hatch) {
      context.globalAlpha = 0.4 * strength;
      context.strokeStyle = hatch;
      context.lineWidth = 2 * EDGE_PX;
      context.stroke();
    }
    context.strokeStyle = ink;
    if (precision === SOFT)
      for (const [width, alpha] of [
        [18, 0.05],
        [8, 0.07],
      ]) {
        context.globalAlpha = alpha * strength;
        context.lineWidth = width;
        context.stroke();
      }
    context.restore();
    if (precision === SOFT) {
      paintMeasured(context, data, rows, ink, frame);
      return;
    }
    context.strokeStyle = ink;
    context.globalAlpha = precision === SCHEMATIC ? 0.7 : 0.9;
    context.lineWidth = 1;
    context.setLineDash(precision === SCHEMATIC ? [6, 4] : []);
    context.stroke();
  };

  /** A blurred edge that is seen (3:1 in its middle) and is no outline, for what the atlas measured: the ground has no line there. */
  const BLUR = [
    [9, 0.08],
    [5, 0.16],
    [1.7, 0.7],
  ];

  const paintMeasured = (context, data, rows, ink, frame) => {
    const measured = rows.filter((row) => data.features.provenance[row]?.method === "measured");
    if (!measured.length) return;
    trace(context, data, measured, frame);
    context.strokeStyle = ink;
    for (const [width, alpha] of BLUR) {
      context.globalAlpha = alpha;
      context.lineWidth = width;
      context.stroke();
    }
  };

  const paintLines = (context, data, bucket, number, frame) => {
    const { inks, colour } = atlas.brushes,
      isSure = bucket.precision === EXACT || bucket.precision === APPROXIMATE;
    trace(context, data, bucket.rows, frame);
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = colour("halo");
    context.lineWidth = isSure ? 6 : 4.5;
    // what is unsure lets a line show through upon which it lies
    context.globalAlpha = isSure ? 0.8 : 0.35;
    context.stroke();
    context.strokeStyle = inks[number];
    context.globalAlpha = isSure ? 1 : 0.85;
    context.lineWidth = isSure ? 2.6 : 1.6;
    context.setLineDash(bucket.hollow ? [2, 5] : bucket.isDisputed ? DISPUTED : isSure ? [] : [8, 6]);
    context.stroke();
    context.setLineDash([]);
    if (bucket.corroborated) {
      context.strokeStyle = colour("land");
      context.lineWidth = 1;
      context.stroke();
    }
    if (atlas.settings.themes[number].hasHeads)
      for (const row of bucket.rows) atlas.paintOpenHeads(context, data.geometry, row, frame, inks[number]);
    context.globalAlpha = 1;
  };

  /** The more marks there are on the screen, the smaller each is. */
  const markSize_px = (count) => (count < 800 ? MARK_PX : 3);

  /** From so many on, marks are stamped into one picture. */
  const MANY = 400;

  const paintPoints = (context, data, bucket, number, frame) => {
    const { geometry, radius_m } = data,
      { sprite, inks, ratio } = atlas.brushes,
      r_px = markSize_px(bucket.rows.length);
    const mark = sprite(number, {
      solid: !bucket.hollow,
      corroborated: Boolean(bucket.corroborated),
      vagueness: bucket.isVague ? bucket.precision : EXACT,
      r_px,
    });
    const xs = Float64Array.from(bucket.rows, (row) => frame.x(atlas.middleOf(row).x)),
      ys = Float64Array.from(bucket.rows, (row) => frame.y(atlas.middleOf(row).y));
    context.strokeStyle = context.fillStyle = inks[number];
    context.lineWidth = 1;
    bucket.rows.forEach((row, i) => {
      const disc = radius_m[row] ? radius_m[row] * atlas.pixelsPerMetre(frame, geometry.north[row]) : 0;
      if (disc <= MARK_PX) return;
      context.beginPath();
      context.arc(xs[i], ys[i], disc, 0, 2 * Math.PI);
      context.globalAlpha = bucket.hollow ? 0.03 : 0.16;
      context.fill();
      context.globalAlpha = 0.9;
      context.setLineDash(bucket.precision === SCHEMATIC ? [5, 4] : []);
      context.stroke();
      context.setLineDash([]);
    });
    context.globalAlpha = 1;
    if (xs.length > DENSE) atlas.stampMany(context, frame, atlas.pixelsOfDot(inks[number], ratio), xs, ys);
    else if (xs.length > MANY)
      atlas.stampMany(context, frame, (mark.pixels ??= atlas.pixelsOfStamp(mark.stamp)), xs, ys);
    else
      xs.forEach((x, i) =>
        context.drawImage(mark.stamp, x - mark.half, ys[i] - mark.half, 2 * mark.half, 2 * mark.half),
      );
  };

  /** Draw the shown features of a theme. */
  atlas.paintTheme = (context, frame, number) => {
    const data = atlas.data,
      isFlow = atlas.settings.themes[number].glyph === "arrow",
      apart = atlas.apart(number),
      strength = atlas.areThemesFew() ? 1 : AMONG_MANY;
    if (apart) atlas.paintGathered(context, frame, number);
    const buckets = sorted(data, apart ?? atlas.marks.rows[number], frame);
    for (const bucket of buckets) {
      if (bucket.kind === AREA) paintAreas(context, data, { ...bucket, strength }, number, frame);
      else if (bucket.kind === LINE && isFlow) {
        const look = {
          ink: atlas.brushes.inks[number],
          hollow: bucket.hollow,
          schematic: bucket.precision === SCHEMATIC,
        };
        for (const row of bucket.rows) atlas.paintFlow(context, data.geometry, row, frame, look);
      } else if (bucket.kind === LINE) paintLines(context, data, bucket, number, frame);
      else paintPoints(context, data, bucket, number, frame);
    }
  };
})();
