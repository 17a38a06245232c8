/* Columns of the document's data block, decoded into typed arrays; positions become Web Mercator fractions of the world. */
(() => {
  "use strict";
  const NOTHING = 0,
    POINT = 1,
    LINE = 2,
    AREA = 3;
  atlas.kinds = { NOTHING, POINT, LINE, AREA };

  const mercatorX = (lon) => (lon + 180) / 360;
  const mercatorY = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  atlas.mercator = (lon, lat) => [mercatorX(lon), mercatorY(lat)];
  atlas.longitude = (x) => x * 360 - 180;
  atlas.latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

  /** Decode geometry columns: pieces (points, lines or rings) by feature, points by piece, a box by feature. */
  atlas.readGeometry = (columns, degreeParts) => {
    const { kind, rings, sizes, xy } = columns,
      count = kind.length,
      points = xy.length / 2;
    const x = new Float64Array(points),
      y = new Float64Array(points);
    for (let i = 0, lon = 0, lat = 0; i < points; i++) {
      x[i] = mercatorX((lon += xy[2 * i]) / degreeParts);
      y[i] = mercatorY((lat += xy[2 * i + 1]) / degreeParts);
    }
    const pieces = new Int32Array(count + 1),
      starts = [0];
    let many = 0,
      size = 0;
    for (let row = 0; row < count; row++) {
      let own = kind[row] === POINT ? 1 : 0;
      if (kind[row] > POINT) own = rings[many++];
      for (let piece = 0; piece < own; piece++)
        starts.push(starts[starts.length - 1] + (kind[row] === POINT ? 1 : sizes[size++]));
      pieces[row + 1] = pieces[row] + own;
    }
    const geometry = { count, kind: Uint8Array.from(kind), x, y, pieces, starts: Int32Array.from(starts) };
    return Object.assign(geometry, boxes(geometry));
  };

  const boxes = ({ count, x, y, pieces, starts }) => {
    const west = new Float64Array(count).fill(Infinity),
      east = new Float64Array(count).fill(-Infinity);
    const north = new Float64Array(count).fill(Infinity),
      south = new Float64Array(count).fill(-Infinity);
    for (let row = 0; row < count; row++) {
      for (let i = starts[pieces[row]]; i < starts[pieces[row + 1]]; i++) {
        if (x[i] < west[row]) west[row] = x[i];
        if (x[i] > east[row]) east[row] = x[i];
        if (y[i] < north[row]) north[row] = y[i];
        if (y[i] > south[row]) south[row] = y[i];
      }
    }
    return { west, east, north, south };
  };

  /** By row, the first row with the very same line or area: many claims are about one ground, which is drawn once a theme. */
  const firstTwins = (geometry) => {
    const first = new Map(),
      twins = new Int32Array(geometry.count);
    for (let row = 0; row < geometry.count; row++) {
      twins[row] = row;
      if (geometry.kind[row] <= POINT) continue;
      const size = geometry.starts[geometry.pieces[row + 1]] - geometry.starts[geometry.pieces[row]];
      const key = [
        geometry.kind[row],
        size,
        geometry.west[row],
        geometry.east[row],
        geometry.north[row],
        geometry.south[row],
        // a line that is told the other way round is another
        geometry.kind[row] === LINE ? geometry.x[geometry.starts[geometry.pieces[row]]] : 0,
      ].join();
      if (first.has(key)) twins[row] = first.get(key);
      else first.set(key, row);
    }
    return twins;
  };

  /** Decode the dataset block. Rows of claims follow the features: those of row r are firstClaim[r] to firstClaim[r + 1]. */
  atlas.readDataset = (raw, settings) => {
    const { features, claims, dates } = raw,
      count = features.id.length;
    const firstClaim = new Int32Array(count + 1),
      owner = new Int32Array(claims.source.length);
    for (let row = 0; row < count; row++) {
      firstClaim[row + 1] = firstClaim[row] + features.claims[row];
      owner.fill(row, firstClaim[row], firstClaim[row + 1]);
    }
    const day = (open) => (value) => value ?? open;
    const disputes = new Map(),
      claimOf = new Map(claims.id?.map((id, claim) => [id, claim]));
    raw.disagreements.forEach(({ claims: [one, other] }, number) => {
      for (const claim of [one, other]) disputes.set(claim, [...(disputes.get(claim) ?? []), number]);
    });
    const geometry = atlas.readGeometry(features.geometry, settings.degreeParts);
    return {
      ...raw,
      count,
      firstClaim,
      owner,
      geometry,
      twin: firstTwins(geometry),
      disputes,
      claimOf,
      rowOf: new Map(features.id.map((id, row) => [id, row])),
      theme: Uint8Array.from(features.theme),
      precision: Int8Array.from(features.precision),
      radius_m: Float64Array.from(features.radius),
      firstDay: Float64Array.from(dates.first, day(-Infinity)),
      lastDay: Float64Array.from(dates.last, day(Infinity)),
    };
  };
})();
