/* The page's state: the data, the view, what the view shows of the data, and how every part is brought up to a change. */
(() => {
  "use strict";
  const say = (...given) => atlas.say(...given);
  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

  atlas.settings = atlas.readBlock("settings");
  atlas.strings = { ...atlas.settings.strings.en, ...atlas.settings.strings[atlas.settings.language] };
  atlas.themeLayers = [];
  atlas.hovered = -1;
  atlas.changedAt = -Infinity;
  atlas.articles = atlas.readBlock("articles");
  atlas.data = atlas.readDataset(atlas.readBlock("dataset"), atlas.settings);

  const fromAddress = () => (atlas.isHosted ? "" : window.location.hash.slice(1));
  const dressed = (view) => ({ ...view, language: atlas.settings.language, basemap: atlas.settings.basemap });
  const readView = (query) => dressed(atlas.meantBy(atlas.viewFromQuery(query)));
  // an address that says nothing means what the document was made to show
  atlas.view = readView(fromAddress() || atlas.settings.query);

  atlas.isThemeShown = (number) =>
    atlas.view.themes === null || atlas.view.themes.includes(atlas.settings.themes[number].key);

  // --- what is shown ---

  let drawn = null;
  /** By theme, the rows that have a shape. */
  const drawnRows = () => {
    if (drawn) return drawn;
    const { data, settings } = atlas;
    drawn = settings.themes.map(() => []);
    for (let row = 0; row < data.count; row++) if (data.geometry.kind[row]) drawn[data.theme[row]].push(row);
    return drawn;
  };

  /** Weigh every feature against the view. */
  atlas.weigh = () => {
    const { data, settings } = atlas,
      marks = atlas.select(data, atlas.view, settings);
    marks.look = lookOf(marks);
    marks.rows = drawnRows();
    atlas.marks = marks;
    atlas.counts = atlas.countThemes(data, marks, settings);
  };

  let firmness = null;
  /** Which statuses are firm, and the rows whose look a filter can change: those of several claims, or of one not firm. */
  const looksInDoubt = () => {
    if (firmness) return firmness;
    const { firstClaim, claims, count } = atlas.data,
      isFirm = Uint8Array.from(atlas.settings.statuses, (name) => name !== "denied" && name !== "hypothetical"),
      rows = [];
    for (let row = 0; row < count; row++)
      if (firstClaim[row + 1] - firstClaim[row] !== 1 || !isFirm[claims.status[firstClaim[row]]]) rows.push(row);
    return (firmness = { isFirm, rows });
  };

  /** By shown row: 1 where every passing claim is denied or hypothetical (drawn hollow), 2 where two or more origins agree. */
  const lookOf = ({ passing }) => {
    const { data } = atlas,
      { firstClaim } = data,
      { isFirm, rows } = looksInDoubt(),
      look = new Uint8Array(data.count);
    for (const row of rows) {
      const end = firstClaim[row + 1];
      let claim = firstClaim[row];
      while (claim < end && !(passing[claim] && isFirm[data.claims.status[claim]])) claim++;
      if (claim === end) look[row] |= 1;
      if (atlas.countOrigins(data, passing, row) > 1) look[row] |= 2;
    }
    return look;
  };

  const hiddenWords = () => {
    const { settings, counts } = atlas,
      hidden = new Map();
    const add = (name, count) => {
      if (count) hidden.set(name, (hidden.get(name) ?? 0) + count);
    };
    counts.forEach(({ all, reasons }, number) => {
      if (!atlas.isThemeShown(number)) add("themes", all);
      else
        reasons.forEach((count, reason) => {
          if (reason) add(settings.filters[reason - 1], count);
        });
    });
    return settings.filters
      .filter((name) => hidden.has(name))
      .map((name) => say(`hidden-by-${name}`, atlas.countText(hidden.get(name))))
      .join(" · ");
  };

  /** How many of the shown features have no place on the map: they are in the list. */
  const countUnplaced = () => {
    const { data, marks } = atlas;
    let count = 0;
    for (let row = 0; row < data.count; row++)
      if (!data.geometry.kind[row] && marks.shown[row] && atlas.isThemeShown(data.theme[row])) count++;
    return count;
  };

  /** How many of the shown features a time window keeps though none of their claims has a date. */
  const countUndated = () => {
    const { data, marks, view } = atlas;
    if ((view.since === null && view.until === null) || !view.undated) return 0;
    const whens = atlas.datesOfClaims(data),
      dated = new Uint8Array(data.count);
    for (let claim = 0; claim < whens.length; claim++)
      if (marks.passing[claim] && whens[claim] >= 0) dated[data.owner[claim]] = 1;
    let count = 0;
    for (let row = 0; row < data.count; row++)
      if (!dated[row] && marks.shown[row] && atlas.isThemeShown(data.theme[row])) count++;
    return count;
  };

  /** Tell how many features are shown, and what hides the rest. */
  atlas.refreshCount = () => {
    const shown = atlas.counts.reduce((sum, { left }, number) => sum + (atlas.isThemeShown(number) ? left : 0), 0);
    atlas.shownCount = shown;
    const undated = countUndated(),
      numbers = [shown, atlas.data.count, ...(undated ? [undated] : [])].map(atlas.countText),
      total = say(undated ? "showing-undated" : "showing", ...numbers),
      unplaced = countUnplaced(),
      where = unplaced && say("where-shown", atlas.countText(shown - unplaced), atlas.countText(unplaced)),
      parts = [where ? `${total}: ${where}` : total, hiddenWords()].filter(Boolean);
    document.getElementById("atlas-shown").textContent = parts.join(" · ");
  };

  const showThemes = () =>
    atlas.settings.themes.forEach((_, number) => atlas.showTheme(atlas.map, number, atlas.isThemeShown(number)));
  /** Draw all marks again, those of hidden themes once they are shown. */
  atlas.repaintThemes = () =>
    atlas.themeLayers.forEach(({ canvas, pane, isMounted }) => {
      if (!isMounted) return;
      if (pane.hidden) canvas._stale = true;
      else canvas.repaint();
    });
  /** Write the names again, once they have been written at all. */
  atlas.repaintNames = () => {
    if (atlas.labelCanvas._map) atlas.labelCanvas.repaint();
  };
  const renameLater = atlas.afterPause(60, () => atlas.repaintNames());
  const refreshLater = atlas.afterPause(60, () => {
    atlas.reviewDensity();
    atlas.refreshBars();
    atlas.refreshList();
    atlas.refreshInset();
    atlas.repaintNames();
  });

  // --- ground and appearance ---

  const wishedGround = () => {
    const wish = atlas.view.appearance === "auto" ? (atlas.hostAppearance ?? "auto") : atlas.view.appearance;
    return wish === "dark" || (wish === "auto" && systemDark.matches) ? "dark" : "light";
  };
  const dress = () => {
    const ground = wishedGround();
    document.documentElement.dataset.appearance = ground;
    atlas.brushes = atlas.makeBrushes(atlas.settings, ground === "dark");
  };

  /** Follow the host's light or dark where the view leaves it open. */
  atlas.followHost = (appearance) => {
    atlas.hostAppearance = appearance;
    // all is drawn anew for another ground: not for the one that it has
    if (wishedGround() !== document.documentElement.dataset.appearance) redress();
  };

  const redress = () => {
    dress();
    if (!atlas.map) return;
    atlas.drawSwatches();
    atlas.refreshTime();
    [atlas.groundCanvas, atlas.focusCanvas].forEach((canvas) => canvas?.repaint());
    atlas.repaintNames();
    atlas.refreshInset();
    atlas.repaintThemes();
    atlas.showCard(atlas.data.rowOf.get(atlas.view.feature) ?? -1);
  };
  systemDark.addEventListener("change", redress);
  dress();

  // --- the view and its changes ---

  /** The query that shows this view again. An empty one means what the document was made to show: where that is less than
      everything, everything is told by the language, which the document has anyway. */
  const queryToKeep = () =>
    atlas.queryFromView(atlas.view) || (atlas.settings.query && `language=${atlas.view.language}`);

  /** The address that shows this view again. */
  atlas.address = () => {
    const base = atlas.publicAddress ?? window.location.href.split("#")[0];
    return `${base}${atlas.publicAddress ? "?" : "#"}${queryToKeep()}`;
  };

  const noteChange = atlas.afterPause(150, () => {
    if (!atlas.isHosted) window.history.replaceState(null, "", `#${queryToKeep()}`);
    atlas.tellHost();
  });

  /** Change the view; only what the change touches is brought up to it. */
  atlas.change = (patch) => {
    const before = atlas.view,
      wereFew = atlas.areThemesFew();
    atlas.replaceFirstPicture(atlas.map);
    atlas.changedAt = performance.now();
    atlas.view = { ...before, ...patch };
    const differs = (name) => JSON.stringify(before[name]) !== JSON.stringify(atlas.view[name]);
    const isFilterChanged = atlas.FILTERS.some(differs);
    if (isFilterChanged) {
      atlas.weigh();
      atlas.repaintThemes();
      atlas.refreshFilters();
      atlas.refreshTime();
    }
    if (differs("appearance") && wishedGround() !== document.documentElement.dataset.appearance) redress();
    if (isFilterChanged || differs("themes")) {
      if (wereFew !== atlas.areThemesFew()) atlas.ageAreas();
      showThemes();
      atlas.refreshLegend();
      atlas.refreshCount();
      refreshLater();
    }
    if (isFilterChanged || differs("feature") || differs("compare") || differs("tour") || differs("step"))
      atlas.showChosen();
    if (differs("tour") || differs("step")) atlas.refreshTour();
    if (differs("compare")) atlas.refreshCompare();
    if (differs("compare") || differs("feature")) renameLater();
    // evidence is waited for, and told of at once; a pause gathers what comes in quick succession
    if (differs("feature")) atlas.tellHost();
    noteChange();
  };

  /** Show or hide one theme. */
  atlas.toggleTheme = (key) => {
    const all = atlas.settings.themes.map((theme) => theme.key),
      now = atlas.view.themes ?? all;
    const next = now.includes(key)
      ? now.filter((other) => other !== key)
      : all.filter((other) => other === key || now.includes(other));
    atlas.change({ themes: next.length === all.length ? null : next });
  };

  /** Show another view, on the ground that it is of. */
  atlas.showView = (view) => {
    const next = dressed(view);
    const differs = (name) => String(next[name]) !== String(atlas.view[name]),
      isOtherChosen = differs("feature") || differs("compare"),
      isOtherGround = differs("extent") || differs("tour") || differs("step");
    atlas.change(next);
    if (isOtherGround || (isOtherChosen && !next.extent && !next.feature)) atlas.showGround();
    else if (isOtherChosen && !next.extent) atlas.frameChosen();
  };

  /** Show another view as it is written in an address. */
  atlas.restore = (query) => atlas.showView(readView(query));

  window.addEventListener("hashchange", () => {
    if (!atlas.isHosted && fromAddress() !== queryToKeep()) atlas.restore(fromAddress() || atlas.settings.query);
  });
})();
