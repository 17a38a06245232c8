/* A canvas in a pane of its own that follows the map: it is moved with a pan, scaled with a zoom, and drawn anew when either ends. */
(() => {
  "use strict";

  /** options.paint(context, frame) draws; frame turns world fractions into pixels of the canvas. */
  atlas.Canvas = L.Renderer.extend({
    options: { padding: 0, paint: () => {} },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._context = this._container.getContext("2d");
    },

    _destroyContainer() {
      this._container.remove();
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      if (this.options.isIdle?.()) {
        this._stale = true;
        return;
      }
      this.repaint();
    },

    // Leaflet's own would move the canvas by a part of a pixel afterwards, which blurs the letters
    _reset() {
      this._update();
    },

    _onZoomEnd() {},

    /** Draw again at the map's present place. */
    repaint() {
      if (!this._bounds) return;
      this._stale = false;
      const size = this._bounds.getSize(),
        ratio = Math.min(window.devicePixelRatio || 1, 2),
        canvas = this._container;
      if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
        canvas.width = size.x * ratio;
        canvas.height = size.y * ratio;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this._context.clearRect(0, 0, size.x, size.y);
      this.options.paint(this._context, atlas.frame(this._map, this._bounds.min, size));
    },

    /** Draw beyond the map's edge by a share of its size, so that a pan shows no blank ground. */
    widen(padding) {
      this.options.padding = padding;
      if (this._map) this._update();
    },

    /** Draw only if a draw was put off while idle. */
    freshen() {
      if (this._stale) this.repaint();
    },
  });

  /** The map's present frame: scale and offset from world fractions to pixels, and the pixels' size. */
  atlas.frame = (map, corner, size) => {
    const scale = map.options.crs.scale(map.getZoom()),
      origin = map.getPixelOrigin();
    const left = origin.x + corner.x,
      top = origin.y + corner.y;
    return {
      scale,
      size,
      zoom: map.getZoom(),
      x: (world) => world * scale - left,
      y: (world) => world * scale - top,
      west: left / scale,
      east: (left + size.x) / scale,
      north: top / scale,
      south: (top + size.y) / scale,
    };
  };

  /** Pixels on the ground at a Mercator latitude: how long one metre is. WGS 84 equator 40,075,016.686 m (EPSG:3857). */
  atlas.pixelsPerMetre = (frame, worldY) => (frame.scale / 40075016.686) * Math.cosh(Math.PI * (1 - 2 * worldY));

  /** How far beyond the frame a stroke may reach into it, in pixels: half the widest one, and some. */
  const STROKE_PX = 40;

  /** Radius of a position that stands alone among several of one feature, in pixels. */
  const POINT_PX = 3;

  /** On which sides of the frame a point lies outside it, as bits (Cohen and Sutherland's outcode). */
  const outside = (x, y, { size }) =>
    (x < -STROKE_PX ? 1 : x > size.x + STROKE_PX ? 2 : 0) | (y < -STROKE_PX ? 4 : y > size.y + STROKE_PX ? 8 : 0);

  /**
   * Trace all pieces of a feature; areas are closed. Left out is what would not be seen: points closer than half a pixel to
   * the last, and points beyond one side of the frame between others beyond that side.
   */
  atlas.traceShape = (context, geometry, row, frame) => {
    const { pieces, kind } = geometry,
      isArea = kind[row] === atlas.kinds.AREA;
    for (let piece = pieces[row]; piece < pieces[row + 1]; piece++) {
      tracePiece(context, geometry, piece, frame);
      if (isArea) context.closePath();
    }
  };

  const tracePiece = (context, { x, y, starts }, piece, frame) => {
    const first = starts[piece],
      end = starts[piece + 1];
    let lastX = frame.x(x[first]),
      lastY = frame.y(y[first]),
      lastOut = outside(lastX, lastY, frame),
      held = null;
    if (end - first === 1) {
      context.moveTo(lastX + POINT_PX, lastY);
      context.arc(lastX, lastY, POINT_PX, 0, 2 * Math.PI);
      return;
    }
    context.moveTo(lastX, lastY);
    for (let i = first + 1; i < end; i++) {
      const px = frame.x(x[i]),
        py = frame.y(y[i]);
      if (i < end - 1 && !held && Math.abs(px - lastX) < 0.5 && Math.abs(py - lastY) < 0.5) continue;
      const out = outside(px, py, frame);
      if (held && !(lastOut & held.out & out)) {
        context.lineTo(held.x, held.y);
        lastOut = held.out;
      }
      if (lastOut & out) held = { x: px, y: py, out };
      else {
        context.lineTo(px, py);
        held = null;
        lastOut = out;
      }
      lastX = px;
      lastY = py;
    }
    if (held) context.lineTo(held.x, held.y);
  };

  /** Whether a feature's box, widened by margin_px, meets the frame. */
  atlas.isInFrame = (geometry, row, frame, margin_px = 20) => {
    const margin = margin_px / frame.scale;
    return (
      geometry.west[row] <= frame.east + margin &&
      geometry.east[row] >= frame.west - margin &&
      geometry.north[row] <= frame.south + margin &&
      geometry.south[row] >= frame.north - margin
    );
  };
})();
