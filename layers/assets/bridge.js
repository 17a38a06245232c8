/* Holds the map's document in a sandboxed frame and carries messages between it and the app.

   This component brings bytes (digest and packed document, which never change for a language and basemap), mount.js what
   the app asks of the map. Between the two, document and code travel once. */

const SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox";
const DIGEST_LENGTH = 64,
  LONGEST_QUERY = 16000,
  LONGEST_ID = 200,
  MOST_DOCUMENTS = 8;

// --- documents, by digest ----------------------------------------------------------------------------------------------

// one page has one copy of this module, and one reader: what is kept here is nobody else's
const shelf = new Map();

const placeOf = (digest) => {
  if (!shelf.has(digest)) {
    const place = {};
    place.document = new Promise((resolve) => {
      place.fill = resolve;
    });
    shelf.set(digest, place);
    if (shelf.size > MOST_DOCUMENTS) shelf.delete(shelf.keys().next().value);
  }
  return shelf.get(digest);
};

const unpack = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();

const shelve = (bytes) => {
  const place = placeOf(new TextDecoder().decode(bytes.subarray(0, DIGEST_LENGTH)));
  if (!place.isFilled) place.fill(unpack(bytes.subarray(DIGEST_LENGTH)));
  place.isFilled = true;
};

// --- messages ----------------------------------------------------------------------------------------------------------

const isQuery = (value) => typeof value === "string" && value.length <= LONGEST_QUERY;
const isFeature = (value) =>
  // signs, as Python counts them: a string's length counts some twice
  value === null || (typeof value === "string" && value.length > 0 && [...value].length <= LONGEST_ID);
const isCount = (value) => Number.isInteger(value) && value >= 0;

const CHECKS = {
  ready: (message) => isQuery(message.query),
  state: (message) => isQuery(message.query) && isFeature(message.feature) && isCount(message.shown),
};
const isSound = (message) =>
  message !== null &&
  typeof message === "object" &&
  Object.hasOwn(CHECKS, message.type) &&
  CHECKS[message.type](message);

// --- the address -------------------------------------------------------------------------------------------------------

/** Write as Python's urlencode does, so that the app finds its own address there and adds no entry to the history. */
const written = (parameters) => parameters.toString().replaceAll("%7E", "~").replaceAll("*", "%2A");

/** Put the map's view into the address in place: a step of the map is no step of the browser's history. */
const keepAddress = (query) => {
  const before = new URLSearchParams(window.location.search),
    after = new URLSearchParams();
  for (const [name, value] of before) if (/^embed(_options)?$/i.test(name)) after.append(name, value);
  for (const [name, value] of new URLSearchParams(query)) after.append(name, value);
  // the ground's appearance is the app's to choose
  if (before.has("appearance")) after.set("appearance", before.get("appearance"));
  else after.delete("appearance");
  const text = written(after);
  try {
    window.history.replaceState(window.history.state, "", text ? `?${text}` : window.location.pathname);
  } catch {
    // browsers refuse too many in a row; the app writes the address a moment later
  }
};

// --- one frame ---------------------------------------------------------------------------------------------------------

// by key: what the reader last saw, for a frame that is put up anew
const lastSeen = new Map();

class HostedMap {
  constructor(root) {
    this.root = root;
    this.greet = this.greet.bind(this);
    window.addEventListener("message", this.greet);
  }

  /** Bring the frame up to what the app asks; without a new request or document, the view is left to the reader. */
  update(request, report) {
    const before = this.request ?? {};
    this.request = request;
    this.report = report;
    if (request.digest !== before.digest) this.open();
    else {
      if (request.turn !== before.turn) this.ask(request.query);
      if (request.appearance !== before.appearance) this.send("appearance", { value: request.appearance });
    }
    this.dress();
  }

  async open() {
    const { digest, key, turn, query } = this.request,
      seen = lastSeen.get(key);
    this.close();
    this.wanted = seen?.turn === turn ? seen.query : query;
    const document_ = await placeOf(digest).document;
    if (this.request.digest !== digest || this.isGone) return;
    this.frame?.remove();
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", SANDBOX);
    this.frame.setAttribute("allow", "clipboard-write *; fullscreen *");
    this.dress();
    this.frame.srcdoc = document_;
    this.root.append(this.frame);
  }

  dress() {
    if (!this.frame) return;
    const { title, height, appearance } = this.request;
    this.frame.title = title;
    this.frame.style.setProperty("--height", `${height}px`);
    // what the document takes for the reader's system, so that it opens on the right ground
    this.frame.style.colorScheme = appearance;
  }

  /** Give a document that listens its end of a channel; only to the frame of our own. */
  greet(event) {
    if (!this.frame || event.source !== this.frame.contentWindow || event.data?.type !== "atlas-listening") return;
    this.close();
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }) => {
      if (this.port === port1 && isSound(data)) this.receive(data);
    };
    const address = window.location.origin + window.location.pathname;
    this.frame.contentWindow.postMessage({ type: "atlas-connect", address }, "*", [port2]);
  }

  receive({ type, query, feature, shown }) {
    if (type === "ready") {
      this.ask(this.wanted);
      this.send("appearance", { value: this.request.appearance });
      return;
    }
    const { key, turn } = this.request,
      isEcho = query === this.asked;
    this.wanted = query;
    this.asked = null;
    lastSeen.set(key, { turn, query });
    keepAddress(query);
    const state = JSON.stringify([query, feature, shown, turn]);
    if (state === this.reported) return;
    this.reported = state;
    // what the app has just asked for is no news to it
    if (!isEcho) this.report({ query, feature, shown, turn });
  }

  ask(query) {
    this.wanted = this.asked = query;
    this.send("view", { query });
  }

  send(type, body) {
    this.port?.postMessage({ type, ...body });
  }

  close() {
    this.port?.close();
    this.port = null;
  }

  remove() {
    this.isGone = true;
    window.removeEventListener("message", this.greet);
    this.close();
    this.frame?.remove();
  }
}

const hosts = new WeakMap();

const show = ({ data, parentElement, setStateValue }) => {
  if (!hosts.has(parentElement)) hosts.set(parentElement, new HostedMap(parentElement));
  const hosted = hosts.get(parentElement);
  hosted.update(data, (state) => setStateValue("state", state));
  return () => {
    hosts.delete(parentElement);
    hosted.remove();
  };
};

// whichever of the two components comes first makes the place where they meet; mount.js has the same words
(globalThis[Symbol.for("atlas-map")] ??= Promise.withResolvers()).resolve(show);

export default function bridge({ data }) {
  shelve(data);
}
