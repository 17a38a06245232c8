/* The one name that the page's scripts share, and the few tools that all of them use. */
const atlas = {};

(() => {
  "use strict";

  /** Make an element; every value becomes text or a plain property, never markup. */
  atlas.element = (tag, properties = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null) continue;
      if (name === "class") node.className = value;
      else if (name === "text") node.textContent = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name in node && !name.includes("-") && name !== "list") node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...children.filter(isChild));
    return node;
  };

  // a part that is left out stands as null, undefined or false among its siblings
  const isChild = (child) => child !== null && child !== undefined && child !== false;

  /** A closed part of the page whose inside is made when it is first opened. */
  atlas.openLater = (properties, heading, make) => {
    const details = atlas.element("details", properties, atlas.element("summary", { text: heading }));
    details.addEventListener("toggle", () => {
      if (details.children.length === 1) details.append(...make().filter(isChild));
    });
    return details;
  };

  /** Read one of the document's data blocks. */
  atlas.readBlock = (name) => {
    const block = document.getElementById(`atlas-${name}`);
    if (!block) return null;
    const value = JSON.parse(block.textContent);
    block.remove(); // the text of a large table would be held for nothing
    return value;
  };

  /** Call a function at most once a frame, with the arguments of its last call. */
  atlas.oncePerFrame = (action) => {
    let waiting = false,
      latest = [];
    return (...given) => {
      latest = given;
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        action(...latest);
      });
    };
  };

  /** Call a function once its calls have paused for a while. */
  atlas.afterPause = (pause_ms, action) => {
    let timer = 0;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => action(...given), pause_ms);
    };
  };

  /** A whole number with its thousands apart; the browser's own formatter takes longer to make than the first picture's marks. */
  atlas.countText = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

  /** The words on the screen in the page's language; {} is filled from the values given. */
  atlas.say = (key, ...values) => {
    let left = values.slice();
    const words = atlas.strings[key] ?? key;
    return words.replace(/\{\}/g, () => left.shift());
  };

  /** A text in a language of its own: direction and language are marked, so that it is shown and read aloud rightly. */
  atlas.inLanguage = (tag, language, text, properties = {}) =>
    atlas.element(tag, {
      ...properties,
      lang: language,
      dir: language === "ar" || language === "he" ? "rtl" : "ltr",
      text,
    });
})();
