/* Marks too close to be told apart are gathered, as a printer's screen does: in each small cell a dot for each theme, as large
   as there are features. */
(() => {
  "use strict";
  /** Width of a cell of the honeycomb in which marks are gathered. */
  const CELL_PX = 24,
    ROW_PX = (CELL_PX * Math.sqrt(3)) / 2;

  /** Marks side by side that a cell has room for: each takes some 7 px. */
  const ROOM = 9;

  /** Marks this near to one another count as one place: features at the very same place are no crowd that zooming parts. */
  const PLACE_PX = 3;

  /** A theme of fewer features is never gathered. */
  const MANY = 1000;

  /** Features that take longer to draw one by one than to count and gather. */
  const SLOW_TO_DRAW = 20000;

  const BEYOND_EDGE = 0.15,
    LEAST_PX = 1.1,
    LEAST_FULL_PX = 3;

  let counted = null,
    isCrowded = false;

  const manyThemes = () =>
    atlas.settings.themes.map((_, number) => number).filter((number) => atlas.marks.rows[number].length >= MANY);

  /** The map's frame with some ground beyond its edge. */
  const wideFrame = (map) => {
    const size = map.getSize(),
      corner = map.containerPointToLayerPoint(size.multiplyBy(-BEYOND_EDGE)).round();
    return atlas.frame(map, corner, size.multiplyBy(1 + 2 * BEYOND_EDGE).round());
  };

  /** Whether a feature, the circle of its precision included, is smaller than a cell. */
  const isSmall = (row, frame) => {
    const { radius_m, geometry } = atlas.data,
      { west, east, north, south } = geometry,
      circle_px = radius_m[row] ? 2 * radius_m[row] * atlas.pixelsPerMetre(frame, north[row]) : 0;
    return Math.max(circle_px, Math.max(east[row] - west[row], south[row] - north[row]) * frame.scale) < CELL_PX;
  };

  /** Where a feature's middle lies, in pixels from the corner of the cells' frame. */
  const placeOf = (row, frame, cells) => {
    const { x, y } = atlas.middleOf(row);
    return { x: x * frame.scale - cells.left, y: y * frame.scale - cells.top };
  };

  /** Cells over a frame: the one at a pixel, and the pixel in its middle. They lie fast on the ground, whatever the frame. */
  const layCells = (frame) => {
    const left = frame.west * frame.scale,
      top = frame.north * frame.scale,
      firstRow = Math.floor(top / ROW_PX) - 1,
      firstColumn = Math.floor(left / CELL_PX) - 1,
      columns = Math.ceil(frame.size.x / CELL_PX) + 4;
    const shift = (row) => (row & 1) / 2;
    const at = (x, y) => {
      // rows and columns as parts of a cell's; the nearest middle is in the nearest row, or in the row beyond
      const v = (y + top) / ROW_PX,
        u = (x + left) / CELL_PX;
      let row = Math.round(v),
        column = Math.round(u - shift(row));
      if (Math.abs(v - row) * 3 > 1) {
        const next = row + (v < row ? -1 : 1),
          nextColumn = Math.round(u - shift(next));
        if (distance(u, v, column, row) > distance(u, v, nextColumn, next)) {
          row = next;
          column = nextColumn;
        }
      }
      return (row - firstRow) * columns + (column - firstColumn);
    };
    const distance = (u, v, column, row) => ((u - column - shift(row)) * CELL_PX) ** 2 + ((v - row) * ROW_PX) ** 2;
    const middle = (cell) => {
      const row = Math.floor(cell / columns) + firstRow,
        column = (cell % columns) + firstColumn;
      return { x: (column + shift(row)) * CELL_PX - left, y: row * ROW_PX - top };
    };
    return { left, top, at, middle, count: columns * (Math.ceil(frame.size.y / ROW_PX) + 4) };
  };

  /**
   * Lay a theme's features into cells: of those on the map and a little beyond, the row, its cell, its place and whether it is
   * seen, in the order of cells and places; and apart, the rows too large for a cell, which are drawn as they are.
   */
  const layTheme = (number, { frame, cells, cellOf }) => {
    const edge = frame.size.multiplyBy(BEYOND_EDGE / (1 + 2 * BEYOND_EDGE)),
      all = atlas.marks.rows[number],
      across = Math.ceil(frame.size.x / PLACE_PX) + 1,
      places = across * (Math.ceil(frame.size.y / PLACE_PX) + 1),
      // numbers in a typed array are sorted without a function, far quicker: cell, place and feature as one number
      keys = new Float64Array(all.length),
      apart = [];
    let count = 0;
    all.forEach((row, i) => {
      if (!isSmall(row, frame)) {
        apart.push(row);
        return;
      }
      const { x, y } = placeOf(row, frame, cells);
      if (!(x >= 0 && y >= 0 && x < frame.size.x && y < frame.size.y)) return;
      const cell = (cellOf[row] = cells.at(x, y)),
        place = Math.floor(y / PLACE_PX) * across + Math.floor(x / PLACE_PX);
      keys[count++] = (cell * places + place) * all.length + i;
    });
    const sorted = keys.subarray(0, count).sort(),
      rows = Int32Array.from(sorted, (key) => all[key % all.length]),
      cell = Int32Array.from(rows, (row) => cellOf[row]),
      place = Int32Array.from(sorted, (key) => Math.floor(key / all.length) % places);
    const isSeen = Uint8Array.from(rows, (row) => {
      const { x, y } = placeOf(row, frame, cells);
      return x >= edge.x && y >= edge.y && x < frame.size.x - edge.x && y < frame.size.y - edge.y;
    });
    return { number, rows, cell, place, isSeen, apart };
  };

  /** Lay every feature of the gathered themes into its cell (by row; -1: none). */
  const layOut = (frame, numbers) => {
    const layout = {
      frame,
      cells: layCells(frame),
      cellOf: new Int32Array(atlas.data.count).fill(-1),
    };
    layout.themes = numbers.map((number) => layTheme(number, layout));
    return layout;
  };

  /** Count the passing features of a theme by cell, their places, and those that are seen. */
  const countTheme = ({ number, rows, cell, place, isSeen, apart }, { cells }) => {
    const { shown } = atlas.marks,
      all = new Uint32Array(cells.count),
      places = new Uint32Array(cells.count);
    let seen = 0,
      last = -1;
    for (let i = 0; i < rows.length; i++) {
      if (!shown[rows[i]]) continue;
      all[cell[i]]++;
      seen += isSeen[i];
      if (place[i] !== last) places[cell[i]]++;
      last = place[i];
    }
    return { number, all, places, seen, apart };
  };

  /** Counts by theme for the map's present place and filters; made once for each, the layout once for a place. */
  const count = () => {
    const frame = wideFrame(atlas.map),
      key = [frame.scale, frame.west, frame.north, frame.size.x, frame.size.y].join(),
      isMoved = counted?.key !== key;
    if (isMoved || counted.marks !== atlas.marks) {
      const layout = isMoved ? layOut(frame, manyThemes()) : counted.layout,
        themes = layout.themes.map((theme) => countTheme(theme, layout));
      counted = { key, marks: atlas.marks, layout, themes, full: fullCount(themes), ...rosette(themes.length) };
      isCrowded = weighCrowd();
    }
    return counted;
  };

  const shownThemes = () => counted.themes.filter(({ number }) => atlas.isThemeShown(number));

  /** Whether most of the shown marks stand where there is no room for them. */
  const weighCrowd = () => {
    const themes = shownThemes();
    let all = 0,
      crowded = 0;
    for (let cell = 0; cell < counted.layout.cells.count; cell++) {
      let places = 0;
      for (const theme of themes) places += theme.places[cell];
      all += places;
      if (places > ROOM) crowded += places;
    }
    return crowded > all / 2;
  };

  /** Whether marks are gathered now. The first picture does not wait for a count of marks that it can draw one by one. */
  const isGathering = () => {
    if (atlas.isFirstPicture() && atlas.data.count < SLOW_TO_DRAW) return false;
    return count().themes.length > 0 && isCrowded;
  };

  /** The rows of a theme that are drawn as they are while the others are gathered; null where none are gathered at present. */
  atlas.apart = (number) => {
    if (atlas.marks.rows[number].length < MANY) return null;
    atlas.refreshDensityKey();
    if (!isGathering()) return null;
    return counted.themes.find((theme) => theme.number === number).apart;
  };

  /** The count that a dot of full size stands for: a round number that few cells go beyond. */
  const fullCount = (themes) => {
    // numbers in a typed array are sorted without a function, far quicker
    const counts = Uint32Array.from(themes.flatMap(({ all }) => Array.from(all.filter(Boolean)))).sort(),
      high = Math.max(10, counts[Math.floor(counts.length * 0.95)] ?? 0),
      unit = 10 ** Math.floor(Math.log10(high));
    return [1, 2, 5, 10].map((step) => step * unit).find((round) => round >= high);
  };

  /** How the dots of so many themes stand in a cell: on a ring, so that none hides another; and the radius of a full one. */
  const rosette = (count) => {
    if (count < 2) return { ring_px: 0, full_px: CELL_PX / 2 - 1 };
    const half = Math.sin(Math.PI / count),
      ring_px = CELL_PX / 2 / (1 + half);
    return { ring_px, full_px: Math.max(LEAST_FULL_PX, ring_px * half) };
  };

  /** Radius of a dot: its area grows with the count. */
  const radius_px = (all) => Math.max(LEAST_PX, counted.full_px * Math.sqrt(Math.min(1, all / counted.full)));

  /** Draw the dots that stand for a theme's gathered features. */
  atlas.paintGathered = (context, frame, number) => {
    const { themes, layout, ring_px } = count(),
      { cells } = layout,
      place = themes.findIndex((theme) => theme.number === number),
      turn = turnOf(place),
      left = cells.left - frame.west * frame.scale + ring_px * Math.cos(turn),
      top = cells.top - frame.north * frame.scale + ring_px * Math.sin(turn);
    context.fillStyle = atlas.brushes.inks[number];
    context.beginPath();
    themes[place].all.forEach((all, cell) => {
      if (!all) return;
      const middle = cells.middle(cell),
        x = middle.x + left,
        y = middle.y + top,
        r = radius_px(all);
      context.moveTo(x + r, y);
      context.arc(x, y, r, 0, 2 * Math.PI);
    });
    context.fill();
  };

  /** The direction from a cell's middle in which a theme's dot stands. */
  const turnOf = (place) => (2 * Math.PI * place) / counted.themes.length - Math.PI / 2;

  /**
   * The dot at a place of the world: its theme (-1 between dots of none), and for a row whether it is gathered at all, and
   * in this cell, and how many pixels away; null where marks are drawn one by one.
   */
  atlas.dotAt = (worldX, worldY) => {
    if (!isGathering()) return null;
    const { themes, ring_px } = counted,
      { cells, cellOf, frame } = counted.layout,
      pixel = (world, start) => world * frame.scale - start,
      x = pixel(worldX, cells.left),
      y = pixel(worldY, cells.top),
      cell = cells.at(x, y),
      middle = cells.middle(cell),
      distances = themes.map((theme, place) =>
        theme.all[cell] && atlas.isThemeShown(theme.number)
          ? Math.hypot(
              middle.x + ring_px * Math.cos(turnOf(place)) - x,
              middle.y + ring_px * Math.sin(turnOf(place)) - y,
            )
          : Infinity,
      ),
      nearest = distances.indexOf(Math.min(...distances));
    const away = (row) => {
      const place = placeOf(row, frame, cells);
      return Math.hypot(place.x - x, place.y - y);
    };
    return {
      theme: distances[nearest] < Infinity ? themes[nearest].number : -1,
      gathers: (row) => cellOf[row] >= 0,
      holds: (row) => cellOf[row] === cell,
      away,
    };
  };

  /**
   * What is gathered now: how many features the map shows so, the count of a full dot, and a dot's radius by its count; null
   * where marks are drawn one by one.
   */
  atlas.gathering = () =>
    isGathering()
      ? { seen: shownThemes().reduce((sum, theme) => sum + theme.seen, 0), full: counted.full, radius_px }
      : null;

  /** Weigh anew whether marks have room, once a change of the shown themes has been seen. */
  atlas.reviewDensity = () => {
    if (!count().themes.length) return;
    const before = isCrowded;
    isCrowded = weighCrowd();
    if (isCrowded !== before) atlas.repaintThemes();
    atlas.refreshDensityKey();
  };
})();
