/* Thousands of marks at once: set into one picture pixel by pixel, several times as fast as the canvas stamps them. */
(() => {
  "use strict";
  const DOT_ALPHA = 0.65,
    picture = document.createElement("canvas");
  let image = null;

  // the bytes of a pixel are red, green, blue, alpha; every machine in use has the last one highest
  const pack = (red, green, blue, alpha) => (alpha << 24) | (blue << 16) | (green << 8) | red;

  /** The pixels of a stamp that are not clear: how far each lies from the middle, and its colour. */
  atlas.pixelsOfStamp = (stamp) => {
    const { width, height } = stamp,
      { data } = stamp.getContext("2d").getImageData(0, 0, width, height),
      colours = new Int32Array(data.buffer),
      inked = [...colours.keys()].filter((place) => data[4 * place + 3]);
    return {
      reach: Math.max(width, height) / 2,
      dx: Int32Array.from(inked, (place) => (place % width) - width / 2),
      dy: Int32Array.from(inked, (place) => Math.floor(place / width) - height / 2),
      colours: Int32Array.from(inked, (place) => colours[place]),
    };
  };

  /** The pixels of a small square dot, which shows where marks are dense. */
  atlas.pixelsOfDot = (ink, ratio) => {
    const reach = ratio > 1 ? 2 : 1,
      side = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach),
      [red, green, blue] = [1, 3, 5].map((i) => parseInt(ink.slice(i, i + 2), 16));
    return {
      reach: reach + 1,
      dx: Int32Array.from(side.flatMap(() => side)),
      dy: Int32Array.from(side.flatMap((y) => side.map(() => y))),
      colours: new Int32Array(side.length ** 2).fill(pack(red, green, blue, Math.round(DOT_ALPHA * 255))),
    };
  };

  /** A colour laid over another, as the canvas does (Porter and Duff's "over", colours not multiplied by alpha). */
  const over = (top, ground) => {
    const a = top >>> 24,
      b = ground >>> 24,
      alpha = a + b - Math.round((a * b) / 255),
      share = a / alpha,
      red = ground & 255,
      green = (ground >>> 8) & 255,
      blue = (ground >>> 16) & 255;
    return pack(
      red + Math.round(((top & 255) - red) * share),
      green + Math.round((((top >>> 8) & 255) - green) * share),
      blue + Math.round((((top >>> 16) & 255) - blue) * share),
      alpha,
    );
  };

  /** A blank picture of that size; the last one is used again where it fits. */
  const blank = (width, height) => {
    if (image?.width === width && image.height === height) image.data.fill(0);
    else image = new ImageData(width, height);
    return image;
  };

  const stampOne = (pixels, middle, steps, colours) => {
    for (let i = 0; i < steps.length; i++) {
      const place = middle + steps[i],
        colour = colours[i],
        ground = pixels[place];
      pixels[place] = colour >>> 24 === 255 || !ground ? colour : over(colour, ground);
    }
  };

  /** Stamp pixels at many places, given in pixels of the frame; those that the frame's edge would cut stay away. */
  atlas.stampMany = (context, frame, { reach, dx, dy, colours }, xs, ys) => {
    const { ratio } = atlas.brushes,
      width = Math.ceil(frame.size.x * ratio),
      height = Math.ceil(frame.size.y * ratio);
    // a frame that is not laid out yet has no room
    if (!width || !height) return;
    const filled = blank(width, height),
      pixels = new Int32Array(filled.data.buffer),
      steps = Int32Array.from(dx, (x, i) => dy[i] * width + x);
    for (let mark = 0; mark < xs.length; mark++) {
      const x = Math.round(xs[mark] * ratio),
        y = Math.round(ys[mark] * ratio);
      if (x < reach || y < reach || x > width - reach || y > height - reach) continue;
      stampOne(pixels, y * width + x, steps, colours);
    }
    picture.width = width;
    picture.height = height;
    picture.getContext("2d").putImageData(filled, 0, 0);
    context.drawImage(picture, 0, 0, width / ratio, height / ratio);
  };
})();
