/* Sets the page going: reads the blocks, keeps the view, and brings every part up to it when it changes. */
(() => {
  "use strict";
  const say = (...given) => atlas.say(...given), systemDark = window.matchMedia("(prefers-color-scheme: dark)");

  /** How long the first picture has the browser to itself. */
  const FIRST_PICTURE_MS = 250;

  /** Share of the map's size that its canvases are drawn beyond its edge. */
  const BEYOND_EDGE = 0.15;

  atlas.settings = atlas.readBlock("settings");
  atlas.strings = { ...atlas.settings.strings.en, ...atlas.settings.strings[atlas.settings.language] };
  atlas.themeLayers = [];
  atlas.hovered = -1;
  atlas.articles = atlas.readBlock("articles");
  atlas.data = atlas.readDataset(atlas.readBlock("dataset"), atlas.settings);

  const fromAddress = () => (atlas.isHosted ? "" : window.location.hash.slice(1));
  const startView = () => {
    const view = atlas.viewFromQuery(fromAddress() || atlas.settings.query);
    return { ...view, language: atlas.settings.language, basemap: atlas.settings.basemap };
  };
  atlas.view = startView();

  atlas.isThemeShown = (number) => atlas.view.themes === null || atlas.view.themes.includes(atlas.settings.themes[number].key);

  // --- what is shown -------------------------------------------------------------------------------------------------

  const weigh = () => {
    const { data, settings } = atlas, marks = atlas.select(data, atlas.view, settings);
    marks.look = lookOf(marks);
    marks.rows = settings.themes.map(() => []);
    for (let row = 0; row < data.count; row++) if (data.geometry.kind[row]) marks.rows[data.theme[row]].push(row);
    atlas.marks = marks;
    atlas.counts = atlas.countThemes(data, marks, settings);
  };

  /** By row: 1 where every passing claim is denied or hypothetical (drawn hollow), 2 where two or more origins agree. */
  const lookOf = ({ passing }) => {
    const { data, settings } = atlas, look = new Uint8Array(data.count), doubtful = ["denied", "hypothetical"].map((status) => settings.statuses.indexOf(status));
    for (let row = 0; row < data.count; row++) {
      let isFirm = false;
      for (let claim = data.firstClaim[row]; claim < data.firstClaim[row + 1]; claim++) if (passing[claim] && !doubtful.includes(data.claims.status[claim])) isFirm = true;
      if (!isFirm) look[row] |= 1;
      if (data.firstClaim[row + 1] - data.firstClaim[row] > 1 && atlas.countOrigins(data, passing, row) > 1) look[row] |= 2;
    }
    return look;
  };

  const hiddenWords = () => {
    const { settings, counts } = atlas, hidden = new Map();
    const add = (name, count) => { if (count) hidden.set(name, (hidden.get(name) ?? 0) + count); };
    counts.forEach(({ all, reasons }, number) => {
      if (!atlas.isThemeShown(number)) add("themes", all);
      else reasons.forEach((count, reason) => { if (reason) add(settings.filters[reason - 1], count); });
    });
    return settings.filters.filter((name) => hidden.has(name)).map((name) => say(`hidden-by-${name}`, atlas.countText(hidden.get(name)))).join(" · ");
  };

  const refreshCount = () => {
    const shown = atlas.counts.reduce((sum, { left }, number) => sum + (atlas.isThemeShown(number) ? left : 0), 0);
    atlas.shownCount = shown;
    const line = say("showing", atlas.countText(shown), atlas.countText(atlas.data.count)), why = hiddenWords();
    document.getElementById("atlas-shown").textContent = why ? `${line} — ${why}` : line;
  };

  const showThemes = () => atlas.settings.themes.forEach((_, number) => atlas.showTheme(atlas.map, number, atlas.isThemeShown(number)));
  const repaintThemes = () => atlas.themeLayers.forEach(({ canvas, pane, isMounted }) => { if (!isMounted) return; if (pane.hidden) canvas._stale = true; else canvas.repaint(); });
  const repaintNames = () => { if (atlas.labelCanvas._map) atlas.labelCanvas.repaint(); };
  const refreshLater = atlas.afterPause(60, () => { atlas.refreshList(); atlas.refreshInset(); repaintNames(); });

  // --- ground and appearance -------------------------------------------------------------------------------------------

  const dress = () => {
    const wish = atlas.view.appearance === "auto" ? atlas.hostAppearance ?? "auto" : atlas.view.appearance, isDark = wish === "dark" || (wish === "auto" && systemDark.matches);
    document.documentElement.dataset.appearance = isDark ? "dark" : "light";
    atlas.brushes = atlas.makeBrushes(atlas.settings, isDark);
  };

  /** Follow the host's light or dark where the view leaves it open. */
  atlas.followHost = (appearance) => { atlas.hostAppearance = appearance; redress(); };

  const redress = () => {
    dress();
    if (!atlas.map) return;
    atlas.buildLegend(); atlas.drawSwatches(); atlas.refreshTime();
    [atlas.groundCanvas, atlas.focusCanvas].forEach((canvas) => canvas?.repaint());
    repaintNames(); atlas.refreshInset();
    repaintThemes();
    atlas.showCard(atlas.data.rowOf.get(atlas.view.feature) ?? -1);
  };
  systemDark.addEventListener("change", redress);
  dress();

  // --- the view and its changes ------------------------------------------------------------------------------------------

  /** The address that shows this view again. */
  atlas.address = () => {
    const query = atlas.queryFromView(atlas.view), base = atlas.publicAddress ?? window.location.href.split("#")[0];
    return `${base}${atlas.publicAddress ? "?" : "#"}${query}`;
  };

  const noteChange = atlas.afterPause(150, () => {
    if (!atlas.isHosted) window.history.replaceState(null, "", `#${atlas.queryFromView(atlas.view)}`);
    atlas.tellHost();
  });

  const FILTERS = ["sources", "statuses", "precisions", "since", "until", "undated", "known", "origins", "text"];

  /** Change the view; only what the change touches is brought up to it. */
  atlas.change = (patch) => {
    const before = atlas.view;
    atlas.replaceFirstPicture(atlas.map);
    atlas.view = { ...before, ...patch };
    const differs = (name) => JSON.stringify(before[name]) !== JSON.stringify(atlas.view[name]);
    if (FILTERS.some(differs)) { weigh(); repaintThemes(); }
    if (differs("appearance")) redress();
    if (FILTERS.some(differs) || differs("themes")) {
      showThemes(); atlas.refreshLegend(); refreshCount(); atlas.refreshFilters(); atlas.refreshTime(); refreshLater();
    }
    if (FILTERS.some(differs) || differs("feature") || differs("compare") || differs("tour") || differs("step")) showChosen();
    if (differs("tour") || differs("step")) atlas.refreshTour();
    if (differs("compare")) { atlas.refreshCompare(); repaintNames(); }
    noteChange();
  };

  /** Show or hide one theme. */
  atlas.toggleTheme = (key) => {
    const all = atlas.settings.themes.map((theme) => theme.key), now = atlas.view.themes ?? all;
    const next = now.includes(key) ? now.filter((other) => other !== key) : all.filter((other) => other === key || now.includes(other));
    atlas.change({ themes: next.length === all.length ? null : next });
  };

  /** Show another view as it is written in an address. */
  atlas.restore = (query) => {
    const next = { ...atlas.viewFromQuery(query), language: atlas.settings.language, basemap: atlas.settings.basemap };
    atlas.change(next);
    if (next.extent) fitExtent(next.extent);
  };
  window.addEventListener("hashchange", () => { if (fromAddress() !== atlas.queryFromView(atlas.view)) atlas.restore(fromAddress()); });

  // --- choosing ------------------------------------------------------------------------------------------------------------

  let chosenClaim = -1;
  const showChosen = () => {
    const row = atlas.data.rowOf.get(atlas.view.feature) ?? -1;
    atlas.showCard(row, { claim: chosenClaim });
    atlas.markInList();
    if (document.getElementById("atlas-article-text")) atlas.refreshReading();
    if (row >= 0) keepInSight(row);
    if ((row >= 0 || atlas.view.compare || atlas.view.tour) && !atlas.focusCanvas._map) atlas.focusCanvas.addTo(atlas.map);
    else if (atlas.focusCanvas._map) atlas.focusCanvas.repaint();
  };

  /** The card may take ground from the map (on a phone): what was chosen stays in sight. */
  const keepInSight = (row) => {
    const { map, data } = atlas, before = map.getSize();
    moveQuietly(() => map.invalidateSize({ pan: false }));
    if (!data.geometry.kind[row] || map.getSize().equals(before)) return;
    const corners = cornersOf(row);
    if (!map.getBounds().pad(-0.1).intersects(corners)) moveQuietly(() => map.panTo(corners.getCenter(), { animate: false }));
  };

  /** Choose a feature (null: none); fly to it where asked. */
  atlas.choose = (id, { fly = false, claim = -1, keepStack = false, focusCard = true } = {}) => {
    if (!keepStack) atlas.stack = null;
    chosenClaim = claim;
    const before = atlas.view.feature;
    atlas.change({ feature: id, compare: id === null ? atlas.view.compare : null });
    if (before === id) showChosen();
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
    return L.latLngBounds([atlas.latitude(south[row]), atlas.longitude(west[row])], [atlas.latitude(north[row]), atlas.longitude(east[row])]);
  };

  /** Bring a feature into sight. */
  atlas.flyTo = (row, { onlyIfHidden = false } = {}) => {
    if (!atlas.data.geometry.kind[row]) return;
    if (onlyIfHidden && atlas.map.getBounds().contains(cornersOf(row))) return;
    atlas.flyToRows([row]);
  };

  /** Bring several features into sight at once; those without a shape are passed over. */
  atlas.flyToRows = (rows) => {
    const drawn = rows.filter((row) => atlas.data.geometry.kind[row]);
    if (!drawn.length) return;
    const corners = drawn.map(cornersOf).reduce((all, one) => all.extend(one)), isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    atlas.map.fitBounds(corners, { maxZoom: 12, padding: [60, 60], animate: !isStill });
  };

  /** Copy text and say so on the button; where the clipboard is barred, show the text to be copied by hand. */
  atlas.copy = async (text, button) => {
    const before = button.textContent;
    try { await navigator.clipboard.writeText(text); button.textContent = say("copied"); } catch {
      const field = atlas.element("textarea", { class: "by-hand", readOnly: true, value: text, "aria-label": say("copy-by-hand") });
      button.after(field); field.select(); button.textContent = document.execCommand("copy") ? say("copied") : say("copy-by-hand");
      if (button.textContent === say("copied")) field.remove();
    }
    setTimeout(() => { button.textContent = before; }, 2500);
  };

  // --- the map -------------------------------------------------------------------------------------------------------------

  let isOwnMove = false;
  /** Move the map without taking its new frame for the reader's wish: the view's extent stays as it is. */
  const moveQuietly = (move) => { isOwnMove = true; move(); isOwnMove = false; };

  const fitExtent = ([west, south, east, north]) => moveQuietly(() => atlas.map.fitBounds([[south, west], [north, east]], { animate: false }));

  /** Show the corridor. */
  atlas.goHome = () => { fitExtent(atlas.settings.home); atlas.change({ extent: null }); };

  const listen = (map) => {
    map.on("moveend", () => {
      if (isOwnMove) return;
      const box = map.getBounds();
      atlas.change({ extent: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((degrees) => Number(degrees.toFixed(5))) });
    });
    map.on("click", (event) => {
      if (atlas.measureAt(event.latlng)) return;
      const rows = atlas.hitRows(map, ...atlas.mercator(event.latlng.lng, event.latlng.lat));
      atlas.choose(rows.length ? atlas.data.features.id[rows[0]] : null);
      atlas.stack = rows; showChosen();
    });
    map.on("mousemove", atlas.oncePerFrame((event) => {
      const [row = -1] = atlas.hitRows(map, ...atlas.mercator(event.latlng.lng, event.latlng.lat));
      map.getContainer().classList.toggle("over-mark", row >= 0);
      atlas.hover(row);
      pointAt(event.latlng);
    }));
    map.on("mouseout", () => atlas.hover(-1));
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && atlas.view.feature) atlas.choose(null); });
  };

  const pointAt = ({ lng, lat }) => { document.getElementById("atlas-pointer").textContent = `${Math.abs(lat).toFixed(3)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lng).toFixed(3)}° ${lng < 0 ? "W" : "E"}`; };

  const addControls = (map) => {
    const corner = document.dir === "rtl" ? "topleft" : "topright";
    L.control.zoom({ position: corner, zoomInTitle: say("zoom-in"), zoomOutTitle: say("zoom-out") }).addTo(map);
    const tools = L.control({ position: corner });
    const bar = atlas.element("div", { class: "leaflet-bar" }, atlas.element("button", { type: "button", title: say("home"), "aria-label": say("home"), text: "⌂", onclick: () => atlas.goHome() }));
    L.DomEvent.disableClickPropagation(bar);
    tools.onAdd = () => bar;
    tools.addTo(map);
    atlas.addMeasure(bar);
    atlas.addFullScreen(bar);
    L.control.scale({ position: "bottomleft", maxWidth: 140 }).addTo(map);
    const margin = atlas.element("div", { class: "margin" }, atlas.element("span", { id: "atlas-pointer" }), atlas.element("span", { class: "attribution", text: atlas.ground.attribution }), atlas.element("span", { class: "policy-note", text: say("lines-note") }));
    map.getContainer().append(margin);
    map.getContainer().querySelectorAll(".leaflet-control, .margin").forEach((node) => node.setAttribute("data-covers-map", ""));
  };

  const buildTabs = () => {
    const panes = { legend: say("layers"), list: say("list"), ...(atlas.articles && { article: say("article") }), ...(atlas.data.disagreements.length && { compare: say("compare") }), about: say("about"), time: say("time") }, tabs = document.getElementById("atlas-tabs");
    const show = (chosen) => {
      for (const name of ["legend", "list", "article", "compare", "about"]) document.getElementById(`atlas-${name}`).hidden = name !== chosen;
      tabs.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === chosen)));
      document.body.dataset.pane = chosen;
      if (chosen === "list") atlas.writeList();
    };
    tabs.setAttribute("aria-label", say("panel"));
    tabs.replaceChildren(...Object.entries(panes).map(([name, text]) => atlas.element("button", { type: "button", "data-pane": name, text, onclick: () => { const isOpen = document.body.classList.contains("sheet-open") && document.body.dataset.pane === name; document.body.classList.toggle("sheet-open", !isOpen); show(name); } })));
    /** Open the list and go to its first feature. */
    atlas.openList = () => { show("list"); document.body.classList.add("sheet-open"); document.querySelector("#atlas-list button")?.focus(); };
    document.getElementById("atlas-skip").addEventListener("click", (event) => { event.preventDefault(); atlas.openList(); });
    atlas.showPane = show;
    show(atlas.comparedNumber() < 0 ? "legend" : "compare");
  };

  const buildAbout = () => {
    const { data } = atlas, element = atlas.element;
    document.getElementById("atlas-about").replaceChildren(
      ...atlas.tourList(), element("h2", { text: say("sources") }),
      element("ol", { class: "sources" }, ...data.sources.map((source) => element("li", {}, atlas.reference(source), ". ", source.url && element("a", { href: source.url, target: "_blank", rel: "noopener noreferrer", text: say("open-source") }),
        ...Object.values(source.inferred ?? {}).map((reason) => element("p", { class: "note", text: reason }))))),
      element("h2", { text: say("about") }), element("p", { text: say("about-text") }), element("p", { text: say("names-note") }),
      element("p", { class: "note", text: say("data-version", data.version, data.sha256.slice(0, 12)) }), element("p", { class: "note", text: atlas.ground.attribution }));
  };

  /** Called by the map's last Folium element. */
  atlas.start = (map) => {
    atlas.map = map;
    document.getElementById("atlas-title").textContent = say("title");
    document.getElementById("atlas-skip").textContent = say("skip-to-list");
    document.querySelector(".plate").setAttribute("data-covers-map", "");
    document.getElementById("atlas-panel").setAttribute("aria-label", say("panel"));
    map.getContainer().setAttribute("aria-label", say("map-label"));
    map.getContainer().setAttribute("role", "region");
    weigh();
    fitExtent(atlas.view.extent ?? atlas.settings.home);
    buildTabs(); atlas.buildLegend(); addControls(map); atlas.groundCanvas.addTo(map); refreshCount();
    listen(map);
    if (atlas.view.feature || atlas.view.compare || atlas.view.tour) showChosen();
    if (atlas.presentStep()) beginTour();
    // the map first: what is not seen at once is made when it has been drawn, bit by bit
    // with a time limit: in a frame that is being laid out the idle moment may never come
    const whenIdle = (step) => (window.requestIdleCallback ? window.requestIdleCallback(step, { timeout: 200 }) : setTimeout(step, 1));
    const steps = [() => atlas.labelCanvas.addTo(map), atlas.drawSwatches, atlas.loadFonts, watchSize, atlas.addInset, atlas.buildTime, atlas.refreshTime, atlas.refreshList, atlas.refreshCompare, atlas.buildReading, buildAbout, atlas.awaitHost, () => atlas.replaceFirstPicture(map), ...canvases().map((canvas) => () => canvas.widen(BEYOND_EDGE)), () => { document.documentElement.dataset.ready = "true"; }];
    const next = () => { try { steps.shift()(); } finally { if (steps.length) whenIdle(next); } };
    setTimeout(next, FIRST_PICTURE_MS);
  };

  /** An address that names a tour's step and nothing else means that step's own view. */
  const beginTour = () => {
    const { tour, step, ...rest } = atlas.view, plain = { ...atlas.viewFromQuery(""), language: rest.language, basemap: rest.basemap, appearance: rest.appearance };
    if (Object.keys(rest).every((name) => JSON.stringify(rest[name]) === JSON.stringify(plain[name]))) atlas.goToStep(atlas.presentStep().tour, step);
    atlas.refreshTour();
  };

  const canvases = () => [atlas.groundCanvas, ...atlas.themeLayers.map((layer) => layer.canvas), atlas.focusCanvas];

  const watchSize = () => {
    const node = atlas.map.getContainer();
    let width = node.clientWidth, height = node.clientHeight;
    new ResizeObserver(atlas.oncePerFrame(() => {
      if (node.clientWidth === width && node.clientHeight === height) return;
      ({ clientWidth: width, clientHeight: height } = node);
      moveQuietly(() => atlas.map.invalidateSize()); atlas.refreshTime();
    })).observe(node);
  };
})();
