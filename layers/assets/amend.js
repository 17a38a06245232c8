/* Brings what differs between a document and the one that the browser has: a few words, as the code came with bridge.js. */

export default ({ data }) => {
  const { promise } = (globalThis[Symbol.for("atlas-map")] ??= Promise.withResolvers());
  promise.then(({ shelve }) => shelve(data));
};
