/* Columns of the document's data block, decoded into typed arrays; positions become Web Mercator fractions of the world. */
(() => {
  "use strict";
  const NOTHING = 0,
    POINT = 1,
    LINE = 2,
    AREA = 3;
  atlas.kinds = { NOTHING, POINT, LINE, AREA };

  /** The multiplier of the 32-bit hash of Fowler, Noll and Vo. */
  const PRIME = 16777619;

  const mercatorX = (lon) => (lon + 180) / 360;
  const mercatorY = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  atlas.mercator = (lon, lat) => [mercatorX(lon), mercatorY(lat)];
  atlas.longitude = (x) => x * 360 - 180;
  atlas.latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

  /** The middle of a row's box, in world fractions. */
  atlas.middleOf = (row) => {
    const { west, east, north, south } = atlas.data.geometry;
    return { x: (west[row] + east[row]) / 2, y: (north[row] + south[row]) / 2 };
  };

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

  /** Positions of a row: the first of them, and the one after the last. */
  const reach = ({ pieces, starts }, row) => [starts[pieces[row]], starts[pieces[row + 1]]];

  /** One number for the positions of each row, the same for the same positions (after Fowler, Noll and Vo). */
  const fingerprints = (geometry) => {
    const xBits = new Uint32Array(geometry.x.buffer),
      yBits = new Uint32Array(geometry.y.buffer);
    return (row) => {
      const [first, end] = reach(geometry, row);
      let print = geometry.kind[row];
      for (let i = 2 * first; i < 2 * end; i++) print = Math.imul(Math.imul(print ^ xBits[i], PRIME) ^ yBits[i], PRIME);
      return print;
    };
  };

  const isSameShape = (geometry, one, other) => {
    const { kind, x, y, pieces, starts } = geometry,
      count = pieces[one + 1] - pieces[one];
    if (kind[one] !== kind[other] || pieces[other + 1] - pieces[other] !== count) return false;
    const [first, end] = reach(geometry, one),
      away = starts[pieces[other]] - first;
    for (let piece = 1; piece <= count; piece++)
      if (starts[pieces[one] + piece] + away !== starts[pieces[other] + piece]) return false;
    for (let i = first; i < end; i++) if (x[i] !== x[i + away] || y[i] !== y[i + away]) return false;
    return true;
  };

  /** By row, the first row with the very same line or area: many claims are about one ground, which is drawn once a theme. */
  const firstTwins = (geometry) => {
    const alike = new Map(),
      twins = new Int32Array(geometry.count),
      printOf = fingerprints(geometry);
    for (let row = 0; row < geometry.count; row++) {
      twins[row] = row;
      if (geometry.kind[row] <= POINT) continue;
      const print = printOf(row),
        others = alike.get(print) ?? [],
        first = others.find((other) => isSameShape(geometry, other, row));
      if (first !== undefined) twins[row] = first;
      else alike.set(print, [...others, row]);
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
