/* Holds the map's document in a sandboxed frame and carries messages between it and the app.

   This component brings a document's bytes, amend.js those of another that differs from it in little, and mount.js what the
   app asks of the map. So document and code travel once. */

const SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox";
const END_OF_HEAD = 10, // a line break
  LONGEST_QUERY = 16000,
  MOST_DOCUMENTS = 8; // three at least: that which is left, that which is coming, and what it is told by

// --- documents, by digest ----------------------------------------------------------------------------------------------

// one page has one copy of this module, and one reader: what is kept here is nobody else's
const shelf = new Map();

const placeOf = (digest) => {
  const place = shelf.get(digest) ?? Promise.withResolvers();
  // what was asked for last is kept longest
  shelf.delete(digest);
  shelf.set(digest, place);
  if (shelf.size > MOST_DOCUMENTS) shelf.delete(shelf.keys().next().value);
  return place;
};

const unpack = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();

const amend = (base, differences) => {
  let text = "",
    from = 0;
  for (const [begin, end, other] of differences) {
    text += base.slice(from, begin) + other;
    from = end;
  }
  return text + base.slice(from);
};

/** Keep a document: a line of JSON (digest, title, and what it is told by if that is another), then packed text. */
const shelve = (bytes) => {
  const end = bytes.indexOf(END_OF_HEAD);
  const [digest, title, base] = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  const place = placeOf(digest);
  if (!place.title) {
    const text = unpack(bytes.subarray(end + 1));
    place.resolve(
      base ? Promise.all([placeOf(base).promise, text]).then(([told, json]) => amend(told, JSON.parse(json))) : text,
    );
  }
  place.title = title;
};

// --- messages ----------------------------------------------------------------------------------------------------------

const isQuery = (value) => typeof value === "string" && value.length <= LONGEST_QUERY;
const isSound = (message) =>
  message !== null &&
  typeof message === "object" &&
  ["ready", "state"].includes(message.type) &&
  isQuery(message.query);

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

// --- light and dark ----------------------------------------------------------------------------------------------------

const appOf = (root) => (root.host ?? root).closest("[data-testid=stApp]") ?? document.body;

/** Light or dark: as asked, or where that is open as the app is, by its own theme or the reader's system. */
const groundOf = (appearance, root) => {
  if (appearance !== "auto") return appearance;
  return getComputedStyle(appOf(root)).colorScheme.includes("dark") ? "dark" : "light";
};

// --- room --------------------------------------------------------------------------------------------------------------

const PATIENCE_MS = 500;

/** Wait until what was just put up has been painted once, so that a page in it never begins without any room; not for
    long, for a window in the background paints nothing. */
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, PATIENCE_MS);
  });

// --- one frame ---------------------------------------------------------------------------------------------------------

// by key: what the reader last saw, for a frame that is put up anew
const lastSeen = new Map();

class HostedMap {
  constructor(root) {
    this.root = root;
    this.greet = this.greet.bind(this);
    window.addEventListener("message", this.greet);
    this.appWatch = new MutationObserver(() => this.followApp());
    this.appWatch.observe(appOf(root), { attributes: true, attributeFilter: ["class", "style"] });
  }

  /** Bring the frame up to what the app asks; without a new request or document, the view is left to the reader. */
  update(request, report) {
    const before = this.request ?? {};
    this.request = request;
    this.report = report;
    if (request.digest !== before.digest) this.open();
    else {
      if (request.turn !== before.turn) this.ask(request.query);
      this.dress();
    }
  }

  async open() {
    const { digest, key, turn, query } = this.request,
      seen = lastSeen.get(key);
    this.close();
    this.wanted = seen?.turn === turn ? seen.query : query;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.setAttribute("allow", "clipboard-write *; fullscreen *");
    const isStale = () => this.request.digest !== digest || this.isGone,
      isFirst = !this.frame;
    if (isFirst) this.put(frame);
    const [text] = await Promise.all([placeOf(digest).promise, isFirst && painted()]);
    if (isStale()) return;
    // a frame before it stays until there is something to put in its place
    if (!isFirst) {
      this.put(frame);
      await painted();
      if (isStale()) return;
    }
    this.dress();
    frame.srcdoc = text;
  }

  /** Put up a frame in place of the one before. */
  put(frame) {
    this.frame?.remove();
    this.frame = frame;
    this.root.append(frame);
  }

  dress() {
    if (!this.frame) return;
    this.frame.title = placeOf(this.request.digest).title ?? "";
    const ground = groundOf(this.request.appearance, this.root);
    // what the document takes for the reader's system, so that it opens on the right ground
    this.frame.style.colorScheme = ground;
    if (ground !== this.ground) this.send("appearance", { value: ground });
    this.ground = ground;
  }

  /** Follow the app around the map to light or dark, and tell it: what it offers begins as the map looks. */
  followApp() {
    const before = this.ground;
    this.dress();
    if (!before || this.ground === before) return;
    const { query, turn } = this.told ?? { query: this.wanted, turn: this.request.turn };
    this.report({ query, turn, ground: this.ground });
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

  receive({ type, query }) {
    if (type === "ready") {
      this.ask(this.wanted);
      this.send("appearance", { value: this.ground });
      return;
    }
    const { key, turn } = this.request,
      isEcho = query === this.asked;
    this.wanted = query;
    this.asked = null;
    lastSeen.set(key, { turn, query });
    keepAddress(query);
    this.told = { query, turn };
    const state = JSON.stringify(this.told);
    if (state === this.reported) return;
    this.reported = state;
    // what the app has just asked for is no news to it
    if (!isEcho) this.report(this.told);
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
    this.appWatch.disconnect();
    this.close();
    this.frame?.remove();
  }
}

const hosts = new WeakMap();

const show = ({ data, parentElement, setStateValue }) => {
  // taken away before the code was here
  if (!parentElement.isConnected) return () => {};
  if (!hosts.has(parentElement)) hosts.set(parentElement, new HostedMap(parentElement));
  const hosted = hosts.get(parentElement);
  hosted.update(data, (state) => setStateValue("state", state));
  return () => {
    hosts.delete(parentElement);
    hosted.remove();
  };
};

// whichever of the components comes first makes the place where they meet; mount.js and amend.js have the same words
(globalThis[Symbol.for("atlas-map")] ??= Promise.withResolvers()).resolve({ show, shelve });

export default function bridge({ data }) {
  shelve(data);
}
