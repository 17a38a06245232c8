/* The map on paper: as wide as a page, all of what the screen shows, drawn before the page is made. */
(() => {
  "use strict";
  let before = null;

  /** Give the map another frame; every canvas is drawn for it at once. */
  const resize = (show) =>
    atlas.moveQuietly(() => {
      atlas.map.invalidateSize({ pan: false, animate: false });
      show();
    });

  window.addEventListener("beforeprint", () => {
    if (before || !atlas.map) return;
    const { map } = atlas,
      seen = map.getBounds();
    before = { centre: map.getCenter(), zoom: map.getZoom() };
    atlas.replaceFirstPicture(map);
    document.documentElement.classList.add("is-printing");
    resize(() => map.fitBounds(seen, { animate: false }));
  });

  window.addEventListener("afterprint", () => {
    if (!before) return;
    const { centre, zoom } = before;
    before = null;
    document.documentElement.classList.remove("is-printing");
    resize(() => atlas.map.setView(centre, zoom, { animate: false }));
  });
})();
