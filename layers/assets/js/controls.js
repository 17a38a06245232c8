/* What stands at the map's edge and beside it: buttons, scale, margin, tabs, the list of sources; and what a click does. */
(() => {
  "use strict";
  const say = (...given) => atlas.say(...given);

  const within = (degrees, end) => Number(Math.max(-end, Math.min(end, degrees)).toFixed(5));

  /** The part of the map's frame that lies within one turn of the globe, as a view's extent; null where there is none. */
  const extentOf = (box) => {
    const [west, east] = [box.getWest(), box.getEast()].map((lon) => within(lon, 180)),
      [south, north] = [box.getSouth(), box.getNorth()].map((lat) => within(lat, 90));
    return west < east && south < north ? [west, south, east, north] : null;
  };

  /** Follow the pointer and the map's moves. */
  atlas.listen = (map) => {
    map.on("moveend", () => {
      if (!atlas.isOwnMove) atlas.change({ extent: extentOf(map.getBounds()) });
    });
    map.on("click", (event) => {
      if (atlas.measureAt(event.latlng)) return;
      const rows = atlas.hitRows(map, ...atlas.mercator(event.latlng.lng, event.latlng.lat));
      atlas.stack = rows;
      atlas.choose(rows.length ? atlas.data.features.id[rows[0]] : null, { keepStack: true });
    });
    atlas.followPointer(map);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && atlas.view.feature) atlas.choose(null);
    });
  };

  /** Add the button that fills the screen with the page, where the browser allows it. */
  const addFullScreen = (bar) => {
    if (!document.fullscreenEnabled) return;
    const flip = () =>
      document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    bar.append(
      atlas.element("button", {
        type: "button",
        title: say("full-screen"),
        "aria-label": say("full-screen"),
        text: "⛶",
        onclick: flip,
      }),
    );
  };

  const homeWords = () => (atlas.settings.isCorridor ? "home" : "home-of-data");

  /** Add the buttons, the scale and the margin to the map. */
  atlas.addControls = (map) => {
    const corner = document.dir === "rtl" ? "topleft" : "topright";
    L.control.zoom({ position: corner, zoomInTitle: say("zoom-in"), zoomOutTitle: say("zoom-out") }).addTo(map);
    const tools = L.control({ position: corner });
    const bar = atlas.element(
      "div",
      { class: "leaflet-bar" },
      atlas.element("button", {
        type: "button",
        title: say(homeWords()),
        "aria-label": say(homeWords()),
        text: "⌂",
        onclick: () => atlas.goHome(),
      }),
    );
    L.DomEvent.disableClickPropagation(bar);
    tools.onAdd = () => bar;
    tools.addTo(map);
    atlas.addMeasure(bar);
    addFullScreen(bar);
    L.control.scale({ position: "bottomleft", maxWidth: 140 }).addTo(map);
    const margin = atlas.element(
      "div",
      { class: "margin" },
      atlas.element("span", { id: "atlas-pointer" }),
      atlas.element("span", { class: "attribution", text: atlas.ground.attribution }),
      atlas.element("span", { class: "policy-note", text: say("lines-note") }),
    );
    map.getContainer().append(margin);
    map
      .getContainer()
      .querySelectorAll(".leaflet-control, .margin")
      .forEach((node) => node.setAttribute("data-covers-map", ""));
  };

  /** Build the tabs of the panel. */
  atlas.buildTabs = () => {
    const panes = {
        legend: say("layers"),
        list: say("list"),
        ...(atlas.articles && { article: say("article") }),
        ...(atlas.data.disagreements.length && { compare: say("compare") }),
        about: say("about"),
        time: say("time"),
      },
      tabs = document.getElementById("atlas-tabs");
    const show = (chosen) => {
      for (const name of ["legend", "list", "article", "compare", "about"])
        document.getElementById(`atlas-${name}`).hidden = name !== chosen;
      tabs
        .querySelectorAll("button")
        .forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === chosen)));
      document.body.dataset.pane = chosen;
      if (chosen === "list") atlas.writeList();
      // what is chosen is scrolled to once the article can be seen
      if (chosen === "article" && document.getElementById("atlas-article-text")) atlas.showPassages();
    };
    // on a small screen card and pane have one place: the one that was asked for last is seen
    const { classList, dataset } = document.body;
    const isSeen = (name) =>
      classList.contains("sheet-open") &&
      dataset.pane === name &&
      (name === "time" || classList.contains("pane-first") || !classList.contains("has-card"));
    const openPane = (name, isOpen) => {
      classList.toggle("sheet-open", isOpen);
      classList.toggle("pane-first", isOpen && name !== "time");
      show(name);
    };
    tabs.setAttribute("aria-label", say("panel"));
    tabs.replaceChildren(
      ...Object.entries(panes).map(([name, text]) =>
        atlas.element("button", {
          type: "button",
          "data-pane": name,
          text,
          onclick: () => openPane(name, !isSeen(name)),
        }),
      ),
    );
    /** Open the list and go to its first feature. */
    atlas.openList = () => {
      openPane("list", true);
      document.querySelector("#atlas-list button")?.focus();
    };
    /** On a small screen, leave the ground to the map. */
    atlas.closeSheet = () => {
      classList.remove("sheet-open", "pane-first");
      atlas.moveQuietly(() => atlas.map.invalidateSize({ pan: false }));
    };
    document.getElementById("atlas-skip").addEventListener("click", (event) => {
      event.preventDefault();
      atlas.openList();
    });
    atlas.showPane = show;
    show(atlas.comparedNumber() < 0 ? "legend" : "compare");
  };

  const dataWords = ({ version, sha256 }) => {
    const digest = sha256.slice(0, 12);
    return version ? say("data-version", version, digest) : say("data-unversioned", digest);
  };

  /** Write the tours, the sources and the notes. */
  atlas.buildAbout = () => {
    const { data } = atlas,
      element = atlas.element;
    document.getElementById("atlas-about").replaceChildren(
      ...atlas.tourList(),
      element("h2", { text: say("sources") }),
      element(
        "ol",
        { class: "sources" },
        ...data.sources.map((source) =>
          element(
            "li",
            {},
            atlas.reference(source),
            ". ",
            source.url &&
              element("a", {
                href: source.url,
                target: "_blank",
                rel: "noopener noreferrer",
                text: say("open-source"),
              }),
            ...Object.values(source.inferred ?? {}).map((reason) => element("p", { class: "note", text: reason })),
          ),
        ),
      ),
      element("h2", { text: say("about") }),
      element("p", { text: say("about-text") }),
      element("p", { text: say("names-note") }),
      element("p", { text: say("lines-note") }),
      element("p", { class: "note", text: dataWords(data) }),
      element("p", { class: "note", text: atlas.ground.attribution }),
    );
  };
})();
