/* Choosing a feature, pointing at one, bringing it into sight; moving the map, and copying words. */
(() => {
  "use strict";
  const say = (...given) => atlas.say(...given);

  atlas.isOwnMove = false;
  /** Move the map without taking its new frame for the reader's wish: the view's extent stays as it is. */
  atlas.moveQuietly = (move) => {
    atlas.isOwnMove = true;
    move();
    atlas.isOwnMove = false;
  };

  /** Show an extent: west, south, east, north in degrees. */
  atlas.fitExtent = ([west, south, east, north]) =>
    atlas.moveQuietly(() =>
      atlas.map.fitBounds(
        [
          [south, west],
          [north, east],
        ],
        { animate: false },
      ),
    );

  /** Show the corridor. */
  atlas.goHome = () => {
    atlas.fitExtent(atlas.settings.home);
    atlas.change({ extent: null });
  };

  let chosenClaim = -1;
  /** Bring card, list, article and outline up to what is chosen. */
  atlas.showChosen = () => {
    const row = atlas.data.rowOf.get(atlas.view.feature) ?? -1;
    atlas.showCard(row, { claim: chosenClaim });
    atlas.markInList();
    if (document.getElementById("atlas-article-text")) atlas.refreshReading();
    if (row >= 0) keepInSight(row);
    if ((row >= 0 || atlas.view.compare || atlas.view.tour) && !atlas.focusCanvas._map)
      atlas.focusCanvas.addTo(atlas.map);
    else if (atlas.focusCanvas._map) atlas.focusCanvas.repaint();
  };

  /** The card may take ground from the map (on a phone): what was chosen stays in sight. */
  const keepInSight = (row) => {
    const { map, data } = atlas,
      before = map.getSize();
    atlas.moveQuietly(() => map.invalidateSize({ pan: false }));
    if (!data.geometry.kind[row] || map.getSize().equals(before)) return;
    const corners = cornersOf(row);
    if (!map.getBounds().pad(-0.1).intersects(corners))
      atlas.moveQuietly(() => map.panTo(corners.getCenter(), { animate: false }));
  };

  /** Choose a feature (null: none); fly to it where asked. */
  atlas.choose = (id, { fly = false, claim = -1, keepStack = false, focusCard = true } = {}) => {
    if (!keepStack) atlas.stack = null;
    chosenClaim = claim;
    const before = atlas.view.feature;
    atlas.change({ feature: id, compare: id === null ? atlas.view.compare : null });
    if (before === id) atlas.showChosen();
    const row = atlas.data.rowOf.get(id);
    if (fly && row !== undefined) atlas.flyTo(row, { onlyIfHidden: true });
    if (id !== null && focusCard) document.querySelector("#atlas-card h3")?.focus({ preventScroll: true });
    if (id === null) document.querySelector(`#atlas-list [data-feature="${CSS.escape(before ?? "")}"]`)?.focus();
  };

  /** Mark a row under the pointer or the keyboard's focus. */
  atlas.hover = atlas.oncePerFrame((row) => {
    if (row === atlas.hovered) return;
    atlas.hovered = row;
    if (!atlas.focusCanvas._map) atlas.focusCanvas.addTo(atlas.map);
    atlas.focusCanvas.repaint();
  });

  const cornersOf = (row) => {
    const { west, east, north, south } = atlas.data.geometry;
    return L.latLngBounds(
      [atlas.latitude(south[row]), atlas.longitude(west[row])],
      [atlas.latitude(north[row]), atlas.longitude(east[row])],
    );
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

  const PADDING_PX = [60, 60];

  const cornersOfAll = (rows) =>
    rows
      .filter((row) => atlas.data.geometry.kind[row])
      .map(cornersOf)
      .reduce((all, one) => all.extend(one), L.latLngBounds([]));

  /** Whether bringing features into sight would zoom in. */
  atlas.wouldComeNearer = (rows, maxZoom) => {
    const corners = cornersOfAll(rows),
      zoom = corners.isValid() ? atlas.map.getBoundsZoom(corners, false, L.point(PADDING_PX).multiplyBy(2)) : 0;
    return Math.min(zoom, maxZoom) > atlas.map.getZoom();
  };

  /** Bring several features into sight at once; those without a shape are passed over. */
  atlas.flyToRows = (rows, { maxZoom = 12 } = {}) => {
    const corners = cornersOfAll(rows);
    if (!corners.isValid()) return;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    atlas.map.fitBounds(corners, { maxZoom, padding: PADDING_PX, animate: !isStill });
  };

  /** Copy text and say so on the button; where the clipboard is barred, show the text to be copied by hand. */
  atlas.copy = async (text, button) => {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = say("copied");
    } catch {
      const field = atlas.element("textarea", {
        class: "by-hand",
        readOnly: true,
        value: text,
        "aria-label": say("copy-by-hand"),
      });
      button.after(field);
      field.select();
      button.textContent = document.execCommand("copy") ? say("copied") : say("copy-by-hand");
      if (button.textContent === say("copied")) field.remove();
    }
    setTimeout(() => {
      button.textContent = before;
    }, 2500);
  };
})();
