/* Sets the page going: the map first, the rest bit by bit when it has been drawn. */
(() => {
  "use strict";
  const say = (...given) => atlas.say(...given);

  /** How long the view must have stood still before the next part of the page is made. */
  const QUIET_MS = 120;

  /** How long the first picture has the browser to itself. */
  const FIRST_PICTURE_MS = 250;

  /** Share of the map's size that its canvases are drawn beyond its edge. */
  const BEYOND_EDGE = 0.15;

  /** Whether the page began in a frame that had no room for the map yet. */
  let hasNoRoom = false;

  /** Called by the map's last Folium element. */
  atlas.start = (map) => {
    atlas.map = map;
    document.getElementById("atlas-title").textContent = atlas.settings.title;
    document.getElementById("atlas-skip").textContent = say("skip-to-list");
    document.querySelector(".plate").setAttribute("data-covers-map", "");
    document.getElementById("atlas-panel").setAttribute("aria-label", say("panel"));
    map.getContainer().setAttribute("aria-label", say(atlas.settings.isCorridor ? "map-label" : "map-label-of-data"));
    map.getContainer().setAttribute("role", "region");
    atlas.weigh();
    // home is clear of the title, which is as wide as what it tells
    atlas.refreshCount();
    atlas.showGround();
    const { x, y } = map.getSize();
    hasNoRoom = !x || !y;
    atlas.buildTabs();
    atlas.buildLegend();
    atlas.groundCanvas.addTo(map);
    atlas.listen(map);
    if (atlas.view.feature || atlas.view.compare || atlas.view.tour) atlas.showChosen();
    // the card may have taken ground from the map
    if (!atlas.view.extent) atlas.frameChosen();
    if (atlas.presentStep()) beginTour();
    // the map first: what is not seen at once is made when it has been drawn, bit by bit
    // with a time limit: in a frame that is being laid out the idle moment may never come
    const whenIdle = (step) =>
      window.requestIdleCallback ? window.requestIdleCallback(step, { timeout: 200 }) : setTimeout(step, 1);
    const steps = [
      () => atlas.addControls(map),
      () => atlas.labelCanvas.addTo(map),
      atlas.drawSwatches,
      atlas.loadFonts,
      watchSize,
      atlas.addInset,
      atlas.buildTime,
      atlas.refreshTime,
      atlas.refreshList,
      atlas.refreshCompare,
      atlas.buildReading,
      atlas.buildAbout,
      atlas.awaitHost,
      () => atlas.replaceFirstPicture(map),
      ...canvases().map((canvas) => () => canvas.widen(BEYOND_EDGE)),
      () => {
        document.documentElement.dataset.ready = "true";
      },
    ];
    const next = () => {
      // the reader comes first: while the view is being changed, the rest waits
      if (performance.now() - atlas.changedAt < QUIET_MS) {
        setTimeout(next, QUIET_MS);
        return;
      }
      try {
        steps.shift()();
      } finally {
        if (steps.length) whenIdle(next);
      }
    };
    setTimeout(next, FIRST_PICTURE_MS);
    document.documentElement.dataset.started = "true";
  };

  /** Show the panel of the story that the page opens with. */
  const beginTour = () => {
    atlas.refreshTour();
    document.querySelector("#atlas-tour h3").focus({ preventScroll: true });
    // beside the story's panel, which stands only now
    atlas.showGround();
  };

  const canvases = () => [atlas.groundCanvas, ...atlas.themeLayers.map((layer) => layer.canvas), atlas.focusCanvas];

  const watchSize = () => {
    const node = atlas.map.getContainer();
    let width = node.clientWidth,
      height = node.clientHeight;
    new ResizeObserver(
      atlas.oncePerFrame(() => {
        if (node.clientWidth === width && node.clientHeight === height && !hasNoRoom) return;
        ({ clientWidth: width, clientHeight: height } = node);
        atlas.moveQuietly(() => atlas.map.invalidateSize());
        const isAtHome = !atlas.view.extent && !atlas.view.feature && !atlas.view.compare;
        if (width && height && (hasNoRoom || isAtHome)) {
          hasNoRoom = false;
          atlas.showGround();
        }
        atlas.refreshTime();
      }),
    ).observe(node);
  };
})();
