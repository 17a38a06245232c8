/* Mounts the map's frame. It travels with every request, and so is a few words: the code came with bridge.js. */

export default (component) => {
  const { promise } = (globalThis[Symbol.for("atlas-map")] ??= Promise.withResolvers());
  const shown = promise.then(({ show }) => show(component));
  return () => shown.then((remove) => remove());
};
