/* What a view shows of the dataset, and which filter hides the rest; the same rules as geo/selection.py. */
(() => {
  "use strict";
  /** Fold text for search: compatibility forms, no accents or vowel marks, lower case. */
  atlas.fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** The words that are searched for, folded. */
  atlas.searchedWords = () => atlas.fold(atlas.view.text).split(/\s+/).filter(Boolean);

  /** A text with the searched words marked in it. */
  atlas.marked = (text) => {
    const words = atlas.searchedWords();
    if (!words.length) return [text];
    // letter by letter, so that places in the folded text lead back to places in the text
    const letters = [...text],
      folded = letters.map(atlas.fold),
      starts = [];
    folded.reduce((at, letter, i) => {
      starts[i] = at;
      return at + letter.length;
    }, 0);
    const whole = folded.join(""),
      isHit = new Uint8Array(letters.length);
    for (const word of words) {
      for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
        starts.forEach((start, i) => {
          if (start >= at && start < at + word.length) isHit[i] = 1;
        });
      }
    }
    const nodes = [];
    for (let from = 0; from < letters.length;) {
      let end = from + 1;
      while (end < letters.length && isHit[end] === isHit[from]) end++;
      const piece = letters.slice(from, end).join("");
      nodes.push(isHit[from] ? atlas.element("mark", { text: piece }) : piece);
      from = end;
    }
    return nodes;
  };

  const searchedText = (data, row) => {
    const { features, claims } = data,
      parts = [features.name[row], ...Object.values(features.names[row] ?? {}), ...(features.aliases[row] ?? [])];
    for (let claim = data.firstClaim[row]; claim < data.firstClaim[row + 1]; claim++) {
      parts.push(claims.statement[claim], data.attributions[claims.by[claim]]);
    }
    return atlas.fold(parts.join("\n"));
  };

  /** Numbers of a list's kept values as a look-up, or null where all are kept. */
  const kept = (values, all) => {
    if (values === null) return null;
    const keep = new Uint8Array(all.length);
    for (const value of values) {
      const number = all.indexOf(value);
      if (number >= 0) keep[number] = 1;
    }
    return keep;
  };

  const claimTests = (data, view, settings) => {
    const { claims, features, firstDay, lastDay } = data;
    const sources = kept(
      view.sources,
      data.sources.map((source) => source.id),
    );
    const statuses = kept(view.statuses, settings.statuses);
    const knownDay = view.known === null ? Infinity : atlas.readDays(view.known)[1];
    const since = view.since === null ? -Infinity : atlas.readDays(view.since)[0];
    const until = view.until === null ? Infinity : atlas.readDays(view.until)[1];
    const tests = [];
    if (sources) tests.push(["sources", (claim) => sources[claims.source[claim]]]);
    if (statuses) tests.push(["statuses", (claim) => statuses[claims.status[claim]]]);
    if (view.known !== null)
      tests.push(["known", (claim) => claims.reported[claim] < 0 || firstDay[claims.reported[claim]] <= knownDay]);
    if (view.since !== null || view.until !== null) {
      tests.push([
        "time",
        (claim) => {
          const own = claims.when[claim],
            when = own < 0 ? features.when[data.owner[claim]] : own;
          return when < 0 ? view.undated : firstDay[when] <= until && lastDay[when] >= since;
        },
      ]);
    }
    return tests;
  };

  /** Number of independent origins among the passing claims of a row. */
  atlas.countOrigins = (data, passing, row) => {
    const first = data.firstClaim[row],
      end = data.firstClaim[row + 1];
    if (end - first === 1) return passing[first];
    const origins = new Set();
    for (let claim = first; claim < end; claim++) if (passing[claim]) origins.add(data.claims.origin[claim]);
    return origins.size;
  };

  /** Weigh every feature: shown (1 or 0 by row, themes left aside), passing claims, and the filter that hides the others. */
  atlas.select = (data, view, settings) => {
    const shown = new Uint8Array(data.count),
      passing = new Uint8Array(data.owner.length).fill(1);
    const reason = new Uint8Array(data.count),
      tests = claimTests(data, view, settings);
    const precisions = kept(view.precisions, settings.precisions),
      words = atlas.fold(view.text).split(/\s+/).filter(Boolean);
    const number = (name) => settings.filters.indexOf(name) + 1;
    if (words.length) data.searched ??= Array.from({ length: data.count }, (_, row) => searchedText(data, row));
    for (let row = 0; row < data.count; row++) {
      let hiddenBy =
        precisions && (data.precision[row] < 0 || !precisions[data.precision[row]]) ? number("precisions") : 0;
      for (const [name, passes] of tests) {
        let left = 0;
        for (let claim = data.firstClaim[row]; claim < data.firstClaim[row + 1]; claim++) {
          if (passing[claim] && passes(claim)) left++;
          else passing[claim] = 0;
        }
        if (!left && !hiddenBy) hiddenBy = number(name);
      }
      if (!hiddenBy && view.origins > 1 && atlas.countOrigins(data, passing, row) < view.origins)
        hiddenBy = number("origins");
      if (!hiddenBy && words.length && !words.every((word) => data.searched[row].includes(word)))
        hiddenBy = number("text");
      reason[row] = hiddenBy;
      shown[row] = hiddenBy ? 0 : 1;
    }
    return { shown, passing, reason };
  };

  /** Count the features of each theme: all, those the filters leave, and those each filter hides. */
  atlas.countThemes = (data, { shown, reason }, settings) => {
    const counts = settings.themes.map(() => ({
      left: 0,
      all: 0,
      reasons: new Uint32Array(settings.filters.length + 1),
    }));
    for (let row = 0; row < data.count; row++) {
      const count = counts[data.theme[row]];
      count.all++;
      count.left += shown[row];
      count.reasons[reason[row]]++;
    }
    return counts;
  };
})();
