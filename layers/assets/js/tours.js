/* Guided stories: a step's text, its view on the map, its features lit; next, back, keyboard, and a link to each step. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);
  const told = (words) => words[atlas.settings.language] ?? words.en;

  const stepOf = ({ tour: id, step: number }) => {
    const tour = atlas.data.tours.find((each) => each.id === id),
      step = tour?.steps[number - 1];
    return step ? { tour, step } : null;
  };

  /** The tour and step that the view tells, or null. */
  atlas.presentStep = () => stepOf(atlas.view);

  const DRESS = ["language", "basemap", "appearance"];

  /** What a step of a tour shows, dressed as another view is. */
  const viewOfStep = (tour, number, { language, basemap, appearance }) => ({
    ...atlas.viewFromQuery(tour.steps[number - 1].view),
    ...{ tour: tour.id, step: number, language, basemap, appearance },
  });

  /** What a view of an address means: where it names a step of a tour and nothing else but its dress, what that step shows. */
  atlas.meantBy = (view) => {
    const named = stepOf(view),
      rest = { ...view, ...atlas.openParts(["tour", "step", ...DRESS]) };
    return named && !atlas.queryFromView(rest) ? viewOfStep(named.tour, view.step, view) : view;
  };

  /** Rows of the features that the present step is about. */
  atlas.touredRows = () =>
    (atlas.presentStep()?.step.features ?? []).map((id) => atlas.data.rowOf.get(id)).filter((row) => row !== undefined);

  // what was shown before the story
  let before = null;
  /** Go to a step of a tour: the map takes the step's view. */
  atlas.goToStep = (tour, number) => {
    if (!atlas.view.tour) before = atlas.view;
    atlas.showView(viewOfStep(tour, number, atlas.view));
    document.querySelector("#atlas-tour h3")?.focus({ preventScroll: true });
  };

  /** Begin a tour: its panel and its marks need the ground that the list of tours stood upon. */
  const begin = (tour) => {
    atlas.closeSheet();
    atlas.goToStep(tour, 1);
  };

  const leave = () => {
    atlas.showView({ ...(before ?? atlas.viewFromQuery("")), appearance: atlas.view.appearance });
    document.querySelector("#atlas-tabs [data-pane=about]")?.focus();
  };

  /** Show the panel of the present step, or put it away. */
  atlas.refreshTour = () => {
    const panel = document.getElementById("atlas-tour"),
      present = atlas.presentStep();
    panel.hidden = !present;
    if (!present) {
      before = null;
      panel.replaceChildren();
      return;
    }
    const { tour, step } = present,
      number = atlas.view.step,
      last = tour.steps.length;
    const move = (label, to) =>
      element("button", {
        type: "button",
        text: say(label),
        disabled: to < 1 || to > last,
        onclick: () => atlas.goToStep(tour, to),
      });
    panel.setAttribute("aria-label", told(tour.title));
    panel.replaceChildren(
      element(
        "header",
        {},
        element("p", { class: "note", text: `${told(tour.title)} · ${say("step-of", number, last)}` }),
        element("button", {
          type: "button",
          class: "close",
          "aria-label": say("leave-tour"),
          title: say("leave-tour"),
          text: "×",
          onclick: leave,
        }),
      ),
      element("progress", { max: last, value: number, "aria-label": say("step-of", number, last) }),
      element("h3", { tabIndex: -1, text: told(step.title) }),
      element("p", { class: "told", text: told(step.text) }),
      element(
        "div",
        { class: "actions" },
        move("back", number - 1),
        move("next", number + 1),
        element("span", { class: "note keys", text: say("tour-keys") }),
      ),
    );
    if (atlas.labelCanvas._map) atlas.labelCanvas.repaint();
  };

  /** The list of tours for the panel's last tab. */
  atlas.tourList = () =>
    atlas.data.tours.length
      ? [
          element("h2", { text: say("tours") }),
          element(
            "ul",
            { class: "tours" },
            ...atlas.data.tours.map((tour) =>
              element(
                "li",
                {},
                element(
                  "button",
                  { type: "button", onclick: () => begin(tour) },
                  element("strong", { text: told(tour.title) }),
                  ` ${say("steps", tour.steps.length)}`,
                ),
              ),
            ),
          ),
        ]
      : [];

  document.addEventListener("keydown", (event) => {
    const present = atlas.view.tour && atlas.presentStep();
    if (
      !present ||
      event.target.closest("input, textarea, select, .atlas-map") ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (document.dir === "rtl" ? -1 : 1),
      to = atlas.view.step + step;
    if (step && to >= 1 && to <= present.tour.steps.length) {
      event.preventDefault();
      atlas.goToStep(present.tour, to);
    }
    if (event.key === "Escape" && !atlas.view.feature) leave();
  });
})();
