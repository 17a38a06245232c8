/* The view: what is shown, written in the address exactly as the Python side writes it (geo/view.py). */
(() => {
  "use strict";
  const LISTS = ["themes", "sources", "statuses", "precisions", "compare"];
  const DEFAULTS = Object.freeze({
    extent: null,
    themes: null,
    sources: null,
    statuses: null,
    precisions: null,
    since: null,
    until: null,
    undated: true,
    known: null,
    origins: 1,
    text: "",
    language: "en",
    basemap: "atlas",
    appearance: "auto",
    feature: null,
    compare: null,
    tour: null,
    step: 1,
  });
  /** The parts of a view that hide features; themes hide whole panes and are weighed apart. */
  atlas.FILTERS = ["sources", "statuses", "precisions", "since", "until", "undated", "known", "origins", "text"];

  /** Those parts of a view as they hide nothing. */
  atlas.openParts = (names) => Object.fromEntries(names.map((name) => [name, DEFAULTS[name]]));

  const parameterOf = (name) => (name === "text" ? "q" : name);
  const fieldOf = new Map(Object.keys(DEFAULTS).map((name) => [parameterOf(name), name]));

  const side = (degrees) => String(Number(degrees.toFixed(5)));
  const written = (name, value) => {
    if (name === "extent") return value.map(side).join(",");
    if (LISTS.includes(name)) return value.join(",") || "none";
    return typeof value === "boolean" ? (value ? "1" : "0") : String(value);
  };
  const encode = (text) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/%20/g, "+")
      .replace(/%2C/g, ",")
      .replace(/%2F/g, "/")
      .replace(/%3A/g, ":");

  // --- readers: each gives a part of the view, or undefined where the text is none ---

  const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/,
    DEGREES = /^ *[+-]?(\d+\.?\d*|\.\d+) *$/,
    AROUND = /^\p{White_Space}+|\p{White_Space}+$/gu;
  const LONGEST_SLUG = 80,
    LONGEST_ID = 200,
    LONGEST_TEXT = 200;

  const count = (text) => (/^[1-9]\d?$/.test(text) ? Number(text) : undefined);
  const day = (text) => (atlas.readDays(text) ? text : undefined);
  const isFlag = (text) => text === "0" || text === "1";
  const slug = (text) => (text.length <= LONGEST_SLUG && SLUG.test(text) ? text : undefined);
  const setting = (name) => (text) => (atlas.settings[name].includes(text) ? text : undefined);

  /** Read a list: whole, or not at all. */
  const listOf = (read) => (text) => {
    const parts = text === "none" ? [] : text.split(",").filter(Boolean);
    return parts.every((part) => read(part) !== undefined) ? parts : undefined;
  };

  const pair = (text) => {
    const claims = listOf(slug)(text);
    return claims?.length === 2 ? claims : undefined;
  };

  const identity = (text) => {
    const id = text.replace(AROUND, ""),
      // signs, as Python counts them: a string's length counts some twice
      { length } = [...id];
    return length > 0 && length <= LONGEST_ID ? id : undefined;
  };

  const extent = (text) => {
    const given = text.split(","),
      sides = given.map(Number),
      [west, south, east, north] = sides;
    const isSound =
      sides.length === 4 &&
      given.every((side) => DEGREES.test(side)) &&
      west < east &&
      south < north &&
      west >= -180 &&
      east <= 180 &&
      south >= -90 &&
      north <= 90;
    return isSound ? sides : undefined;
  };

  const READERS = {
    extent,
    themes: listOf(slug),
    sources: listOf(slug),
    statuses: listOf(setting("statuses")),
    precisions: listOf(setting("precisions")),
    since: day,
    until: day,
    undated: (text) => (isFlag(text) ? text === "1" : undefined),
    known: day,
    origins: count,
    text: (text) => ([...text].length <= LONGEST_TEXT ? text : undefined),
    language: (text) => (["en", "ar"].includes(text) ? text : undefined),
    basemap: slug,
    appearance: (text) => (["auto", "light", "dark"].includes(text) ? text : undefined),
    feature: identity,
    compare: pair,
    tour: slug,
    step: count,
  };

  /** As much of a typed text as a view may hold, counted in whole signs. */
  atlas.cutText = (text) => [...text].slice(0, LONGEST_TEXT).join("");

  const isReversed = ({ since, until }) =>
    since !== null && until !== null && atlas.readDays(since)[0] > atlas.readDays(until)[1];

  /** Read a view from a query; what is not sound is left out, and of a part given twice the first counts. */
  atlas.viewFromQuery = (query) => {
    const view = { ...DEFAULTS },
      met = new Set();
    for (const [parameter, text] of new URLSearchParams(query.replace(/^[?#]+/, ""))) {
      const name = fieldOf.get(parameter);
      if (!name || met.has(name)) continue;
      met.add(name);
      view[name] = READERS[name](text) ?? DEFAULTS[name];
    }
    return isReversed(view) ? { ...view, since: null, until: null } : view;
  };

  /** Write a view as a query; what stands at its default is left out. */
  atlas.queryFromView = (view) =>
    [...fieldOf]
      .filter(([, name]) => view[name] !== DEFAULTS[name])
      .map(([parameter, name]) => `${parameter}=${encode(written(name, view[name]))}`)
      .join("&");

  const DATE = /^([1-9]\d{3})(?:-(\d\d))?(?:-(\d\d))?[~?%]?$/;
  const dayNumber = (year, month, day) => Date.UTC(year, month - 1, day) / 864e5;

  /** First and last day, counted from 1970-01-01, of one date of year, month and day; null where it is none. */
  atlas.readDays = (text) => {
    const [, year, month, day] = DATE.exec(text) ?? [];
    if (!year) return null;
    const first = dayNumber(+year, +(month ?? 1), +(day ?? 1));
    const last = day ? first : month ? dayNumber(+year, +month + 1, 0) : dayNumber(+year, 12, 31);
    const back = new Date(first * 864e5);
    const exists = back.getUTCMonth() + 1 === +(month ?? 1) && back.getUTCDate() === +(day ?? 1);
    return exists ? [first, last] : null;
  };
})();
