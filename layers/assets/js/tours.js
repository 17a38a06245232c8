/* Guided stories: a step's text, its view on the map, its features lit; next, back, keyboard, and a link to each step. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);
  const told = (words) => words[atlas.settings.language] ?? words.en;

  /** The tour and step that the view tells, or null. */
  atlas.presentStep = () => {
    const tour = atlas.data.tours.find(({ id }) => id === atlas.view.tour),
      step = tour?.steps[atlas.view.step - 1];
    return step ? { tour, step } : null;
  };

  /** Rows of the features that the present step is about. */
  atlas.touredRows = () =>
    (atlas.presentStep()?.step.features ?? []).map((id) => atlas.data.rowOf.get(id)).filter((row) => row !== undefined);

  let before = "";
  /** Go to a step of a tour: the map takes the step's view. */
  atlas.goToStep = (tour, number) => {
    const step = tour.steps[number - 1];
    if (!atlas.view.tour) before = atlas.queryFromView(atlas.view);
    atlas.restore(`${step.view}&tour=${tour.id}&step=${number}`);
    document.querySelector("#atlas-tour h3")?.focus({ preventScroll: true });
  };

  const leave = () => {
    // back to what was shown before the story
    atlas.restore(before);
    document.querySelector("#atlas-tabs [data-pane=about]")?.focus();
  };

  /** Show the panel of the present step, or put it away. */
  atlas.refreshTour = () => {
    const panel = document.getElementById("atlas-tour"),
      present = atlas.presentStep();
    panel.hidden = !present;
    if (!present) {
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
                  { type: "button", onclick: () => atlas.goToStep(tour, 1) },
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
