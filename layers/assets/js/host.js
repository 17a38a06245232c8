/* The channel to the page that hosts this document in a frame (the Streamlit app): views in; view, choice and state out. */
(() => {
  "use strict";
  let port = null;

  const send = (type, body) => port?.postMessage({ type, ...body });

  const receive = ({ data: message }) => {
    if (message?.type === "view" && typeof message.query === "string") {
      if (message.query !== atlas.queryFromView(atlas.view)) atlas.restore(message.query.slice(0, 16000));
    } else if (message?.type === "appearance" && ["light", "dark"].includes(message.value))
      atlas.followHost(message.value);
  };

  /** True where the document stands in another page's frame. */
  atlas.isHosted = window.parent !== window;

  /** Tell the host what is shown and chosen now. */
  atlas.tellHost = () => send("state", { query: atlas.queryFromView(atlas.view) });

  /** Wait for the host's hand: one port, from the parent only, once. */
  atlas.awaitHost = () => {
    if (!atlas.isHosted) return;
    const take = (event) => {
      if (event.source !== window.parent || event.data?.type !== "atlas-connect" || !event.ports[0] || port) return;
      window.removeEventListener("message", take);
      port = event.ports[0];
      if (typeof event.data.address === "string") atlas.publicAddress = event.data.address;
      port.onmessage = receive;
      send("ready", { query: atlas.queryFromView(atlas.view) });
    };
    window.addEventListener("message", take);
    window.parent.postMessage({ type: "atlas-listening" }, "*");
  };
})();
