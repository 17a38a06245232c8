/* Stands before the page's script: if that fails before the map does stand, the reader gets the plain table and the reason. */
(() => {
  "use strict";
  const root = document.documentElement;
  let reason = "";

  const showPlain = () => {
    if (root.dataset.started) return;
    const table = document.querySelector("noscript")?.textContent ?? "",
      plain = new DOMParser().parseFromString(table, "text/html").querySelector(".plain");
    const place = plain ? document.importNode(plain, true) : document.createElement("div"),
      why = place.querySelector(".why") ?? document.createElement("p");
    place.className = "plain";
    why.className = "why";
    why.setAttribute("role", "alert");
    why.textContent = root.dataset.fault.replace(/ ?\(\{\}\)/, () => (reason ? ` (${reason})` : ""));
    if (!why.parentNode) place.prepend(why);
    document.body.replaceChildren(place);
    root.dataset.failed = "true";
  };

  window.addEventListener("error", ({ message }) => {
    reason ||= message;
  });
  // the page's script runs before this moment, or it never will
  document.addEventListener("DOMContentLoaded", showPlain);
})();
