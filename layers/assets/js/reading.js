/* The reading pane: an article beside the map, its cited passages marked; choose one and its mark on the map lights up, and the other way round. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);
  let open = null,
    litRow,
    chosenClaim = -1;

  /** Cut a paragraph at the ends of its passages: pieces of text, each with the claims that it is cited for. */
  const piecesOf = (text, passages) => {
    // places are counted in letters, as Python does: outside the basic plane one takes two of JavaScript's units
    const letters = [...text],
      cuts = [...new Set([0, letters.length, ...passages.flatMap(([, , first, last]) => [first, last])])].sort(
        (a, b) => a - b,
      );
    return cuts.slice(0, -1).map((from, i) => ({
      text: letters.slice(from, cuts[i + 1]).join(""),
      claims: passages.filter(([, , first, last]) => first <= from && last >= cuts[i + 1]),
    }));
  };

  /** Choose the first of a piece's claims with its feature; then the next at each further time. */
  const choosePiece = (claims) => {
    const rows = claims.map(([claim]) => claim),
      isShown = atlas.data.owner[chosenClaim] === atlas.data.rowOf.get(atlas.view.feature);
    chosenClaim = rows[((isShown ? rows.indexOf(chosenClaim) : -1) + 1) % rows.length];
    const feature = atlas.data.features.id[atlas.data.owner[chosenClaim]];
    atlas.choose(feature, { fly: true, claim: chosenClaim, focusCard: false });
  };

  const pieceNode = ({ text, claims }) => {
    if (!claims.length) return text;
    const shortestFirst = claims.slice().sort((a, b) => a[3] - a[2] - (b[3] - b[2])),
      names = shortestFirst.map(([claim]) => atlas.data.features.name[atlas.data.owner[claim]]);
    const pick = () => choosePiece(shortestFirst);
    return element(
      "mark",
      {
        tabIndex: 0,
        role: "button",
        title: [...new Set(names)].join(" · "),
        "data-claims": claims.map(([claim]) => claim).join(" "),
        onclick: pick,
        onkeydown: (event) => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            pick();
          }
        },
      },
      text,
    );
  };

  const write = (source) => {
    open = source;
    const { paragraphs, passages } = atlas.articles[source];
    const body = paragraphs.map((text, place) =>
      element(
        "p",
        { "data-paragraph": place + 1 },
        element("span", { class: "number", text: place + 1 }),
        ...piecesOf(
          text,
          passages.filter((passage) => passage[1] === place),
        ).map(pieceNode),
      ),
    );
    document.getElementById("atlas-article-text").replaceChildren(...body);
    lightPassages();
  };

  const lightPassages = () => {
    const row = atlas.data.rowOf.get(atlas.view.feature);
    let first = null;
    document.querySelectorAll("#atlas-article-text mark").forEach((mark) => {
      const isLit =
        row !== undefined && mark.dataset.claims.split(" ").some((claim) => atlas.data.owner[claim] === row);
      mark.classList.toggle("lit", isLit);
      if (isLit && !first) first = mark;
    });
    return first;
  };

  /** Light the passages of the chosen feature, in the article that is open or else in the first that has one, and scroll to them. */
  atlas.showPassages = () => {
    const row = atlas.data.rowOf.get(atlas.view.feature),
      has = (source) => atlas.articles[source].passages.some(([claim]) => atlas.data.owner[claim] === row);
    const source = row === undefined || has(open) ? open : (Object.keys(atlas.articles).find(has) ?? open);
    if (source !== open) {
      write(source);
      document.getElementById("atlas-article-choice").value = source;
    }
    const mark = lightPassages();
    if (mark && !mark.contains(document.activeElement)) mark.scrollIntoView({ block: "center" });
  };

  /** Show the passages of a feature once it is chosen; afterwards the article stays where its reader has brought it. */
  atlas.refreshReading = () => {
    const row = atlas.data.rowOf.get(atlas.view.feature);
    if (!atlas.articles || row === litRow) return;
    litRow = row;
    atlas.showPassages();
  };

  /** Build the pane, where articles came with the page. */
  atlas.buildReading = () => {
    if (!atlas.articles) return;
    const sources = Object.keys(atlas.articles),
      bylineOf = (id) => atlas.data.sources.find((source) => source.id === id)?.byline ?? id;
    const choice = element(
      "select",
      { id: "atlas-article-choice", onchange: (event) => write(event.target.value) },
      ...sources.map((id) => element("option", { value: id, text: bylineOf(id) })),
    );
    document
      .getElementById("atlas-article")
      .replaceChildren(
        element("div", { class: "search" }, element("label", { htmlFor: choice.id, text: say("article") }), choice),
        element("p", { class: "note", text: say("article-note") }),
        element("div", { id: "atlas-article-text", class: "article", lang: "en", dir: "ltr" }),
      );
    write(sources[0]);
    if (atlas.view.feature) atlas.refreshReading();
  };
})();
