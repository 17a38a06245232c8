/* Names without room upon or beside their shape: each on clear ground near by, a fine line leading to the shape's edge. */
(() => {
  "use strict";
  /** How long such a line is, at least and at most; how far apart the places are that are tried; in pixels. */
  const SHORTEST_PX = 14,
    LONGEST_PX = 130,
    STEP_PX = { x: 12, y: 8 };

  /** A line may end at points of the edge so far apart, or at so many. */
  const EDGE_PX = 8,
    MOST_ENDS = 60;

  /** An end so near to another shape's edge could be taken for that one's: any other end is preferred that is not so much farther. */
  const SAME_PX = 4,
    DOUBT_PX = 40;

  /** Ground that is left clear about a line and a name. */
  const CLEAR_PX = 3;

  const isWithin = ({ x, y }, { left, right, top, bottom }) => x > left && x < right && y > top && y < bottom;

  const widened = ({ left, right, top, bottom }) => ({
    left: left - CLEAR_PX,
    right: right + CLEAR_PX,
    top: top - CLEAR_PX,
    bottom: bottom + CLEAR_PX,
  });

  // --- the edges of shapes ---

  const partsOf = ({ x, y, pieces, starts }, row, frame) => {
    const parts = [];
    for (let piece = pieces[row]; piece < pieces[row + 1]; piece++)
      for (let i = starts[piece] + 1; i < starts[piece + 1]; i++) {
        const a = { x: frame.x(x[i - 1]), y: frame.y(y[i - 1]) },
          b = { x: frame.x(x[i]), y: frame.y(y[i]) };
        parts.push({ a, b, length: Math.hypot(b.x - a.x, b.y - a.y) });
      }
    return parts;
  };

  const isShown = ({ left, top, right, bottom }, { size }) =>
    left > CLEAR_PX && top > CLEAR_PX && right < size.x - CLEAR_PX && bottom < size.y - CLEAR_PX;

  /** Points along the edge of an area, or along a line, as far as the frame shows them. */
  const edgeOf = (row, frame) => {
    const parts = partsOf(atlas.data.geometry, row, frame),
      whole = parts.reduce((sum, { length }) => sum + length, 0),
      step = Math.max(EDGE_PX, whole / MOST_ENDS),
      shown = { left: 0, top: 0, right: frame.size.x, bottom: frame.size.y },
      points = [];
    let along = 0;
    for (const { a, b, length } of parts) {
      for (; along < length; along += step)
        points.push({ x: a.x + ((b.x - a.x) * along) / length, y: a.y + ((b.y - a.y) * along) / length });
      along -= length;
    }
    return points.filter((point) => isWithin(point, shown));
  };

  /** How doubtful each end is, in pixels of a longer line. */
  const endsOf = (own, edges) => {
    const others = edges.filter((edge) => edge !== own).flat(),
      isNear = ({ x, y }) => others.some((other) => (other.x - x) ** 2 + (other.y - y) ** 2 < SAME_PX ** 2);
    return own.map((point) => ({ point, doubt: isNear(point) ? DOUBT_PX : 0 }));
  };

  // --- a place ---

  const turn = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

  const doCross = (one, other) =>
    turn(one.from, one.to, other.from) * turn(one.from, one.to, other.to) < 0 &&
    turn(other.from, other.to, one.from) * turn(other.from, other.to, one.to) < 0;

  const runsThrough = (line, box) => {
    const { left, right, top, bottom } = widened(box);
    if (Math.max(line.from.x, line.to.x) < left || Math.min(line.from.x, line.to.x) > right) return false;
    if (Math.max(line.from.y, line.to.y) < top || Math.min(line.from.y, line.to.y) > bottom) return false;
    const diagonals = [
      { from: { x: left, y: top }, to: { x: right, y: bottom } },
      { from: { x: left, y: bottom }, to: { x: right, y: top } },
    ];
    return isWithin(line.to, widened(box)) || diagonals.some((diagonal) => doCross(line, diagonal));
  };

  const range = (first, last, step) =>
    Array.from({ length: Math.ceil((last - first) / step) }, (_, i) => first + i * step);

  const boxAround = (points) => {
    const xs = points.map(({ x }) => x),
      ys = points.map(({ y }) => y);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };

  /** How far two boxes are apart: no line between them is shorter. */
  const gapBetween = (one, other) =>
    Math.hypot(
      Math.max(0, one.left - other.right, other.left - one.right),
      Math.max(0, one.top - other.bottom, other.top - one.bottom),
    );

  /** Boxes of a name all about a shape, as far as the frame has them whole, from near to far. */
  const boxesAbout = (shape, { width, height }, frame) => {
    const tops = range(shape.top - LONGEST_PX - height, shape.bottom + LONGEST_PX, STEP_PX.y),
      boxes = [];
    for (const left of range(shape.left - LONGEST_PX - width, shape.right + LONGEST_PX, STEP_PX.x))
      for (const top of tops) {
        const box = { left, top, right: left + width, bottom: top + height },
          gap = gapBetween(box, shape);
        if (gap < LONGEST_PX && isShown(box, frame)) boxes.push({ box, gap });
      }
    return boxes.sort((a, b) => a.gap - b.gap);
  };

  /** The best line from either end of a name that costs less than another; null where there is none. */
  const bestLine = ({ left, right, top, bottom }, ends, least, isClear) => {
    const y = (top + bottom) / 2;
    let best = null;
    for (const x of [left, right])
      for (const { point, doubt } of ends) {
        const length = Math.sqrt((point.x - x) ** 2 + (point.y - y) ** 2);
        if (length < SHORTEST_PX || length > LONGEST_PX || length + doubt >= (best?.cost ?? least)) continue;
        const line = { from: { x, y }, to: point, cost: length + doubt };
        if (isClear(line)) best = line;
      }
    return best;
  };

  /** Where a name of that size may stand off its shape, and its line; null where all ground is taken. */
  const place = (edge, size, frame, { occupied, lines, edges }) => {
    const shape = boxAround(edge),
      near = occupied.filter((box) => gapBetween(box, shape) < LONGEST_PX + size.width),
      ends = endsOf(edge, edges).filter(({ point }) => !near.some((box) => isWithin(point, widened(box))));
    if (!ends.length) return null;
    const isFree = (box) => {
      const ground = widened(box);
      if (near.some((other) => atlas.doBoxesMeet(ground, other)) || lines.some((line) => runsThrough(line, box)))
        return false;
      return !edges.some((points) => points.some((point) => isWithin(point, ground)));
    };
    const isClear = (line) =>
      !lines.some((other) => doCross(line, other)) && !near.some((box) => runsThrough(line, box));
    let best = null;
    for (const { box, gap } of boxesAbout(shape, size, frame)) {
      const least = best?.line.cost ?? Infinity;
      if (gap >= least) break;
      const line = isFree(box) ? bestLine(box, ends, least, isClear) : null;
      if (line) best = { box, line };
    }
    return best;
  };

  /** Whether the frame has a shape whole; the name of one that leaves it would lead to wherever the frame ends. */
  const isWhole = (row, { west, east, north, south }) => {
    const { geometry } = atlas.data;
    return (
      geometry.west[row] >= west &&
      geometry.east[row] <= east &&
      geometry.north[row] >= north &&
      geometry.south[row] <= south
    );
  };

  const holds = ({ west, east, north, south }, one, other) =>
    west[one] <= west[other] && east[one] >= east[other] && north[one] <= north[other] && south[one] >= south[other];

  /** Whether one area of a theme lies in the other: two lines to the same ground would not tell them apart. */
  const isNested = (one, other) => {
    const { geometry, theme } = atlas.data,
      { AREA } = atlas.kinds;
    if (theme[one] !== theme[other] || geometry.kind[one] !== AREA || geometry.kind[other] !== AREA) return false;
    return holds(geometry, one, other) || holds(geometry, other, one);
  };

  /** Places off their shapes for those of some names that have none yet, as boxes with a line each, where there is ground. */
  atlas.leadNames = (names, placed, frame, taken) => {
    const edgeBy = new Map(names.map(({ label }) => [label.row, edgeOf(label.row, frame)])),
      occupied = [...taken],
      lines = [],
      edges = [...edgeBy.values()],
      hasName = new Set(placed.map(({ owner }) => owner)),
      told = names.filter(({ label }) => hasName.has(label.owner)).map(({ label }) => label.row);
    return names.flatMap(({ label, size }) => {
      const { row, owner } = label;
      if (hasName.has(owner) || !isWhole(row, frame) || told.some((other) => isNested(row, other))) return [];
      const found = place(edgeBy.get(row), size, frame, { occupied, lines, edges });
      if (!found) return [];
      occupied.push(found.box);
      lines.push(found.line);
      told.push(row);
      return [{ label, ...found }];
    });
  };

  /** The feature whose name stands off its shape at a place of the world; -1 where none does. */
  atlas.ledRowAt = (map, worldX, worldY) => {
    const frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize()),
      point = { x: frame.x(worldX), y: frame.y(worldY) },
      name = atlas.placedLabels?.find((label) => label.line && isWithin(point, label));
    return name ? atlas.data.rowOf.get(name.owner) : -1;
  };

  /** Draw the line from a name, with a dot where it ends. */
  atlas.drawLeader = (context, { from, to }, ink) => {
    for (const { colour, width, radius } of [
      { colour: atlas.brushes.colour("halo"), width: 3, radius: 3 },
      { colour: ink, width: 1, radius: 2 },
    ]) {
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
      context.beginPath();
      context.arc(to.x, to.y, radius, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
    }
  };
})();
