/* Two claims that disagree, side by side: both statements, both sources, the measured difference, both shapes on the map. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);

  /** Number of the first disagreement of the two claims that the view compares, or -1. */
  atlas.comparedNumber = () => {
    if (!atlas.view.compare) return -1;
    const wanted = atlas.view.compare.map((id) => atlas.data.claimOf.get(id));
    return atlas.data.disagreements.findIndex(({ claims }) => claims.every((claim) => wanted.includes(claim)));
  };

  /** Rows of the two features that are compared; none where nothing is. */
  atlas.comparedRows = () => {
    const number = atlas.comparedNumber();
    return number < 0 ? [] : atlas.data.disagreements[number].claims.map((claim) => atlas.data.owner[claim]);
  };

  /** Compare the two claims of a disagreement (-1: none) and bring both shapes into sight. */
  atlas.compare = (number) => {
    const claims =
      number < 0 ? null : atlas.data.disagreements[number].claims.map((claim) => atlas.data.claims.id[claim]);
    atlas.change({ compare: claims, feature: null, tour: null, step: 1 });
    if (number < 0) return;
    atlas.showPane("compare");
    atlas.flyToRows(atlas.comparedRows());
    document.querySelector('#atlas-compare [aria-expanded="true"]')?.focus();
  };

  const side = (letter, claim) => {
    const { data } = atlas,
      { claims } = data,
      row = data.owner[claim],
      source = data.sources[claims.source[claim]];
    const isDrawn = data.geometry.kind[row] > 0,
      when = atlas.dateWords(claims.when[claim]);
    return element(
      "article",
      { class: `side side-${letter.toLowerCase()}` },
      element(
        "h4",
        {},
        element("span", { class: "letter", text: letter }),
        ` ${source.byline}, ${atlas.dateWords(source.published)}`,
      ),
      element("p", { class: "statement", dir: "auto", text: claims.statement[claim] }),
      element("p", { text: `${say("reported-by")}: ${data.attributions[claims.by[claim]]}` }),
      when && element("p", { text: `${say("happened")}: ${when}` }),
      element("p", { text: `${say(isDrawn ? "on-the-map" : "shelf")}: ${atlas.ownName(row)}` }),
      atlas.citationLine(claim),
    );
  };

  /** Which of the two shapes the map has to show. */
  const whereCompared = (claims) => {
    const rows = claims.map((claim) => atlas.data.owner[claim]),
      drawn = ["A", "B"].filter((_, i) => atlas.data.geometry.kind[rows[i]]);
    if (!drawn.length) return say("compared-none");
    if (drawn.length === 1) return say("compared-one", drawn[0]);
    return say(rows[0] === rows[1] ? "compared-same" : "compared-both");
  };

  const differenceOf = ({ difference }) => difference?.[atlas.settings.language] ?? difference?.en;

  /** What is told of one pair: the first of its disagreements opens it, and all of them are told. */
  const entry = (numbers) => {
    const told = numbers.map((number) => atlas.data.disagreements[number]),
      { claims } = told[0],
      isOpen = numbers.includes(atlas.comparedNumber());
    const heading = element(
      "button",
      {
        type: "button",
        class: "entry",
        "aria-expanded": String(isOpen),
        onclick: () => atlas.compare(isOpen ? -1 : numbers[0]),
      },
      element("span", { dir: "auto", text: told.map(({ reason }) => reason).join(" ") }),
      element("span", { class: "count", text: told.map(({ about }) => say(`about-${about}`)).join(say("comma")) }),
    );
    if (!isOpen) return element("li", {}, heading);
    return element(
      "li",
      { class: "open" },
      heading,
      element("p", { class: "note", text: whereCompared(claims) }),
      ...told
        .map(differenceOf)
        .filter(Boolean)
        .map((words) => element("p", { class: "difference", text: `${say("measured")}: ${words}` })),
      element("div", { class: "sides" }, side("A", claims[0]), side("B", claims[1])),
    );
  };

  /** The disagreements by pair of claims: two may differ in several things, and stand side by side once. */
  const pairs = () => {
    const found = new Map();
    atlas.data.disagreements.forEach(({ claims }, number) => {
      const key = String([Math.min(...claims), Math.max(...claims)]);
      found.set(key, [...(found.get(key) ?? []), number]);
    });
    return [...found.values()];
  };

  /** Write the list of pairs that disagree, the compared one opened. */
  atlas.refreshCompare = () => {
    const listed = pairs();
    document
      .getElementById("atlas-compare")
      .replaceChildren(
        element("h2", { text: say("compare") }),
        element("p", { class: "note", text: say("compare-note", listed.length) }),
        element("ol", { class: "pairs" }, ...listed.map(entry)),
      );
  };
})();
