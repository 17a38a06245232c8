/* The scale's lengths in the letters of the page's language. */
(() => {
  "use strict";
  const UNITS = { km: "unit-km", m: "unit-m", mi: "unit-mi", ft: "unit-ft" };

  /** A length as Leaflet's scale writes it, with its unit in the page's language. */
  atlas.lengthText = (text) => text.replace(/\b(km|m|mi|ft)$/, (unit) => atlas.say(UNITS[unit]));

  const { _updateScale: update } = L.Control.Scale.prototype;
  L.Control.Scale.include({
    _updateScale(node, text, ratio) {
      update.call(this, node, atlas.lengthText(text), ratio);
      node.dir = "auto";
    },
  });
})();
