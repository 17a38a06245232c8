/* Mounts the map's frame. It travels with every change, and so is a few words: the code came with bridge.js. */

const { promise } = (globalThis[Symbol.for("atlas-map")] ??= Promise.withResolvers());

export default function mount(component) {
  let remove = null,
    isGone = false;
  promise.then((show) => {
    if (!isGone) remove = show(component);
  });
  return () => {
    isGone = true;
    remove?.();
  };
}
