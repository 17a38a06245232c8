/* Choosing a feature. */
(() => {
  "use strict";
  let chosenClaim = -1;
  /** Bring card, list, article and outline up to what is chosen. */
  atlas.showChosen = () => {
    const row = atlas.data.rowOf.get(atlas.view.feature) ?? -1;
    atlas.showCard(row, { claim: chosenClaim });
    // it is brought into sight once, and not at each later change
    chosenClaim = -1;
    atlas.markInList();
    if (document.getElementById("atlas-article-text")) atlas.refreshReading();
    if (row >= 0) atlas.keepInSight(row);
    if ((row >= 0 || atlas.view.compare || atlas.view.tour) && !atlas.focusCanvas._map)
      atlas.focusCanvas.addTo(atlas.map);
    else if (atlas.focusCanvas._map) atlas.focusCanvas.repaint();
  };

  /** Choose a feature (null: none); fly to it where asked. */
  atlas.choose = (id, { fly = false, claim = -1, keepStack = false, focusCard = true } = {}) => {
    if (!keepStack) atlas.stack = null;
    chosenClaim = claim;
    const before = atlas.view.feature;
    atlas.change({ feature: id, compare: id === null ? atlas.view.compare : null });
    if (before === id) {
      atlas.putCardFirst();
      atlas.showChosen();
    }
    const row = atlas.data.rowOf.get(id);
    if (fly && row !== undefined) atlas.flyTo(row, { onlyIfHidden: true });
    if (id !== null && focusCard) document.querySelector("#atlas-card h3")?.focus({ preventScroll: true });
    if (id === null) document.querySelector(`#atlas-list [data-feature="${CSS.escape(before ?? "")}"]`)?.focus();
  };
})();
