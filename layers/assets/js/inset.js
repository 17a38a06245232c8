/* The inset: where in the region the map's frame lies, and the far ends of what flows into it. */
(() => {
  "use strict";
  /** Longitude and latitude of the inset's corners: from Libya to Iran, from the Sahel to the Black Sea. */
  const REGION = { west: 9, south: 14, east: 64, north: 43 },
    WIDTH_PX = 156;

  const insetFrame = () => {
    const [west, north] = atlas.mercator(REGION.west, REGION.north),
      [east, south] = atlas.mercator(REGION.east, REGION.south);
    const scale = WIDTH_PX / (east - west);
    return {
      scale,
      zoom: 0,
      west,
      east,
      north,
      south,
      size: L.point(WIDTH_PX, Math.round((south - north) * scale)),
      x: (world) => (world - west) * scale,
      y: (world) => (world - north) * scale,
    };
  };

  const paintLand = (context, frame) => {
    context.beginPath();
    for (const row of atlas.ground.order.land) atlas.traceShape(context, atlas.ground.geometry, row, frame);
    context.fillStyle = context.strokeStyle = atlas.brushes.colour("land");
    context.fill("nonzero");
    context.lineWidth = 0.6;
    context.stroke();
  };

  /** Lines that run beyond the map's home ground: their far ends are seen here alone. */
  const paintFarLines = (context, frame) => {
    const { data, marks } = atlas,
      { geometry } = data;
    context.lineWidth = 1.4;
    for (let row = 0; row < data.count; row++) {
      if (geometry.kind[row] !== atlas.kinds.LINE || !marks.shown[row] || !atlas.isThemeShown(data.theme[row]))
        continue;
      if ((geometry.east[row] - geometry.west[row]) * frame.scale < 6) continue;
      context.beginPath();
      atlas.traceShape(context, geometry, row, frame);
      context.strokeStyle = atlas.brushes.inks[data.theme[row]];
      context.stroke();
    }
  };

  const paintWindow = (context, frame) => {
    const box = atlas.map.getBounds(),
      [west, north] = atlas.mercator(box.getWest(), box.getNorth()),
      [east, south] = atlas.mercator(box.getEast(), box.getSouth());
    const width = Math.max(5, (east - west) * frame.scale),
      height = Math.max(5, (south - north) * frame.scale);
    context.strokeStyle = atlas.brushes.colour("focus");
    context.lineWidth = 1.6;
    context.strokeRect(
      frame.x((west + east) / 2) - width / 2,
      frame.y((north + south) / 2) - height / 2,
      width,
      height,
    );
  };

  /** Draw the inset for the map's present frame and the present view. */
  atlas.refreshInset = () => {
    const canvas = document.getElementById("atlas-inset");
    if (!canvas) return;
    const frame = insetFrame(),
      ratio = Math.min(window.devicePixelRatio || 1, 2),
      context = canvas.getContext("2d");
    canvas.width = frame.size.x * ratio;
    canvas.height = frame.size.y * ratio;
    context.scale(ratio, ratio);
    paintLand(context, frame);
    paintFarLines(context, frame);
    paintWindow(context, frame);
  };

  /** Put the inset on the map; it is a picture of what the map and the list say too. */
  atlas.addInset = () => {
    const { size } = insetFrame();
    const canvas = atlas.element("canvas", {
      id: "atlas-inset",
      class: "inset",
      role: "img",
      "aria-label": atlas.say("inset"),
      "data-covers-map": "",
    });
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    atlas.map.getContainer().append(canvas);
    atlas.map.on("moveend", atlas.refreshInset);
    atlas.refreshInset();
    atlas.labelCanvas.repaint();
  };
})();
