/* Search and filters; every change goes into the view. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);

  const searchFor = (typed) => atlas.change({ text: atlas.cutText(typed.trim()) });

  atlas.buildSearch = () => {
    const input = element("input", {
      type: "search",
      id: "atlas-search",
      value: atlas.view.text,
      placeholder: say("search-hint"),
      autocomplete: "off",
      "aria-describedby": "atlas-shown",
      oninput: atlas.afterPause(120, (event) => searchFor(event.target.value)),
      onkeydown: (event) => {
        if (event.key === "Enter") {
          searchFor(event.target.value);
          atlas.openList();
        }
      },
    });
    return element("div", { class: "search" }, element("label", { htmlFor: input.id, text: say("search") }), input);
  };

  /** A group of boxes for one of the view's lists; all ticked is no filter. */
  const boxes = (field, legend, values, labelOf) =>
    element(
      "fieldset",
      { "data-field": field },
      element("legend", { text: legend }),
      ...values.map((value) => {
        const box = element("input", {
          type: "checkbox",
          value,
          onchange: () => {
            const ticked = [...document.querySelectorAll(`fieldset[data-field="${field}"] input`)]
              .filter((input) => input.checked)
              .map((input) => input.value);
            atlas.change({ [field]: ticked.length === values.length ? null : ticked });
          },
        });
        return element("label", {}, box, element("span", { text: labelOf(value) }));
      }),
    );

  atlas.buildFilters = () => {
    const { data, settings } = atlas,
      source = (id) => {
        const found = data.sources.find((item) => item.id === id);
        return [found.byline, found.container || found.title].filter(Boolean).join(", ");
      };
    const origins = element(
      "label",
      {},
      element("input", {
        type: "checkbox",
        id: "atlas-origins",
        onchange: (event) => atlas.change({ origins: event.target.checked ? 2 : 1 }),
      }),
      element("span", { text: say("only-corroborated") }),
    );
    const make = () => [
      boxes(
        "sources",
        say("sources"),
        data.sources.map((item) => item.id),
        source,
      ),
      boxes("statuses", say("put-forward-as"), settings.statuses, (status) => say(`status-${status}`)),
      boxes("precisions", say("how-sure"), settings.precisions, (precision) => say(`precision-${precision}`)),
      element("fieldset", {}, element("legend", { text: say("agreement") }), origins),
      element("button", {
        type: "button",
        id: "atlas-reset",
        text: say("reset"),
        onclick: () => atlas.change(atlas.openParts(["themes", ...atlas.FILTERS])),
      }),
    ];
    const details = atlas.openLater({ class: "filters" }, say("filters"), make);
    details.addEventListener("toggle", atlas.refreshFilters);
    return details;
  };

  /** Bring the boxes up to the present view. */
  atlas.refreshFilters = () => {
    const { view } = atlas;
    for (const field of ["sources", "statuses", "precisions"]) {
      document.querySelectorAll(`fieldset[data-field="${field}"] input`).forEach((box) => {
        box.checked = view[field] === null || view[field].includes(box.value);
      });
    }
    const origins = document.getElementById("atlas-origins");
    if (origins) origins.checked = view.origins > 1;
    const search = document.getElementById("atlas-search");
    if (document.activeElement !== search) search.value = view.text;
  };
})();
