/* What is chosen, pointed at or compared, outlined on a canvas of its own: no firmer than it is known. */
(() => {
  "use strict";
  const { POINT, LINE } = atlas.kinds,
    { AREA: SOFT, SCHEMATIC } = atlas.PRECISION;

  /** Least radius of the ring around a point, and how far it stands off the disc of its precision. */
  const RING_PX = 9.5,
    OFF_DISC_PX = 2;

  /** Dashes of the second of two compared shapes. */
  const SECOND = [11, 8];

  const trace = (context, frame, row) => {
    const { geometry, radius_m } = atlas.data;
    context.beginPath();
    if (geometry.kind[row] !== POINT) {
      atlas.traceShape(context, geometry, row, frame);
      return;
    }
    const disc = radius_m[row] * atlas.pixelsPerMetre(frame, geometry.north[row]);
    context.arc(
      frame.x(geometry.west[row]),
      frame.y(geometry.north[row]),
      Math.max(disc + OFF_DISC_PX, RING_PX),
      0,
      2 * Math.PI,
    );
  };

  /** Strokes by precision and kind, widest first: colour, width and alpha. */
  const strokesOf = (row, isSelected) => {
    const focus = atlas.brushes.colour("focus");
    // beside the line, not on it: an arrow's direction stays to be seen
    if (atlas.data.geometry.kind[row] === LINE) return [[focus, 14, isSelected ? 0.4 : 0.25]];
    // no firmer than the edge itself
    if (atlas.data.precision[row] === SOFT)
      return [
        [focus, 12, isSelected ? 0.12 : 0.06],
        [focus, 5, isSelected ? 0.22 : 0.11],
      ];
    return [
      [atlas.brushes.colour("halo"), isSelected ? 6 : 4, 1],
      [focus, isSelected ? 2 : 1.2, 1],
    ];
  };

  /** Outline one feature on the focus canvas; the second of two that are compared is dashed, the first is not. */
  atlas.paintFocus = (context, frame, row, isSelected, compared = null) => {
    if (!atlas.data.geometry.kind[row]) return;
    trace(context, frame, row);
    context.lineJoin = "round";
    context.lineCap = compared === "second" ? "butt" : "round";
    const dashes = compared
      ? { first: [], second: SECOND }[compared]
      : atlas.data.precision[row] === SCHEMATIC && atlas.data.geometry.kind[row] !== LINE
        ? [6, 4]
        : [];
    strokesOf(row, isSelected).forEach(([colour, width, alpha], i, all) => {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.globalAlpha = alpha;
      // the pale casing below a dashed outline is whole
      context.setLineDash(i === all.length - 1 || compared ? dashes : []);
      context.stroke();
    });
    context.setLineDash([]);
    context.globalAlpha = 1;
  };

  const paintCompared = (context, frame) => {
    const [one, other] = atlas.comparedRows();
    if (one === undefined) return;
    atlas.paintFocus(context, frame, one, true, "first");
    if (other !== one) atlas.paintFocus(context, frame, other, true, "second");
  };

  /** Draw what has the focus: what is pointed at, and what is chosen, or compared, or told of. */
  atlas.paintFocused = (context, frame) => {
    const chosen = atlas.data.rowOf.get(atlas.view.feature);
    if (atlas.hovered >= 0 && atlas.hovered !== chosen) atlas.paintFocus(context, frame, atlas.hovered, false);
    if (chosen !== undefined) {
      atlas.paintFocus(context, frame, chosen, true);
      return;
    }
    paintCompared(context, frame);
    for (const row of atlas.touredRows()) atlas.paintFocus(context, frame, row, true);
  };
})();
