/* The key of gathered marks: how many features stand on the map as dots, and the counts that dots of some sizes stand for. */
(() => {
  "use strict";
  const dot = (count, { radius_px }, text = atlas.countText(count)) => {
    const width = `${2 * radius_px(count)}px`;
    return atlas.element("span", {}, atlas.element("i", { style: `width:${width};height:${width}` }), text);
  };

  const keyOf = (gathering) => {
    const { seen, full } = gathering;
    return atlas.element(
      "div",
      { id: "atlas-density", "data-covers-map": "" },
      atlas.element("p", { text: atlas.say("density-means", atlas.countText(seen)) }),
      atlas.element(
        "p",
        { class: "dots" },
        dot(full / 10, gathering),
        dot(full / 2, gathering),
        dot(full, gathering, atlas.say("or-more", atlas.countText(full))),
      ),
    );
  };

  /** Show what the dots stand for, beside the scale; away while marks are drawn one by one. */
  atlas.refreshDensityKey = atlas.afterPause(120, () => {
    const before = document.getElementById("atlas-density"),
      gathering = atlas.gathering();
    if (!gathering) {
      before?.remove();
      return;
    }
    const key = keyOf(gathering);
    if (before?.textContent === key.textContent) return;
    before?.remove();
    atlas.map.getContainer().append(key);
    atlas.repaintNames();
  });
})();
