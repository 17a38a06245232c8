/* Where a name may stand: inside the visible part of its own area, or upon the visible part of its line. */
(() => {
  "use strict";
  /** Levels at which an area is looked through, as shares of its visible height. */
  const SCANS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];

  /** Places along a line, as shares of its visible length. */
  const ALONG = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9];

  /** Between the middle that a name gives up for others and its nearer edge, in pixels: below and above. */
  const ASIDE_PX = [10, 27];

  /** By how much the middle of a name so high moves up or down to give way; a name of two lines stands no farther off. */
  const aside = (height) => ASIDE_PX.flatMap((gap) => [height / 2 + gap, -height / 2 - gap]);

  /** An area so narrow on the screen may have its name beside it. */
  const SMALL_PX = 60,
    BESIDE_PX = 4;

  /** By level (world fractions), the ends of an area's widest part there that the frame shows; null where there is none. */
  const widestAt = ({ x, y, pieces, starts }, row, levels, frame) => {
    const crossed = levels.map(() => []),
      highest = Math.min(...levels),
      lowest = Math.max(...levels);
    for (let piece = pieces[row]; piece < pieces[row + 1]; piece++) {
      const first = starts[piece],
        end = starts[piece + 1];
      for (let i = first, j = end - 1; i < end; j = i++) {
        if ((y[i] < highest && y[j] < highest) || (y[i] > lowest && y[j] > lowest)) continue;
        levels.forEach((level, n) => {
          if (y[i] > level !== y[j] > level) crossed[n].push(x[i] + ((x[j] - x[i]) * (level - y[i])) / (y[j] - y[i]));
        });
      }
    }
    return crossed.map((ends, n) => {
      ends.sort((a, b) => a - b);
      let widest = null;
      for (let i = 0; i + 1 < ends.length; i += 2) {
        const left = frame.x(Math.max(ends[i], frame.west)),
          right = frame.x(Math.min(ends[i + 1], frame.east));
        if (left < right && (!widest || right - left > widest.right - widest.left))
          widest = { left, right, y: frame.y(levels[n]) };
      }
      return widest;
    });
  };

  /** The middle of a span; a name as wide as that is moved along it into the frame. */
  const middleOf = ({ left, right, y }, { width }, frame) => {
    const inside = Math.max(width / 2 + 4, Math.min(frame.size.x - width / 2 - 4, (left + right) / 2));
    return { x: Math.max(left, Math.min(right, inside)), y };
  };

  const byWidth = (spans) =>
    spans
      .map((span, n) => span && { span, worth: (span.right - span.left) * (1 - Math.abs(SCANS[n] - 0.5)) })
      .filter(Boolean)
      .sort((a, b) => b.worth - a.worth)
      .map(({ span }) => span);

  /** Beside a narrow part of an area, and above and below one that is small all round. */
  const besideSmall = ({ left, right, y }, { top, bottom }, { width, height }) => {
    if (right - left > SMALL_PX) return [];
    const x = (left + right) / 2,
      beside = [
        { x: right + BESIDE_PX + width / 2, y },
        { x: left - BESIDE_PX - width / 2, y },
      ];
    if (bottom - top > SMALL_PX) return beside;
    return [...beside, { x, y: top - BESIDE_PX - height / 2 }, { x, y: bottom + BESIDE_PX + height / 2 }];
  };

  // --- an area that is wide: its name stands in it, and in nothing smaller that the name might pass for ---

  /** An area is wide from so many pixels each way on; among more marks than that nothing is kept clear. */
  const WIDE_PX = 150,
    MOST = 250;

  const boxOf = ({ east, west, south, north }, row) => (east[row] - west[row]) * (south[row] - north[row]);

  const isWide = ({ east, west, south, north }, row, { scale }) =>
    Math.min(east[row] - west[row], south[row] - north[row]) * scale > WIDE_PX;

  const seen = new WeakMap();
  /** By theme, the shown areas and discs that a frame has. */
  const bodiesIn = (frame) => {
    if (seen.has(frame)) return seen.get(frame);
    const { data, marks, settings } = atlas,
      { geometry, radius_m, theme } = data,
      bodies = settings.themes.map(() => []);
    for (let row = 0; row < data.count; row++) {
      const hasBody = geometry.kind[row] === atlas.kinds.AREA || radius_m[row] > 0;
      if (hasBody && marks.shown[row] && atlas.isInFrame(geometry, row, frame, 0)) bodies[theme[row]].push(row);
    }
    seen.set(frame, bodies);
    return bodies;
  };

  /** The smaller shapes of an area's theme. */
  const smallerThan = (row, frame) => {
    const { geometry, theme, twin } = atlas.data,
      bodies = bodiesIn(frame)[theme[row]];
    if (bodies.length > MOST) return [];
    return bodies.filter((other) => twin[other] !== twin[row] && boxOf(geometry, other) < boxOf(geometry, row));
  };

  const isWithin = (row, x, y, frame) => {
    const { geometry, radius_m } = atlas.data,
      worldX = x / frame.scale + frame.west,
      worldY = y / frame.scale + frame.north;
    if (geometry.kind[row] === atlas.kinds.AREA) return atlas.isInArea(geometry, row, worldX, worldY);
    const disc = radius_m[row] * atlas.pixelsPerMetre(frame, geometry.north[row]);
    return Math.hypot(frame.x(geometry.west[row]) - x, frame.y(geometry.north[row]) - y) < disc;
  };

  /** Places all over a name that stands about its middle. */
  const spotsOf = ({ x, y }, { width, height }) =>
    [-0.5, -0.25, 0, 0.25, 0.5].flatMap((across) =>
      [-0.5, 0, 0.5].map((down) => ({ x: x + across * width, y: y + down * height })),
    );

  /** The middle of a span and both of its ends, as far as a name has room. */
  const alongSpan = ({ left, right, y }, { width }, frame) => {
    const [first, last] = [Math.max(left, 0), Math.min(right, frame.size.x)],
      half = width / 2 + 2 * BESIDE_PX;
    return last - first < 2 * half ? [] : [(first + last) / 2, first + half, last - half].map((x) => ({ x, y }));
  };

  /** Of the places for the name of a wide area, those clear of smaller shapes: wholly in it, then about its edge. */
  const clearOfSmaller = (row, middles, size, frame) => {
    const smaller = smallerThan(row, frame),
      clear = middles
        .map((middle) => ({ middle, spots: spotsOf(middle, size) }))
        .filter(({ spots }) => !smaller.some((other) => spots.some(({ x, y }) => isWithin(other, x, y, frame)))),
      isHeld = ({ spots }) => spots.every(({ x, y }) => isWithin(row, x, y, frame));
    return [...clear.filter(isHeld), ...clear.filter((each) => !isHeld(each))].map(({ middle }) => middle);
  };

  const ofArea = (row, frame, size) => {
    const { geometry } = atlas.data,
      north = Math.max(geometry.north[row], frame.north),
      south = Math.min(geometry.south[row], frame.south),
      levels = SCANS.map((share) => north + share * (south - north)),
      [best, ...others] = byWidth(widestAt(geometry, row, levels, frame));
    const box = {
      left: frame.x(Math.max(geometry.west[row], frame.west)),
      right: frame.x(Math.min(geometry.east[row], frame.east)),
      top: frame.y(north),
      bottom: frame.y(south),
    };
    if (!best) return [{ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }];
    const near = aside(size.height).map((off) => (best.y + off - frame.y(0)) / frame.scale),
      spans = [best, ...widestAt(geometry, row, near, frame).filter(Boolean), ...others];
    const middles = [...spans.map((span) => middleOf(span, size, frame)), ...besideSmall(best, box, size)];
    if (!isWide(geometry, row, frame) || !size.width) return middles;
    const clear = clearOfSmaller(
      row,
      [...middles, ...spans.flatMap((span) => alongSpan(span, size, frame))],
      size,
      frame,
    );
    // what is chosen is outlined, and a place may be named within its own part
    const { features, theme } = atlas.data,
      isSafe = features.id[row] === atlas.view.feature || atlas.settings.themes[theme[row]].key === "places";
    return isSafe ? [...clear, ...middles] : clear;
  };

  /** The part of a segment within the frame, as shares of its length (Liang and Barsky); null where there is none. */
  const clip = (ax, ay, bx, by, { west, east, north, south }) => {
    let from = 0,
      to = 1;
    for (const [step, room] of [
      [ax - bx, ax - west],
      [bx - ax, east - ax],
      [ay - by, ay - north],
      [by - ay, south - ay],
    ]) {
      if (step === 0 && room < 0) return null;
      if (step < 0) from = Math.max(from, room / step);
      if (step > 0) to = Math.min(to, room / step);
    }
    return from < to ? { from, to } : null;
  };

  /** The visible parts of a piece of a line, in pixels, and how long they are together. */
  const visibleParts = ({ x, y, starts }, piece, frame) => {
    const parts = [];
    let length = 0;
    for (let i = starts[piece] + 1; i < starts[piece + 1]; i++) {
      const seen = clip(x[i - 1], y[i - 1], x[i], y[i], frame);
      if (!seen) continue;
      const at = (share) => ({
        x: frame.x(x[i - 1] + share * (x[i] - x[i - 1])),
        y: frame.y(y[i - 1] + share * (y[i] - y[i - 1])),
      });
      const a = at(seen.from),
        b = at(seen.to);
      parts.push({ a, b, start: length });
      length += Math.hypot(b.x - a.x, b.y - a.y);
    }
    return { parts, length };
  };

  const pointAlong = ({ parts, length }, share) => {
    const along = share * length,
      { a, b, start } = parts.findLast((part) => part.start <= along),
      t = (along - start) / (Math.hypot(b.x - a.x, b.y - a.y) || 1);
    return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
  };

  /** Upon the line; a name that is one line's own may stand a little beside it too. */
  const ofLine = (row, frame, { width, height }, isOwn) => {
    const { geometry } = atlas.data;
    let seen = { parts: [], length: 0 };
    for (let piece = geometry.pieces[row]; piece < geometry.pieces[row + 1]; piece++) {
      const own = visibleParts(geometry, piece, frame);
      if (own.length > seen.length) seen = own;
    }
    if (!seen.parts.length) return [];
    const upon = ALONG.map((share) => pointAlong(seen, share));
    if (!isOwn) return upon;
    const [{ x, y }] = upon,
      offset = upon.flatMap((at) => aside(height).map((off) => ({ x: at.x, y: at.y + off })));
    return [...upon, ...offset, ...[1, -1].map((side) => ({ x: x + side * (width / 2 + 2 * BESIDE_PX), y }))];
  };

  /** Middles of a name of that size in pixels, best first, for a line or an area. */
  atlas.anchors = (row, frame, size, isOwn = true) =>
    atlas.data.geometry.kind[row] === atlas.kinds.LINE ? ofLine(row, frame, size, isOwn) : ofArea(row, frame, size);

  /** Middles of a name that stands about a point of the map, and those to which it gives way. */
  atlas.anchorsAbout = ({ x, y }, { width, height }) => [
    { x, y },
    ...aside(height).map((off) => ({ x, y: y + off })),
    { x: x + width / 2 + 8, y },
    { x: x - width / 2 - 8, y },
  ];
})();
