/* The map on paper: as wide as a page, all of what the screen shows, drawn before the page is made, with its sources. */
(() => {
  "use strict";
  let before = null;

  /** Give the map another frame; every canvas is drawn for it at once. */
  const resize = (show) =>
    atlas.moveQuietly(() => {
      atlas.map.invalidateSize({ pan: false, animate: false });
      show();
    });

  /** Numbers of the sources whose claims the view shows. */
  const shownSources = () => {
    const { data, marks } = atlas,
      sources = new Set();
    for (let claim = 0; claim < data.owner.length; claim++) {
      const row = data.owner[claim];
      if (marks.passing[claim] && marks.shown[row] && atlas.isThemeShown(data.theme[row]))
        sources.add(data.claims.source[claim]);
    }
    return sources;
  };

  /** Of the list of sources, leave those from the paper that nothing of the view comes from. */
  const leaveSources = () => {
    const sources = shownSources();
    document
      .querySelectorAll("#atlas-about .sources > li")
      .forEach((item, number) => item.classList.toggle("unprinted", !sources.has(number)));
  };

  /** Show what the screen shows: home as home, and any other ground whole. */
  const showSeen = (seen) => {
    if (atlas.view.extent || atlas.presentStep()) {
      atlas.map.fitBounds(seen, { animate: false });
      return;
    }
    const { bounds, ...room } = atlas.homeFit();
    atlas.map.fitBounds(bounds, { animate: false, ...room });
    atlas.frameChosen();
  };

  window.addEventListener("beforeprint", () => {
    if (before || !atlas.map) return;
    const { map } = atlas,
      seen = map.getBounds();
    before = { centre: map.getCenter(), zoom: map.getZoom() };
    atlas.replaceFirstPicture(map);
    leaveSources();
    document.documentElement.classList.add("is-printing");
    // as near as the paper has room for, between the steps of the screen too
    const { zoomSnap } = map.options;
    map.options.zoomSnap = 0;
    resize(() => showSeen(seen));
    map.options.zoomSnap = zoomSnap;
  });

  window.addEventListener("afterprint", () => {
    if (!before) return;
    const { centre, zoom } = before;
    before = null;
    document.documentElement.classList.remove("is-printing");
    resize(() => atlas.map.setView(centre, zoom, { animate: false }));
  });
})();
