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

  const READERS = {
    extent: (text) => {
      const sides = text.split(",").map(Number),
        [west, south, east, north] = sides;
      const sound =
        sides.length === 4 &&
        sides.every(Number.isFinite) &&
        west < east &&
        south < north &&
        west >= -180 &&
        east <= 180 &&
        south >= -90 &&
        north <= 90;
      return sound ? sides : undefined;
    },
    since: (text) => (atlas.readDays(text) ? text : undefined),
    until: (text) => (atlas.readDays(text) ? text : undefined),
    known: (text) => (atlas.readDays(text) ? text : undefined),
    undated: (text) => !["0", "false", "no", "off"].includes(text.toLowerCase()),
    origins: (text) => (/^[1-9]\d?$/.test(text) ? Number(text) : undefined),
    language: (text) => (["en", "ar"].includes(text) ? text : undefined),
    appearance: (text) => (["auto", "light", "dark"].includes(text) ? text : undefined),
    step: (text) => (/^[1-9]\d?$/.test(text) ? Number(text) : undefined),
    text: (text) => text.slice(0, 200),
  };
  for (const name of LISTS) READERS[name] = (text) => (text === "none" ? [] : text.split(",").filter(Boolean));

  READERS.compare = (text) => (text.split(",").length === 2 ? text.split(",") : undefined);

  /** Read a view from a query; what is not sound is left out. */
  atlas.viewFromQuery = (query) => {
    const view = { ...DEFAULTS };
    for (const [parameter, text] of new URLSearchParams(query.replace(/^[?#]/, ""))) {
      const name = fieldOf.get(parameter);
      if (!name) continue;
      const value = READERS[name] ? READERS[name](text) : text;
      if (value !== undefined) view[name] = value;
    }
    return view;
  };

  /** Write a view as a query; what stands at its default is left out. */
  atlas.queryFromView = (view) =>
    [...fieldOf]
      .filter(([, name]) => view[name] !== DEFAULTS[name])
      .map(([parameter, name]) => `${parameter}=${encode(written(name, view[name]))}`)
      .join("&");

  const END = /^([1-9]\d{3})(?:-(\d\d))?(?:-(\d\d))?[~?%]?$/;
  const dayNumber = (year, month, day) => Date.UTC(year, month - 1, day) / 864e5;
  const endDays = (text) => {
    const [, year, month, day] = END.exec(text) ?? [];
    if (!year) return null;
    const first = dayNumber(+year, +(month ?? 1), +(day ?? 1));
    const last = day ? first : month ? dayNumber(+year, +month + 1, 0) : dayNumber(+year, 12, 31);
    const back = new Date(first * 864e5);
    const exists = back.getUTCMonth() + 1 === +(month ?? 1) && back.getUTCDate() === +(day ?? 1);
    return exists ? [first, last] : null;
  };

  /** First and last day, counted from 1970-01-01, of a date of year, month and day or an interval of two; null where it is none. */
  atlas.readDays = (text) => {
    const ends = String(text).trim().split("/");
    if (ends.length === 1) return endDays(ends[0]);
    const isOpen = (end) => end === "" || end === "..";
    const first = isOpen(ends[0]) ? [-Infinity, -Infinity] : endDays(ends[0]);
    const last = isOpen(ends[1]) ? [Infinity, Infinity] : endDays(ends[1]);
    return ends.length === 2 && first && last && first[0] <= last[1] ? [first[0], last[1]] : null;
  };
})();
