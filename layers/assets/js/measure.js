/* Measuring on the ground: distances along geodesics of WGS 84, by pointer or from the map's middle by keyboard. */
(() => {
  "use strict";
  const element = (...given) => atlas.element(...given),
    say = (...given) => atlas.say(...given);
  const EQUATOR_RADIUS_M = 6378137,
    FLATTENING = 1 / 298.257223563,
    KM_PER_MILE = 1.609344; // WGS 84 (NIMA TR8350.2); international mile, 1959
  let points = [],
    isMeasuring = false;

  /**
   * Length in metres of the shortest line between two places (longitude, latitude in degrees) on WGS 84.
   * Vincenty (1975), Survey Review 23(176), inverse method; good to a millimetre, but not for opposite ends of the earth.
   */
  atlas.geodesicDistance_m = ([lonA, latA], [lonB, latB]) => {
    const rad = Math.PI / 180,
      b = EQUATOR_RADIUS_M * (1 - FLATTENING),
      reduced = (lat) => Math.atan((1 - FLATTENING) * Math.tan(lat * rad));
    const [uA, uB] = [reduced(latA), reduced(latB)],
      [sinA, cosA, sinB, cosB] = [Math.sin(uA), Math.cos(uA), Math.sin(uB), Math.cos(uB)];
    const L0 = (lonB - lonA) * rad;
    let lambda = L0,
      before = Infinity,
      sinS = 0,
      cosS = 1,
      sigma = 0,
      cos2Alpha = 1,
      cos2M = 0;
    for (let turn = 0; turn < 100 && Math.abs(lambda - before) > 1e-12; turn++) {
      sinS = Math.hypot(cosB * Math.sin(lambda), cosA * sinB - sinA * cosB * Math.cos(lambda));
      if (sinS === 0) return 0;
      cosS = sinA * sinB + cosA * cosB * Math.cos(lambda);
      sigma = Math.atan2(sinS, cosS);
      const sinAlpha = (cosA * cosB * Math.sin(lambda)) / sinS;
      cos2Alpha = 1 - sinAlpha ** 2;
      cos2M = cos2Alpha ? cosS - (2 * sinA * sinB) / cos2Alpha : 0;
      const C = (FLATTENING / 16) * cos2Alpha * (4 + FLATTENING * (4 - 3 * cos2Alpha));
      before = lambda;
      lambda = L0 + (1 - C) * FLATTENING * sinAlpha * (sigma + C * sinS * (cos2M + C * cosS * (2 * cos2M ** 2 - 1)));
    }
    const k = (cos2Alpha * (EQUATOR_RADIUS_M ** 2 - b ** 2)) / b ** 2;
    const A = 1 + (k / 16384) * (4096 + k * (-768 + k * (320 - 175 * k))),
      B = (k / 1024) * (256 + k * (-128 + k * (74 - 47 * k)));
    const delta =
      B *
      sinS *
      (cos2M + (B / 4) * (cosS * (2 * cos2M ** 2 - 1) - (B / 6) * cos2M * (4 * sinS ** 2 - 3) * (4 * cos2M ** 2 - 3)));
    return b * A * (sigma - delta);
  };

  const total_m = () => points.slice(1).reduce((sum, point, i) => sum + atlas.geodesicDistance_m(points[i], point), 0);
  const lengthText = (m) =>
    `${(m / 1000).toFixed(m < 10000 ? 2 : 1)} km · ${(m / 1000 / KM_PER_MILE).toFixed(m < 10000 ? 2 : 1)} mi`;

  const paint = (context, frame) => {
    const places = points.map(([lon, lat]) => atlas.mercator(lon, lat)).map(([x, y]) => [frame.x(x), frame.y(y)]);
    if (isMeasuring) {
      context.strokeStyle = atlas.brushes.colour("focus");
      context.lineWidth = 1;
      const [x, y] = [frame.size.x / 2, frame.size.y / 2];
      context.beginPath();
      context.moveTo(x - 7, y);
      context.lineTo(x + 7, y);
      context.moveTo(x, y - 7);
      context.lineTo(x, y + 7);
      context.stroke();
    }
    if (!places.length) return;
    context.beginPath();
    places.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.strokeStyle = atlas.brushes.colour("halo");
    context.lineWidth = 5;
    context.stroke();
    context.strokeStyle = atlas.brushes.colour("focus");
    context.lineWidth = 1.8;
    context.setLineDash([5, 4]);
    context.stroke();
    context.setLineDash([]);
    for (const [x, y] of places) {
      context.beginPath();
      context.arc(x, y, 3.2, 0, 7);
      context.fillStyle = atlas.brushes.colour("focus");
      context.fill();
    }
  };

  const tell = () => {
    const note = document.getElementById("atlas-measure-note");
    note.hidden = !isMeasuring;
    note.textContent = points.length > 1 ? say("measured-so-far", lengthText(total_m())) : say("measure-how");
    if (isMeasuring) atlas.measureCanvas.repaint();
  };

  const begin = (isOn, button) => {
    isMeasuring = isOn;
    points = [];
    if (isOn) atlas.measureCanvas.addTo(atlas.map);
    else atlas.measureCanvas.remove();
    button.setAttribute("aria-pressed", String(isOn));
    atlas.map.getContainer().classList.toggle("measuring", isOn);
    if (isOn) atlas.map.getContainer().focus();
    tell();
  };

  /** Take a click of the map while measuring; tells whether it did. */
  atlas.measureAt = ({ lng, lat }) => {
    if (isMeasuring) {
      points = [...points, [lng, lat]];
      tell();
    }
    return isMeasuring;
  };

  /** Add the button, the canvas and the line that tells the length. */
  atlas.addMeasure = (bar) => {
    const { map } = atlas;
    map.createPane("atlas-measure").style.zIndex = 620;
    atlas.measureCanvas = new atlas.Canvas({ pane: "atlas-measure", paint });
    const button = element("button", {
      type: "button",
      title: say("measure"),
      "aria-label": say("measure"),
      "aria-pressed": "false",
      text: "↔",
      onclick: () => begin(!isMeasuring, button),
    });
    map
      .getContainer()
      .append(element("p", { id: "atlas-measure-note", class: "measure-note", role: "status", hidden: true }));
    bar.append(button);
    map.getContainer().addEventListener("keydown", (event) => {
      if (!isMeasuring) return;
      if (event.key === " " || event.key === "Enter") {
        event.preventDefault();
        atlas.measureAt(map.getCenter());
      }
      if (event.key === "Backspace") {
        points = points.slice(0, -1);
        tell();
      }
      if (event.key === "Escape") {
        event.stopPropagation();
        begin(false, button);
      }
    });
  };
})();
