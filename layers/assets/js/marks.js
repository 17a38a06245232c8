/* Marks, lines, areas and arrows of a theme, drawn as sure as they are known. */
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
      for (const row of bucket.rows) paintOpenHeads(context, data, row, frame, inks[number]);
    context.globalAlpha = 1;
  };

  /** Length of the barbs of an open head in pixels, and how far each opens from the line, in radians. */
  const BARB_PX = 9,
    OPENING = 0.5;

  /** Where something flew to: an open head at the last position of each piece, in the ink of the line. */
  const paintOpenHeads = (context, { geometry }, row, frame, ink) => {
    context.lineCap = context.lineJoin = "round";
    for (let piece = geometry.pieces[row]; piece < geometry.pieces[row + 1]; piece++) {
      const points = screenLine(geometry, piece, frame),
        tip = points[points.length - 1],
        from = points.findLast((point) => tip.along - point.along >= BARB_PX);
      if (!from) continue;
      const aim = Math.atan2(tip.y - from.y, tip.x - from.x),
        barb = (turn) => [tip.x - BARB_PX * Math.cos(aim + turn), tip.y - BARB_PX * Math.sin(aim + turn)];
      for (const [colour, width] of [
        [atlas.brushes.colour("halo"), 4.5],
        [ink, 2],
      ]) {
        context.beginPath();
        context.moveTo(...barb(OPENING));
        context.lineTo(tip.x, tip.y);
        context.lineTo(...barb(-OPENING));
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke();
      }
    }
  };

  /** Where a piece of a line runs on the screen: its points, and how far along each is, in pixels. */
  const screenLine = ({ x, y, starts }, piece, frame) => {
    const points = [];
    let along = 0;
    for (let i = starts[piece]; i < starts[piece + 1]; i++) {
      const point = { x: frame.x(x[i]), y: frame.y(y[i]) },
        last = points[points.length - 1];
      if (last) along += Math.hypot(point.x - last.x, point.y - last.y);
      points.push({ ...point, along });
    }
    return points;
  };

  const paintArrows = (context, { geometry }, row, frame, look) => {
    for (let piece = geometry.pieces[row]; piece < geometry.pieces[row + 1]; piece++)
      paintArrow(context, screenLine(geometry, piece, frame), look);
  };

  /** Half the width of a flow's band where it begins, and by how much it has grown at its tip. */
  const FLOW_HALF_PX = 0.5,
    FLOW_GROWTH_PX = 1.1;

  /** The head of a flow, how far its barbs stand out from the band, and how far they lie back. */
  const HEAD_PX = 11,
    HEAD_OUT_PX = 5,
    HEAD_BACK_PX = 3;

  /** A flow shorter than this has no room for a head. */
  const LEAST_FLOW_PX = 6;

  /** The points of a line up to so far along it; the last of them is there. */
  const pointsUpTo = (points, along) => {
    const before = points.filter((point) => point.along < along),
      last = before[before.length - 1],
      next = points[before.length],
      t = (along - last.along) / (next.along - last.along || 1);
    return [...before, { x: last.x + (next.x - last.x) * t, y: last.y + (next.y - last.y) * t, along }];
  };

  /** A point so many pixels beside another, at a right angle to a direction in radians. */
  const beside = ({ x, y }, direction, away_px) => [
    x + away_px * Math.cos(direction + Math.PI / 2),
    y + away_px * Math.sin(direction + Math.PI / 2),
  ];

  const directionOf = (from, to) => Math.atan2(to.y - from.y, to.x - from.x);

  /** The outline of a flow, a band that widens from origin to destination and ends in a head: its corners in turn. */
  const outlineOfFlow = (points) => {
    const tip = points[points.length - 1],
      spine = pointsUpTo(points, tip.along - Math.min(HEAD_PX, tip.along / 2)),
      neck = spine[spine.length - 1],
      aim = directionOf(neck, tip);
    const edge = (side) =>
      spine.map((point, i) =>
        beside(
          point,
          directionOf(spine[Math.max(0, i - 1)], spine[i + 1] ?? tip),
          side * (FLOW_HALF_PX + (FLOW_GROWTH_PX * point.along) / tip.along),
        ),
      );
    const barb = (side) => {
      const [x, y] = beside(neck, aim, side * HEAD_OUT_PX);
      return [x - HEAD_BACK_PX * Math.cos(aim), y - HEAD_BACK_PX * Math.sin(aim)];
    };
    return [...edge(1), barb(1), [tip.x, tip.y], barb(-1), ...edge(-1).reverse()];
  };

  const paintArrow = (context, points, { ink, hollow, schematic }) => {
    if (points[points.length - 1].along < LEAST_FLOW_PX) return;
    context.beginPath();
    outlineOfFlow(points).forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.lineJoin = "round";
    context.strokeStyle = atlas.brushes.colour("halo");
    context.lineWidth = 2.5;
    context.globalAlpha = 0.7;
    context.stroke();
    context.fillStyle = hollow ? atlas.brushes.colour("land") : ink;
    context.globalAlpha = hollow ? 1 : schematic ? 0.55 : 0.85;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = ink;
    context.lineWidth = 0.7;
    context.setLineDash(schematic ? [5, 3] : []);
    context.stroke();
    context.setLineDash([]);
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
        for (const row of bucket.rows) paintArrows(context, data, row, frame, look);
      } else if (bucket.kind === LINE) paintLines(context, data, bucket, number, frame);
      else paintPoints(context, data, bucket, number, frame);
    }
  };
})();
