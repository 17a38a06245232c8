/* What the map shows of the ground: the view's extent, home, and features brought into sight. */
(() => {
  "use strict";
  const PADDING_PX = [60, 60];

  /** How near the map comes to what is known well, and to what is known as an area or a scheme only. */
  const NEAR_ZOOM = 12,
    AREA_ZOOM = 11;

  /** Length of the equator of WGS 84 in Web Mercator (EPSG:3857). */
  const EQUATOR_M = 40075016.686;

  atlas.isOwnMove = false;
  /** Move the map without taking its new frame for the reader's wish: the view's extent stays as it is. */
  atlas.moveQuietly = (move) => {
    atlas.isOwnMove = true;
    try {
      move();
    } finally {
      atlas.isOwnMove = false;
    }
  };

  /** Bring an animated zoom to its goal: Leaflet takes no other move before, and would go back to that goal after it. */
  const endZoom = () => atlas.map._onZoomTransitionEnd();

  /** Move the map quietly, from a zoom that is under way too. */
  const jumpQuietly = (move) =>
    atlas.moveQuietly(() => {
      endZoom();
      move();
    });

  // --- extents ---

  const NO_PADDING = L.point(0, 0);

  /** The panel of a story stands upon the map: of the ground on its four sides, the one that shows bounds the largest. */
  const besideTour = (bounds) => {
    const panel = document.getElementById("atlas-tour").getBoundingClientRect(),
      stage = atlas.map.getContainer().getBoundingClientRect(),
      { x, y } = atlas.map.getSize();
    const ways = [
      { paddingTopLeft: L.point(panel.right - stage.left, 0), isRoom: panel.right - stage.left < x },
      { paddingBottomRight: L.point(stage.right - panel.left, 0), isRoom: stage.right - panel.left < x },
      { paddingTopLeft: L.point(0, panel.bottom - stage.top), isRoom: panel.bottom - stage.top < y },
      { paddingBottomRight: L.point(0, stage.bottom - panel.top), isRoom: stage.bottom - panel.top < y },
    ].filter(({ isRoom }) => isRoom);
    const zoomOf = ({ paddingTopLeft = NO_PADDING, paddingBottomRight = NO_PADDING }) =>
      atlas.map.getBoundsZoom(bounds, false, paddingTopLeft.add(paddingBottomRight));
    return ways.sort((a, b) => zoomOf(b) - zoomOf(a))[0] ?? {};
  };

  /** Show an extent: west, south, east, north in degrees. */
  atlas.fitExtent = ([west, south, east, north], { isToldOf = false } = {}) => {
    const bounds = L.latLngBounds([south, west], [north, east]);
    jumpQuietly(() => atlas.map.fitBounds(bounds, { animate: false, ...(isToldOf ? besideTour(bounds) : {}) }));
  };

  /** Show home, clear of what stands upon the map. */
  const fitHome = () =>
    jumpQuietly(() => {
      const { bounds, ...room } = atlas.homeFit();
      atlas.map.fitBounds(bounds, { animate: false, ...room });
    });

  /** Whether the view's extent is that of the step of a story, and not the reader's own. */
  const isExtentOfStep = () => {
    const present = atlas.presentStep();
    return Boolean(present) && String(atlas.viewFromQuery(present.step.view).extent) === String(atlas.view.extent);
  };

  /** Show the ground of the view: its extent, or home; what is chosen in a view without an extent is not left out of sight. */
  atlas.showGround = () => {
    const { extent } = atlas.view,
      isToldOf = isExtentOfStep() && !document.getElementById("atlas-tour").hidden;
    if (extent || isToldOf) atlas.fitExtent(extent ?? atlas.settings.home, { isToldOf });
    else fitHome();
    if (!extent) atlas.frameChosen();
  };

  /** Show the ground that everything begins with. */
  atlas.goHome = () => {
    fitHome();
    atlas.change({ extent: null });
  };

  // --- features ---

  const cornersOf = (row) => {
    const { geometry, radius_m } = atlas.data,
      { west, east, north, south } = geometry,
      around = (radius_m[row] / EQUATOR_M) * Math.cosh(Math.PI * (1 - 2 * north[row]));
    return L.latLngBounds(
      [atlas.latitude(south[row] + around), atlas.longitude(west[row] - around)],
      [atlas.latitude(north[row] - around), atlas.longitude(east[row] + around)],
    );
  };

  const cornersOfAll = (rows) =>
    rows
      .filter((row) => atlas.data.geometry.kind[row])
      .map(cornersOf)
      .reduce((all, one) => all.extend(one), L.latLngBounds([]));

  const nearestZoom = (rows) =>
    rows.some((row) => atlas.data.precision[row] < atlas.PRECISION.AREA) ? NEAR_ZOOM : AREA_ZOOM;

  /** Frame what is chosen or compared, unless all of it can be seen. */
  atlas.frameChosen = () => {
    const chosen = atlas.data.rowOf.get(atlas.view.feature),
      rows = chosen === undefined ? atlas.comparedRows() : [chosen],
      corners = cornersOfAll(rows);
    if (!corners.isValid() || atlas.map.getBounds().contains(corners)) return;
    jumpQuietly(() =>
      atlas.map.fitBounds(corners, { maxZoom: nearestZoom(rows), padding: PADDING_PX, animate: false }),
    );
  };

  const hasRoomFor = (bounds, corners) =>
    corners.getEast() - corners.getWest() < bounds.getEast() - bounds.getWest() &&
    corners.getNorth() - corners.getSouth() < bounds.getNorth() - bounds.getSouth();

  /** The card may take ground from the map (on a phone): what was chosen stays in sight. */
  atlas.keepInSight = (row) => {
    const { map, data } = atlas,
      before = map.getSize();
    atlas.moveQuietly(() => map.invalidateSize({ pan: false }));
    if (!data.geometry.kind[row] || map.getSize().equals(before)) return;
    const corners = cornersOf(row),
      sight = map.getBounds().pad(-0.1);
    if (hasRoomFor(sight, corners) ? sight.contains(corners) : sight.intersects(corners)) return;
    endZoom();
    atlas.moveQuietly(() => map.panTo(corners.getCenter(), { animate: false }));
  };

  /** Bring a feature into sight. */
  atlas.flyTo = (row, { onlyIfHidden = false } = {}) => {
    if (!atlas.data.geometry.kind[row]) return;
    if (onlyIfHidden && atlas.map.getBounds().contains(cornersOf(row))) return;
    atlas.flyToRows([row]);
  };

  /** Whether features lie at one place, so that coming nearer does not part them. */
  atlas.isOnePlace = (rows) => {
    const { west, east, north, south } = atlas.data.geometry;
    return rows.every(
      (row) =>
        west[row] === west[rows[0]] &&
        east[row] === east[rows[0]] &&
        north[row] === north[rows[0]] &&
        south[row] === south[rows[0]],
    );
  };

  /** Whether bringing features into sight would zoom in. */
  atlas.wouldComeNearer = (rows, maxZoom) => {
    const corners = cornersOfAll(rows),
      zoom = corners.isValid() ? atlas.map.getBoundsZoom(corners, false, L.point(PADDING_PX).multiplyBy(2)) : 0;
    return Math.min(zoom, maxZoom) > atlas.map.getZoom();
  };

  /** Bring several features into sight at once; those without a shape are passed over. */
  atlas.flyToRows = (rows, { maxZoom = nearestZoom(rows) } = {}) => {
    const corners = cornersOfAll(rows);
    if (!corners.isValid()) return;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    endZoom();
    atlas.map.fitBounds(corners, { maxZoom, padding: PADDING_PX, animate: !isStill });
  };
})();
