/* Lines that lead somewhere: flows as tapered arrows, and open heads at the ends of others. */
(() => {
  "use strict";
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

  /** Length of the barbs of an open head in pixels, and how far each opens from the line, in radians. */
  const BARB_PX = 9,
    OPENING = 0.5;

  /** Where something flew to: an open head at the last position of each piece, in the ink of the line. */
  atlas.paintOpenHeads = (context, geometry, row, frame, ink) => {
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

  /** A flow: each of its pieces a tapered arrow. */
  atlas.paintFlow = (context, geometry, row, frame, look) => {
    for (let piece = geometry.pieces[row]; piece < geometry.pieces[row + 1]; piece++)
      paintArrow(context, screenLine(geometry, piece, frame), look);
  };
})();
