/* Copying words, and saying on the button that they are copied. */
(() => {
  "use strict";
  const say = (...given) => atlas.say(...given);

  /** How long a button says what became of the words. */
  const SAID_MS = 2500;

  /** By button that says so: its own label, and the timer that brings it back. */
  const saying = new WeakMap();

  const fieldBeside = (button) => (button.nextElementSibling?.matches(".by-hand") ? button.nextElementSibling : null);

  /** Take a field away: once the reader has left it, where they are in it. */
  const removeField = (field) => {
    if (document.activeElement === field) field.addEventListener("blur", () => field.remove(), { once: true });
    else field.remove();
  };

  const putBack = (button, label) => {
    saying.delete(button);
    button.textContent = label;
    const field = fieldBeside(button);
    if (field) removeField(field);
  };

  /** Say something on a button for a while; its own label comes back, however often it is pressed. */
  const sayOn = (button, words) => {
    const { label, timer } = saying.get(button) ?? { label: button.textContent };
    clearTimeout(timer);
    button.textContent = words;
    saying.set(button, { label, timer: setTimeout(() => putBack(button, label), SAID_MS) });
  };

  /** Show the text to be copied by hand, marked; whether the browser's older way copies it. */
  const offer = (text, button) => {
    fieldBeside(button)?.remove();
    const field = atlas.element("textarea", {
      class: "by-hand",
      readOnly: true,
      value: text,
      "aria-label": say("copy-by-hand"),
    });
    button.after(field);
    field.select();
    const isCopied = document.execCommand("copy");
    if (isCopied) field.remove();
    return isCopied;
  };

  /** Copy text and say so on the button; where the clipboard is barred, show the text to be copied by hand. */
  atlas.copy = async (text, button) => {
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      isCopied = offer(text, button);
    }
    sayOn(button, say(isCopied ? "copied" : "copy-by-hand"));
  };
})();
