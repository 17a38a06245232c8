/* The list twin of the map: the same features in words, with a shelf for what cannot honestly be drawn. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given),
    MOST = 300;

  const entry = (row) => {
    const { data } = atlas,
      id = data.features.id[row],
      count = data.firstClaim[row + 1] - data.firstClaim[row];
    const hover = (state) => () => atlas.hover(state ? row : -1);
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "entry",
          "data-feature": id,
          "aria-pressed": String(id === atlas.view.feature),
          onclick: () => atlas.choose(id, { fly: true }),
          onmouseenter: hover(true),
          onmouseleave: hover(false),
          onfocus: hover(true),
          onblur: hover(false),
        },
        element("span", {}, ...atlas.marked(atlas.ownName(row)), ...hitLine(row)),
        element("span", { class: "count", text: say("claims-count", count) }),
      ),
    );
  };

  /** The first claim in which a search has a word, else a part of one, where the name has none. */
  const hitLine = (row) => {
    const { data } = atlas,
      words = atlas.searchedWords(),
      has = (text) => words.some((word) => atlas.fold(text).includes(word));
    if (!words.length || atlas.hasMarks(atlas.ownName(row))) return [];
    const told = data.claims.statement.slice(data.firstClaim[row], data.firstClaim[row + 1]),
      text = told.find(atlas.hasMarks) ?? (has(atlas.ownName(row)) ? undefined : told.find(has));
    return text === undefined ? [] : [element("span", { class: "hit", dir: "auto" }, ...atlas.marked(text))];
  };

  const group = (heading, rows, note) => {
    if (!rows.length) return null;
    const more = rows.length - MOST;
    return element(
      "section",
      {},
      element("h3", { text: `${heading} (${atlas.countText(rows.length)})` }),
      note && element("p", { class: "note", text: note }),
      element("ul", {}, ...rows.slice(0, MOST).map(entry)),
      more > 0 && element("p", { class: "note", text: say("more-in-list", atlas.countText(more)) }),
    );
  };

  /** Whether a search is for this very name, in any language or spelling. */
  const isNamed = (row, words) => {
    if (!words.length) return false;
    const { features } = atlas.data,
      names = atlas.fold(
        [features.name[row], ...Object.values(features.names[row] ?? {}), ...(features.aliases[row] ?? [])].join("\n"),
      );
    return words.every((word) => names.includes(word));
  };

  let isStale = true;

  /** Write the list of what is shown, once it is looked at. */
  atlas.refreshList = () => {
    isStale = true;
    if (!document.getElementById("atlas-list").hidden) atlas.writeList();
  };

  atlas.writeList = () => {
    if (!isStale) return;
    isStale = false;
    const { data, marks, settings } = atlas,
      byTheme = settings.themes.map(() => []),
      shelf = [],
      named = [],
      words = atlas.searchedWords();
    for (let row = 0; row < data.count; row++) {
      if (!marks.shown[row] || !atlas.isThemeShown(data.theme[row])) continue;
      if (isNamed(row, words)) named.push(row);
      else (data.geometry.kind[row] ? byTheme[data.theme[row]] : shelf).push(row);
    }
    const groups = settings.themes.map((theme, number) =>
      group(theme.label[settings.language] ?? theme.label.en, byTheme[number]),
    );
    const all = [group(say("named-so"), named), ...groups, group(say("shelf"), shelf, say("shelf-note"))].filter(
      Boolean,
    );
    document
      .getElementById("atlas-list")
      .replaceChildren(
        element("h2", { text: say("list") }),
        ...(all.length ? all : [element("p", { class: "note", text: say("nothing-shown") })]),
      );
  };

  /** Mark the chosen feature in the list. */
  atlas.markInList = () => {
    document
      .querySelectorAll("#atlas-list [data-feature]")
      .forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.feature === atlas.view.feature)));
  };
})();
