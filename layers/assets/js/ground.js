/* The ground that the page carries with it: land, lakes, boundaries and the graticule. */
(() => {
  "use strict";
  const SCALES = { world: 0, wide: 1, frame: 2 };

  const byKind = (ground, kind) =>
    ground.kinds.map((name, row) => (name === kind ? row : -1)).filter((row) => row >= 0);

  const paintLand = (context, ground, frame, colours) => {
    context.lineJoin = "round";
    for (const row of ground.order.land) {
      if (!atlas.isInFrame(ground.geometry, row, frame) || ground.scales[row] < ground.coarsest(frame)) continue;
      context.beginPath();
      atlas.traceShape(context, ground.geometry, row, frame);
      context.fillStyle = context.strokeStyle = colours.land;
      context.fill();
      context.lineWidth = 0.8;
      context.stroke();
    }
    for (const row of ground.order.lake) {
      if (!atlas.isInFrame(ground.geometry, row, frame)) continue;
      context.beginPath();
      atlas.traceShape(context, ground.geometry, row, frame);
      context.fillStyle = colours.sea;
      context.fill();
    }
  };

  const paintLines = (context, ground, frame, colours) => {
    for (const row of ground.order.boundary) {
      if (!atlas.isInFrame(ground.geometry, row, frame) || ground.scales[row] < ground.coarsest(frame)) continue;
      context.beginPath();
      atlas.traceShape(context, ground.geometry, row, frame);
      context.strokeStyle = colours.line;
      context.lineWidth = 1;
      context.setLineDash(ground.disputed[row] ? [5, 4] : []);
      context.stroke();
    }
    context.setLineDash([]);
  };

  /** The graticule's lines for a zoom: the finest step that leaves them about 120 px apart. */
  atlas.graticuleStep_deg = (frame) =>
    [1 / 12, 1 / 6, 1 / 4, 1 / 2, 1, 2, 5, 10].find((step) => (step / 360) * frame.scale >= 120) ?? 10;

  const paintGraticule = (context, frame, colours) => {
    const step = atlas.graticuleStep_deg(frame);
    context.strokeStyle = colours.graticule;
    context.lineWidth = 0.6;
    context.beginPath();
    for (const { at, isMeridian } of atlas.graticuleLines(frame, step)) {
      if (isMeridian) {
        context.moveTo(at, 0);
        context.lineTo(at, frame.size.y);
      } else {
        context.moveTo(0, at);
        context.lineTo(frame.size.x, at);
      }
    }
    context.stroke();
  };

  /** Where the graticule crosses the frame: pixel, degrees, and whether it is a meridian. */
  atlas.graticuleLines = (frame, step_deg) => {
    const lines = [],
      first = (value) => Math.ceil(value / step_deg - 1e-9),
      last = (value) => Math.floor(value / step_deg + 1e-9);
    for (let n = first(atlas.longitude(frame.west)); n <= last(atlas.longitude(frame.east)); n++) {
      lines.push({ at: frame.x(atlas.mercator(n * step_deg, 0)[0]), degrees: n * step_deg, isMeridian: true });
    }
    for (let n = first(atlas.latitude(frame.south)); n <= last(atlas.latitude(frame.north)); n++) {
      lines.push({ at: frame.y(atlas.mercator(0, n * step_deg)[1]), degrees: n * step_deg, isMeridian: false });
    }
    return lines;
  };

  /** Degrees, as they are written, with the letter of their side of the globe in the page's language. */
  atlas.angleText = (written, degrees, isMeridian) =>
    atlas.say(isMeridian ? (degrees < 0 ? "west" : "east") : degrees < 0 ? "south" : "north", written);

  atlas.readGround = (raw, settings) => {
    const geometry = atlas.readGeometry(raw.geometry, settings.degreeParts);
    const ground = { ...raw, geometry, scales: raw.scales.map((scale) => SCALES[scale] ?? 2) };
    ground.order = Object.fromEntries(["land", "lake", "boundary"].map((kind) => [kind, byKind(ground, kind)]));
    for (const rows of Object.values(ground.order)) rows.sort((a, b) => ground.scales[a] - ground.scales[b]);
    // the coarse world is drawn only where the finer ground does not fill the frame
    const wide = ground.order.land.filter((row) => ground.scales[row] > 0);
    const boxOf = (rows) => {
      const edge = (side, pick) => pick(...rows.map((row) => geometry[side][row]));
      return {
        west: edge("west", Math.min),
        east: edge("east", Math.max),
        north: edge("north", Math.min),
        south: edge("south", Math.max),
      };
    };
    const box = boxOf(wide);
    ground.sheet = boxOf(ground.order.land);
    ground.coarsest = (frame) =>
      frame.west >= box.west && frame.east <= box.east && frame.north >= box.north && frame.south <= box.south ? 1 : 0;
    return ground;
  };

  /** Beyond what the ground has there is paper: neither land nor sea. */
  const paintBeyond = (context, { sheet }, frame, colours) => {
    const left = frame.x(sheet.west),
      top = frame.y(sheet.north);
    context.beginPath();
    context.rect(0, 0, frame.size.x, frame.size.y);
    context.rect(left, top, frame.x(sheet.east) - left, frame.y(sheet.south) - top);
    context.fillStyle = colours.beyond;
    context.fill("evenodd");
  };

  /** Called by the map's Folium element: draw the ground in a pane below all themes. */
  atlas.addGround = (map) => {
    atlas.ground = atlas.readGround(atlas.readBlock("ground"), atlas.settings);
    const pane = map.createPane("atlas-ground");
    pane.style.zIndex = 250;
    const paint = (context, frame) => {
      const { colour } = atlas.brushes;
      const colours = {
        land: colour("land"),
        sea: colour("sea"),
        beyond: colour("paper"),
        line: colour("boundary"),
        graticule: colour("graticule"),
      };
      const isOnline = atlas.settings.basemap !== "atlas";
      if (!isOnline) paintLand(context, atlas.ground, frame, colours);
      paintGraticule(context, frame, colours);
      if (!isOnline) {
        paintLines(context, atlas.ground, frame, colours);
        paintBeyond(context, atlas.ground, frame, colours);
      }
      atlas.paintFirstPicture(context, frame);
    };
    atlas.groundCanvas = new atlas.Canvas({ pane: "atlas-ground", paint });
  };
})();
