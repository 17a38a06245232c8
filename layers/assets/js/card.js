/* The evidence card: every claim of a feature with who made it and where it stands, and who drew the shape from what. */
(() => {
  "use strict";
  const { element, say, inLanguage } = {
    element: (...a) => atlas.element(...a),
    say: (...a) => atlas.say(...a),
    inLanguage: (...a) => atlas.inLanguage(...a),
  };

  const dayWords = (day) =>
    new Intl.DateTimeFormat(atlas.settings.language === "ar" ? "ar-u-nu-latn" : "en-GB", {
      dateStyle: "long",
      timeZone: "UTC",
    }).format(day * 864e5);

  /** A date in words; a single day of a large table is told by the browser. */
  atlas.dateWords = (number) => {
    if (!(number >= 0)) return "";
    const { dates, firstDay, lastDay } = atlas.data,
      told = dates.words[atlas.settings.language]?.[number];
    return told ?? (firstDay[number] === lastDay[number] ? dayWords(firstDay[number]) : dates.edtf[number]);
  };

  /** The parts of a source's reference: author, title, container, date. */
  const referenceParts = (source) => {
    const published = atlas.dateWords(source.published),
      inferred = source.inferred?.issued ? ` ${say("date-inferred")}` : "";
    return [
      source.byline,
      source.title && `“${source.title}”`,
      source.container,
      published && `${published}${inferred}`,
    ].filter(Boolean);
  };

  /** The words of a source's reference. */
  atlas.reference = (source) => referenceParts(source).join(say("comma"));

  /** Parts of a line in the order of the page's language, each with the direction of its own letters. */
  const apart = (parts) =>
    parts.flatMap((text, i) => [i ? say("comma") : null, element("bdi", { text })]).filter((part) => part !== null);

  /** Whether a row is a reader's own: the rows of their tables follow the atlas's features, without ids of claims. */
  atlas.isOwnRow = (row) => atlas.data.firstClaim[row] >= atlas.data.claims.id.length;

  const namesLine = (row) => {
    const names = atlas.data.features.names[row] ?? {},
      shown = atlas.settings.language;
    const others = ["en", "ar", "he"].filter((language) => language !== shown && names[language]);
    return others.length
      ? element(
          "p",
          { class: "names" },
          ...others.flatMap((language, i) => [i ? " · " : null, inLanguage("span", language, names[language])]),
        )
      : null;
  };

  const aliasLine = (row) => {
    const aliases = atlas.data.features.aliases[row];
    return aliases?.length
      ? element("p", { class: "aliases", text: `${say("also-written")} ${aliases.join(", ")}` })
      : null;
  };

  const disputeItem = (claim, number) => {
    const { data } = atlas,
      { claims: pair, about, reason } = data.disagreements[number],
      other = pair[0] === claim ? pair[1] : pair[0];
    const row = data.owner[other],
      source = data.sources[data.claims.source[other]];
    return element(
      "li",
      {},
      element("strong", { text: `${say("disagrees")} (${say(`about-${about}`)}): ` }),
      `${reason} `,
      element("button", {
        type: "button",
        class: "link",
        text: `${source.byline}: ${data.features.name[row]}`,
        onclick: () => atlas.choose(data.features.id[row], { fly: true, claim: other }),
      }),
      " · ",
      element("button", {
        type: "button",
        class: "link",
        text: say("side-by-side"),
        onclick: () => atlas.compare(number),
      }),
    );
  };

  /** A source by its number; an event of a reader's own may name none. */
  const sourceOf = (number) => atlas.data.sources[number] ?? { byline: say("no-source") };

  /** Where in its source a claim stands: a number counts paragraphs, and a table without such a column its rows. */
  const placeInSource = (claim) => {
    const locator = String(atlas.data.claims.locator[claim]),
      row = /^row (\d+)$/.exec(locator);
    if (row && atlas.isOwnRow(atlas.data.owner[claim])) return say("row-of-table", row[1]);
    return /^\d+$/.test(locator) ? say("paragraph", locator) : locator;
  };

  atlas.citationLine = (claim) => {
    const { data } = atlas,
      { claims } = data,
      source = sourceOf(claims.source[claim]),
      address = claims.link[claim];
    const where = placeInSource(claim),
      words = claims.start?.[claim] ? `“${claims.start[claim]} … ${claims.end[claim]}”` : "";
    return element(
      "p",
      { class: "citation" },
      ...apart([...referenceParts(source), where].filter(Boolean)),
      words && ": ",
      words && element("bdi", { text: words }),
      ". ",
      address &&
        element("a", { href: address, target: "_blank", rel: "noopener noreferrer", text: say("open-passage") }),
      address && " · ",
      element("button", {
        type: "button",
        class: "link",
        text: say("copy-citation"),
        onclick: (event) =>
          atlas.copy(
            `${claims.statement[claim]} (${[atlas.reference(source), where].filter(Boolean).join(say("comma"))}${words ? `: ${words}` : ""}${address ? `. ${address}` : ""})`,
            event.currentTarget,
          ),
      }),
    );
  };

  const findingItem = ({ verdict, words }) =>
    element("li", { class: `finding finding-${verdict}`, text: words[atlas.settings.language] ?? words.en });

  /** What the open card was made for, and those of its parts that follow the view. */
  let open = null;

  const writeStatement = ({ claim, statement }) =>
    statement.replaceChildren(...atlas.marked(atlas.data.claims.statement[claim]));

  /** A claim that the filters leave out is faded, and says why. */
  const weighClaim = ({ claim, item, note }) => {
    const isPassing = Boolean(atlas.marks.passing[claim]);
    item.classList.toggle("faded", !isPassing);
    if (isPassing) note.remove();
    else item.append(note);
  };

  const claimItem = (claim) => {
    const { data, settings } = atlas,
      { claims } = data,
      statement = element("p", { class: "statement", dir: "auto" });
    const status = settings.statuses[claims.status[claim]],
      isOwn = atlas.isOwnRow(data.owner[claim]),
      when = atlas.dateWords(claims.when[claim]);
    const measures = claims.measures[claim]?.[settings.language] ?? [],
      disputes = data.disputes.get(claim) ?? [];
    const findings = claims.findings[claim] ?? [];
    const item = element(
      "li",
      { class: "claim", "data-claim": claims.id?.[claim] ?? claim },
      statement,
      element(
        "dl",
        {},
        element("dt", { text: say(isOwn ? "source-in-table" : "reported-by") }),
        element("dd", { dir: "auto", text: data.attributions[claims.by[claim]] ?? say("no-source") }),
        !isOwn && element("dt", { text: say("put-forward-as") }),
        !isOwn &&
          element("dd", {}, element("span", { class: `status status-${status}`, text: say(`status-${status}`) })),
        when && element("dt", { text: say("happened") }),
        when && element("dd", { text: when }),
        claims.reported[claim] >= 0 && element("dt", { text: say("published") }),
        claims.reported[claim] >= 0 && element("dd", { text: atlas.dateWords(claims.reported[claim]) }),
        measures.length > 0 && element("dt", { text: say("numbers") }),
        measures.length > 0 && element("dd", { text: measures.join("; ") }),
      ),
      findings.length > 0 && element("ul", { class: "findings" }, ...findings.map(findingItem)),
      disputes.length > 0 &&
        element("ul", { class: "disputes" }, ...disputes.map((number) => disputeItem(claim, number))),
      atlas.citationLine(claim),
    );
    const part = { claim, item, statement, note: element("p", { class: "note", text: say("outside-filters") }) };
    writeStatement(part);
    weighClaim(part);
    open.claims.push(part);
    return item;
  };

  const bySource = (row) => {
    const { data } = atlas,
      groups = new Map();
    for (let claim = data.firstClaim[row]; claim < data.firstClaim[row + 1]; claim++) {
      const source = data.claims.source[claim];
      if (!groups.has(source)) groups.set(source, []);
      groups.get(source).push(claim);
    }
    return [...groups].map(([source, claims]) =>
      element(
        "section",
        { class: "source" },
        element("h4", {
          dir: "auto",
          text: [sourceOf(source).byline, sourceOf(source).container].filter(Boolean).join(", "),
        }),
        element("ol", { class: "claims" }, ...claims.map(claimItem)),
      ),
    );
  };

  const witnesses = (row) => {
    if (atlas.isOwnRow(row)) return element("p", { class: "witnesses", text: say("from-added-table") });
    const everyone = new Uint8Array(atlas.data.owner.length).fill(1),
      count = atlas.countOrigins(atlas.data, everyone, row);
    return element("p", { class: "witnesses", text: count > 1 ? say("origins-many", count) : say("origins-one") });
  };

  /** A reader's own event says how exactly its place is known where that is less than exactly. */
  const ownShape = (row) => {
    const { data, settings } = atlas;
    if (!data.geometry.kind[row] || data.precision[row] <= atlas.PRECISION.EXACT) return null;
    const precision = settings.precisions[data.precision[row]];
    return element(
      "section",
      { class: "shape" },
      element("h4", { text: say("how-sure") }),
      element(
        "p",
        {},
        element("strong", { text: say(`precision-${precision}`) }),
        `: ${say(`own-precision-${precision}-means`)}`,
      ),
    );
  };

  const shapeSection = (row) => {
    const { data, settings } = atlas,
      provenance = data.features.provenance[row],
      unplaced = data.features.unplaced[row];
    if (unplaced)
      return element(
        "section",
        { class: "shape" },
        element("h4", { text: say("not-drawn") }),
        element("p", { dir: "auto", text: unplaced }),
      );
    if (!provenance) return ownShape(row);
    const precision = settings.precisions[data.precision[row]],
      radius_m = data.radius_m[row];
    const within = radius_m >= 1000 ? `${(radius_m / 1000).toLocaleString(settings.language)} km` : `${radius_m} m`;
    return element(
      "section",
      { class: "shape" },
      element("h4", { text: say("shape-heading") }),
      element(
        "p",
        {},
        element("strong", { text: say(`precision-${precision}`) }),
        `: ${say(`precision-${precision}-means`)}`,
        radius_m ? ` ${say("within", within)}` : "",
      ),
      element("p", {}, `${say(`method-${provenance.method}`)} `, element("bdi", { text: provenance.basis })),
      provenance.note && element("p", { class: "note", dir: "auto", text: provenance.note }),
    );
  };

  const actions = (row) => {
    const isDrawn = atlas.data.geometry.kind[row] > 0,
      // said aloud when it is filled
      note = element("p", { class: "note link-note", role: "status" });
    return element(
      "div",
      { class: "actions" },
      isDrawn && element("button", { type: "button", text: say("fly-there"), onclick: () => atlas.flyTo(row) }),
      element("button", {
        type: "button",
        text: say("copy-link"),
        onclick: (event) => {
          if (atlas.isOwnRow(row)) note.textContent = say("link-of-table");
          return atlas.copy(atlas.address(), event.currentTarget);
        },
      }),
      note,
    );
  };

  const cardHead = (row) => {
    const { data, settings } = atlas,
      theme = settings.themes[data.theme[row]],
      when = atlas.dateWords(data.features.when[row]);
    return element(
      "header",
      {},
      element("button", {
        type: "button",
        class: "close",
        "aria-label": say("close"),
        text: "×",
        onclick: () => atlas.choose(null),
      }),
      atlas.stackNav(row),
      element(
        "p",
        { class: "theme" },
        open.swatch,
        theme.label[settings.language] ?? theme.label.en,
        when && ` · ${when}`,
      ),
      element("h3", { tabIndex: -1, text: atlas.ownName(row) }),
      namesLine(row),
      aliasLine(row),
      theme.credit && element("p", { class: "credit", dir: "auto", text: theme.credit }),
    );
  };

  const swatchOf = (row) => atlas.swatch(atlas.settings, atlas.brushes, atlas.data.theme[row]);

  /** On a small screen card and pane have one place: a card that was asked for is seen. */
  atlas.putCardFirst = () => document.body.classList.remove("pane-first");

  const make = (card, row) => {
    atlas.putCardFirst();
    const { stack, brushes, view } = atlas;
    open = { row, stack, brushes, text: view.text, swatch: swatchOf(row), claims: [] };
    card.setAttribute("aria-label", say("evidence-for", atlas.ownName(row)));
    card.replaceChildren(
      cardHead(row),
      element("div", { class: "body" }, witnesses(row), ...bySource(row), shapeSection(row), actions(row)),
    );
    card.scrollTop = 0;
  };

  /** Bring an open card up to the view: it stays where it was scrolled to, and what has the focus in it keeps it. */
  const bringUp = () => {
    const { brushes, view } = atlas;
    if (open.brushes !== brushes) {
      const swatch = swatchOf(open.row);
      open.swatch.replaceWith(swatch);
      Object.assign(open, { brushes, swatch });
    }
    if (open.text !== view.text) open.claims.forEach(writeStatement);
    open.text = view.text;
    open.claims.forEach(weighClaim);
  };

  const nodeOf = (claim) => open.claims.find((part) => part.claim === claim)?.item;

  /** Show the card of a row, at one of its claims where that is asked for; put it away for row -1. */
  atlas.showCard = (row, { claim = -1 } = {}) => {
    const card = document.getElementById("atlas-card");
    card.hidden = row < 0;
    document.body.classList.toggle("has-card", row >= 0);
    if (row < 0) {
      card.replaceChildren();
      open = null;
    } else {
      if (open?.row === row && open.stack === atlas.stack) bringUp();
      else make(card, row);
      nodeOf(claim)?.scrollIntoView({ block: "nearest" });
    }
  };
})();
