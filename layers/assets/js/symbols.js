/* How a theme and a precision look: glyphs, hatches and swatches, drawn with canvas paths only. */
(() => {
  "use strict";
  const PRECISION = { EXACT: 0, APPROXIMATE: 1, AREA: 2, SCHEMATIC: 3 };
  atlas.PRECISION = PRECISION;

  /** The ground's colours that the canvases need, named as in the style sheet. */
  const COLOURS = [
    "paper",
    "land",
    "sea",
    "boundary",
    "graticule",
    "graticule-text",
    "text",
    "quiet-text",
    "water-text",
    "halo",
    "focus",
    "bar",
    "bar-out",
  ];

  const GLYPHS = {
    dot: (c, r) => c.arc(0, 0, r, 0, 2 * Math.PI),
    ring: (c, r) => {
      c.arc(0, 0, r, 0, 2 * Math.PI);
      c.moveTo(r * 0.45, 0);
      c.arc(0, 0, r * 0.45, 0, 2 * Math.PI, true);
    },
    diamond: (c, r) => {
      c.moveTo(0, -r * 1.25);
      c.lineTo(r * 1.25, 0);
      c.lineTo(0, r * 1.25);
      c.lineTo(-r * 1.25, 0);
      c.closePath();
    },
    square: (c, r) => c.rect(-r * 0.9, -r * 0.9, r * 1.8, r * 1.8),
    triangle: (c, r) => {
      c.moveTo(0, -r * 1.15);
      c.lineTo(r * 1.1, r * 0.85);
      c.lineTo(-r * 1.1, r * 0.85);
      c.closePath();
    },
    cross: (c, r) => {
      const a = r * 0.35,
        b = r * 1.1;
      c.moveTo(-a, -b);
      for (const [x, y] of [
        [a, -b],
        [a, -a],
        [b, -a],
        [b, a],
        [a, a],
        [a, b],
        [-a, b],
        [-a, a],
        [-b, a],
        [-b, -a],
        [-a, -a],
      ])
        c.lineTo(x, y);
      c.closePath();
    },
    line: (c, r) => c.rect(-r * 1.3, -r * 0.35, r * 2.6, r * 0.7),
    arrow: (c, r) => {
      c.moveTo(r * 1.3, 0);
      c.lineTo(-r, -r);
      c.lineTo(-r * 0.4, 0);
      c.lineTo(-r, r);
      c.closePath();
    },
  };

  /** Trace a glyph of radius r_px around the origin. */
  atlas.traceGlyph = (context, glyph, r_px) => {
    context.beginPath();
    GLYPHS[glyph](context, r_px);
  };

  const makeCanvas = (width, height) => {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    return canvas;
  };

  const HATCHES = {
    rising: (c, s) => {
      for (const o of [-s, 0, s]) {
        c.moveTo(o, s);
        c.lineTo(o + s, 0);
      }
    },
    falling: (c, s) => {
      for (const o of [-s, 0, s]) {
        c.moveTo(o, 0);
        c.lineTo(o + s, s);
      }
    },
    level: (c, s) => {
      c.moveTo(0, s / 2);
      c.lineTo(s, s / 2);
    },
    upright: (c, s) => {
      c.moveTo(s / 2, 0);
      c.lineTo(s / 2, s);
    },
    crossed: (c, s) => {
      HATCHES.rising(c, s);
      HATCHES.falling(c, s);
    },
  };

  /** Draw a hatch's tile on a canvas that serves them all: a pattern keeps what it was made from. */
  const hatchTile = (tile, hatch, ink, ratio) => {
    const size = 8 * ratio,
      context = tile.getContext("2d");
    tile.width = tile.height = size;
    context.strokeStyle = context.fillStyle = ink;
    context.lineWidth = 1.3 * ratio;
    context.beginPath();
    if (hatch === "dots") {
      for (const [x, y] of [
        [0.25, 0.25],
        [0.75, 0.75],
      ]) {
        context.moveTo(x * size, y * size);
        context.arc(x * size, y * size, 1.15 * ratio, 0, 7);
      }
      context.fill();
    } else {
      HATCHES[hatch](context, size);
      context.stroke();
    }
    return tile;
  };

  /** The disc around a place that is known less than exactly: a thin edge where approximate, none for an area, dashes for a scheme. */
  const paintDisc = (context, r_px, precision, ink) => {
    context.beginPath();
    context.arc(0, 0, r_px, 0, 2 * Math.PI);
    context.strokeStyle = context.fillStyle = ink;
    context.globalAlpha = { [PRECISION.APPROXIMATE]: 0.16, [PRECISION.AREA]: 0.28, [PRECISION.SCHEMATIC]: 0.05 }[
      precision
    ];
    context.fill();
    context.globalAlpha = 1;
    if (precision === PRECISION.AREA) return;
    context.lineWidth = 0.9;
    context.setLineDash(precision === PRECISION.SCHEMATIC ? [3, 2.5] : []);
    context.stroke();
    context.setLineDash([]);
  };

  /** A glyph with its disc, its halo and its second outline, on a canvas of its own; half is from its middle to its edge. */
  const makeSprite = (glyph, { ink, halo, land, ratio }, { solid, corroborated, vagueness, r_px }) => {
    const disc_px = vagueness > PRECISION.EXACT ? 2 * r_px : 0,
      edge_px = Math.max(r_px * 1.3, disc_px),
      half = Math.ceil(edge_px + (corroborated ? 5 : 3)),
      stamp = makeCanvas(2 * half * ratio, 2 * half * ratio),
      context = stamp.getContext("2d");
    context.scale(ratio, ratio);
    context.translate(half, half);
    if (disc_px) paintDisc(context, disc_px, vagueness, ink);
    atlas.traceGlyph(context, glyph, r_px);
    if (r_px > 2) {
      context.lineWidth = 3;
      context.strokeStyle = halo;
      context.stroke();
    }
    context.fillStyle = solid ? ink : land;
    context.fill();
    context.lineWidth = r_px > 2 ? 1.6 : 0.6;
    context.strokeStyle = ink;
    context.stroke();
    if (corroborated) {
      context.beginPath();
      context.arc(0, 0, edge_px + 3, 0, 2 * Math.PI);
      context.lineWidth = 1;
      context.stroke();
    }
    return { stamp, half };
  };

  /** Brushes of the current ground (light or dark): inks, hatch patterns and glyph sprites, each made once. */
  atlas.makeBrushes = (settings, isDark) => {
    const ratio = Math.min(window.devicePixelRatio || 1, 2),
      tile = makeCanvas(1, 1),
      patterns = new Map(),
      sprites = new Map();
    // read once: asking the style again after a change of the page would lay it out anew
    const ground = getComputedStyle(document.documentElement);
    const colours = new Map(COLOURS.map((name) => [name, ground.getPropertyValue(`--${name}`).trim()]));
    const colour = (name) => colours.get(name);
    const inks = settings.themes.map((theme) => (isDark ? theme.dark : theme.light)),
      nameInks = settings.themes.map((theme) => (isDark ? theme.darkNames : theme.lightNames));

    const pattern = (context, number) => {
      if (!patterns.has(number)) {
        const { hatch } = settings.themes[number];
        const made =
          hatch === "none" ? null : context.createPattern(hatchTile(tile, hatch, inks[number], ratio), "repeat");
        made?.setTransform(new DOMMatrix().scale(1 / ratio));
        patterns.set(number, made);
      }
      return patterns.get(number);
    };

    /**
     * A glyph ready to be stamped: solid, or hollow where only denied; in a small disc where the place is known less than
     * exactly and nobody says how far off it may be; outlined once more where corroborated.
     */
    const sprite = (number, { solid, corroborated, vagueness = PRECISION.EXACT, r_px = 4.5 }) => {
      const key = `${number}|${solid}|${corroborated}|${vagueness}|${r_px}`,
        paints = { ink: inks[number], halo: colour("halo"), land: colour("land"), ratio };
      if (!sprites.has(key))
        sprites.set(key, makeSprite(settings.themes[number].glyph, paints, { solid, corroborated, vagueness, r_px }));
      return sprites.get(key);
    };
    return { isDark, ratio, inks, nameInks, colour, pattern, sprite };
  };

  /** A legend swatch: the theme's schematic area with its glyph on it. */
  atlas.swatch = (settings, brushes, number) => {
    const width = 34,
      height = 20,
      canvas = makeCanvas(width * brushes.ratio, height * brushes.ratio),
      context = canvas.getContext("2d");
    const { glyph } = settings.themes[number];
    context.scale(brushes.ratio, brushes.ratio);
    context.strokeStyle = context.fillStyle = brushes.inks[number];
    if (glyph === "line") {
      context.lineWidth = 4;
      context.beginPath();
      context.moveTo(3, 14);
      context.lineTo(31, 6);
      context.stroke();
    } else if (glyph === "arrow") {
      context.lineWidth = 2.5;
      context.beginPath();
      context.moveTo(3, 13);
      context.lineTo(22, 9);
      context.stroke();
      context.translate(25, 8.5);
      context.rotate(-0.2);
      atlas.traceGlyph(context, "arrow", 5);
      context.fill();
    } else {
      const pattern = brushes.pattern(context, number);
      if (pattern) {
        context.fillStyle = pattern;
        context.fillRect(1, 1, width - 2, height - 2);
      }
      context.setLineDash([4, 3]);
      context.lineWidth = 1;
      if (pattern) context.strokeRect(1, 1, width - 2, height - 2);
      context.setLineDash([]);
      const { stamp, half } = brushes.sprite(number, { solid: true, corroborated: false });
      context.drawImage(stamp, width / 2 - half, height / 2 - half, 2 * half, 2 * half);
    }
    canvas.className = "swatch";
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  };
})();
