/* Which features lie under a place of the map. */
(() => {
  "use strict";
  const { POINT, LINE, AREA } = atlas.kinds;

  const pointDistance = (row, x, y) => {
    const middle = atlas.middleOf(row);
    return Math.hypot(middle.x - x, middle.y - y);
  };

  const segmentDistance = (geometry, row, x, y) => {
    let nearest = Infinity;
    for (let piece = geometry.pieces[row]; piece < geometry.pieces[row + 1]; piece++) {
      const first = geometry.starts[piece];
      for (let i = first; i < geometry.starts[piece + 1]; i++) {
        // a piece of one position is a point of several
        const before = Math.max(first, i - 1),
          ax = geometry.x[before],
          ay = geometry.y[before],
          dx = geometry.x[i] - ax,
          dy = geometry.y[i] - ay;
        const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
        nearest = Math.min(nearest, Math.hypot(ax + t * dx - x, ay + t * dy - y));
      }
    }
    return nearest;
  };

  /** Whether a place of the world lies within an area. */
  atlas.isInArea = (geometry, row, x, y) => {
    let isInside = false;
    for (let piece = geometry.pieces[row]; piece < geometry.pieces[row + 1]; piece++) {
      const first = geometry.starts[piece],
        end = geometry.starts[piece + 1];
      for (let i = first, j = end - 1; i < end; j = i++) {
        if (
          geometry.y[i] > y !== geometry.y[j] > y &&
          x < ((geometry.x[j] - geometry.x[i]) * (y - geometry.y[i])) / (geometry.y[j] - geometry.y[i]) + geometry.x[i]
        )
          isInside = !isInside;
      }
    }
    return isInside;
  };

  const byNearness = (a, b) => a.rank - b.rank || (a.away ?? 0) - (b.away ?? 0) || a.size - b.size;

  /** Rows of the shown features under a place of the world: that whose name stands there, off its shape, then points at
   * whose mark it is, from near to far, then points by their disc alone, then lines, then areas from small to large.
   * Where marks are gathered, those of the dot's own theme come first, from near to far. */
  atlas.hitRows = (map, worldX, worldY) => {
    const data = atlas.data,
      { geometry } = data,
      frame = atlas.frame(map, L.point(0, 0), map.getSize()),
      reach = 9 / frame.scale,
      dot = atlas.dotAt(worldX, worldY),
      isThemeShown = atlas.settings.themes.map((_, number) => atlas.isThemeShown(number)),
      hits = [];
    for (let row = 0; row < data.count; row++) {
      if (!atlas.marks.shown[row] || !isThemeShown[data.theme[row]] || !geometry.kind[row]) continue;
      if (dot?.gathers(row)) {
        if (dot.holds(row)) hits.push({ row, rank: data.theme[row] === dot.theme ? 0 : 0.5, size: dot.away(row) });
        continue;
      }
      const disc = data.radius_m[row]
          ? (data.radius_m[row] * atlas.pixelsPerMetre(frame, geometry.north[row])) / frame.scale
          : 0,
        wide = Math.max(reach, disc);
      if (
        worldX < geometry.west[row] - wide ||
        worldX > geometry.east[row] + wide ||
        worldY < geometry.north[row] - wide ||
        worldY > geometry.south[row] + wide
      )
        continue;
      const kind = geometry.kind[row];
      const away = kind === POINT ? pointDistance(row, worldX, worldY) : Infinity;
      if (away <= reach) hits.push({ row, rank: -1, away, size: disc });
      else if (away <= wide) hits.push({ row, rank: 0, size: disc });
      else if (kind === LINE && segmentDistance(geometry, row, worldX, worldY) <= reach)
        hits.push({ row, rank: 1, size: 0 });
      else if (
        kind === AREA &&
        (atlas.isInArea(geometry, row, worldX, worldY) || segmentDistance(geometry, row, worldX, worldY) <= reach / 2)
      ) {
        hits.push({
          row,
          rank: 2,
          size: (geometry.east[row] - geometry.west[row]) * (geometry.south[row] - geometry.north[row]),
        });
      }
    }
    const rows = hits.sort(byNearness).map((hit) => hit.row),
      named = atlas.ledRowAt(map, worldX, worldY);
    return named < 0 ? rows : [named, ...rows.filter((row) => row !== named)];
  };
})();
