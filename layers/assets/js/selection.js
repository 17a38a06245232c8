/* What a view shows of the dataset, and which filter hides the rest; the same rules as geo/selection.py. */
(() => {
  "use strict";
  /** Fold text for search: compatibility forms, no accents or vowel marks, lower case. */
  atlas.fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** The words that are searched for, folded. */
  atlas.searchedWords = () => atlas.fold(atlas.view.text).split(/\s+/).filter(Boolean);

  /** A letter or number of a script that writes its words apart. */
  const IN_WORD = /^[^\P{L}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|^\p{N}/u,
    SHORT = 2;

  /** What may stand before a word within Arabic writing: the article, "and", "in", "for", "as", and these together. */
  const BEFORE_ARABIC = /(?:^|[^\p{L}\p{N}])[وف]?[بكل]?(?:ال|ل)?$/u;

  /** Whether a folded text has a word at a place: as its beginning, or where it is short as the whole of it. */
  const isWordAt = (whole, word, at) => {
    const before = whole.slice(Math.max(0, at - 6), at),
      isBegun = !IN_WORD.test(word) || !IN_WORD.test([...before].pop() ?? "") || BEFORE_ARABIC.test(before);
    return isBegun && ([...word].length > SHORT || !IN_WORD.test(whole.slice(at + word.length)));
  };

  /** Where a folded text has a word. */
  const placesOf = (whole, word) => {
    const places = [];
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1))
      if (isWordAt(whole, word, at)) places.push(at);
    return places;
  };

  /** Whether any searched word would be marked in a text. */
  atlas.hasMarks = (text) => {
    const whole = atlas.fold(text);
    return atlas.searchedWords().some((word) => placesOf(whole, word).length > 0);
  };

  /** A text with the searched words marked in it, where they are words there or begin one. */
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
      for (const at of placesOf(whole, word)) {
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

  /** By number of a list's value, 1 where it is kept; null where all are. */
  const kept = (values, all) => (values === null ? null : Uint8Array.from(all, (value) => values.includes(value)));

  /** By claim, the number of its date: its own, or its feature's; -1 where there is none. */
  atlas.datesOfClaims = (data) => {
    const { claims, features, owner } = data;
    data.when ??= Int32Array.from(owner, (row, claim) =>
      claims.when[claim] < 0 ? features.when[row] : claims.when[claim],
    );
    return data.when;
  };

  /** By number of a date, and one on, 1 where it passes; the first place is for claims without one. */
  const passingDates = ({ firstDay, lastDay }, isUndatedKept, passes) =>
    Uint8Array.from({ length: firstDay.length + 1 }, (_, place) =>
      place ? passes(firstDay[place - 1], lastDay[place - 1]) : isUndatedKept,
    );

  /** The view's filters of claims in their order: a number for each claim, and by that number, and shift on, what passes. */
  const claimTests = (data, view, settings) => {
    const { claims } = data,
      tests = [];
    const ids = data.sources.map((source) => source.id);
    const add = (name, codes, passes, shift) => tests.push({ name, codes, passes, shift });
    if (view.sources !== null) add("sources", claims.source, kept(view.sources, ids), 0);
    if (view.statuses !== null) add("statuses", claims.status, kept(view.statuses, settings.statuses), 0);
    if (view.known !== null) {
      const knownDay = atlas.readDays(view.known)[1];
      add(
        "known",
        claims.reported,
        passingDates(data, true, (first) => first <= knownDay),
        1,
      );
    }
    if (view.since !== null || view.until !== null) {
      const since = view.since === null ? -Infinity : atlas.readDays(view.since)[0],
        until = view.until === null ? Infinity : atlas.readDays(view.until)[1];
      const touches = (first, last) => first <= until && last >= since;
      add("time", atlas.datesOfClaims(data), passingDates(data, view.undated, touches), 1);
    }
    return tests;
  };

  /** Strike the claims that do not pass one filter, and give its number to rows that it leaves without any. */
  const applyTest = (data, { passing, reason }, { codes, passes, shift }, number) => {
    const { firstClaim, count } = data;
    let claim = 0;
    for (let row = 0; row < count; row++) {
      let left = 0;
      for (const end = firstClaim[row + 1]; claim < end; claim++)
        left += passing[claim] &= passes[codes[claim] + shift];
      if (!left && !reason[row]) reason[row] = number;
    }
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
    const passing = new Uint8Array(data.owner.length).fill(1),
      reason = new Uint8Array(data.count),
      number = (name) => settings.filters.indexOf(name) + 1;
    const hide = (name, isHidden) => {
      for (let row = 0; row < data.count; row++) if (!reason[row] && isHidden(row)) reason[row] = number(name);
    };
    const precisions = kept(view.precisions, settings.precisions),
      words = atlas.searchedWords();
    if (precisions) hide("precisions", (row) => data.precision[row] < 0 || !precisions[data.precision[row]]);
    for (const test of claimTests(data, view, settings)) applyTest(data, { passing, reason }, test, number(test.name));
    if (view.origins > 1) hide("origins", (row) => atlas.countOrigins(data, passing, row) < view.origins);
    if (words.length) {
      data.searched ??= Array.from({ length: data.count }, (_, row) => searchedText(data, row));
      hide("text", (row) => !words.every((word) => data.searched[row].includes(word)));
    }
    const shown = new Uint8Array(data.count);
    for (let row = 0; row < data.count; row++) if (!reason[row]) shown[row] = 1;
    return { shown, passing, reason };
  };

  /** Count the features of each theme: all, those the filters leave, and those each filter hides. */
  atlas.countThemes = (data, { reason }, settings) => {
    const reasons = settings.themes.map(() => new Uint32Array(settings.filters.length + 1));
    for (let row = 0; row < data.count; row++) reasons[data.theme[row]][reason[row]]++;
    return reasons.map((own) => ({ left: own[0], all: own.reduce((sum, count) => sum + count), reasons: own }));
  };
})();
