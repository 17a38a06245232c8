/* The ground that everything begins with, clear of what stands upon the map: title, buttons, scale. */
(() => {
  "use strict";
  /** Room at the map's edges: beside buttons, below them, above the scale, and else. */
  const BUTTONS_PX = 56,
    BELOW_BUTTONS_PX = 190,
    SCALE_PX = 30,
    SCALE_OF_LOW_PX = 56,
    LEAST_PX = 9;

  /** Up to this height the map comes so little near that El Arish, in the corner of the scale, has to be lifted above it. */
  const LOW_PX = 500;

  /** Beside a title no wider than this share of the map there is room for the corridor's upper end. */
  const BESIDE = 0.6;

  /** A frame as tall as this, by its width, has the corridor below the buttons and not beside them. */
  const TALL = 1.2;

  /** Of the room that is left above and below, the share above: south of the corridor there is more to see than sea. */
  const ABOVE = 0.1;

  /** Room on each side: the corridor runs from the lower left to the upper right, other data may lie in any corner. */
  const roomAround = ({ x, y }) => {
    const plate = document.querySelector(".plate"),
      title = plate.offsetTop + plate.offsetHeight + LEAST_PX,
      isRightToLeft = document.dir === "rtl",
      isTall = y > TALL * x,
      bottom = y > LOW_PX ? SCALE_PX : SCALE_OF_LOW_PX,
      isTitleBeside = atlas.settings.isCorridor && !isRightToLeft && plate.offsetLeft + plate.offsetWidth < BESIDE * x,
      [start, end] = [LEAST_PX, isTall ? LEAST_PX : BUTTONS_PX];
    if (!atlas.settings.isCorridor) return { top: title, bottom, left: BUTTONS_PX, right: BUTTONS_PX };
    return {
      top: isTall && !isRightToLeft ? BELOW_BUTTONS_PX : isTitleBeside ? LEAST_PX : title,
      bottom,
      left: start,
      right: isRightToLeft ? start : end,
    };
  };

  /** Bounds of home and the room about them, as Leaflet fits bounds. */
  atlas.homeFit = () => {
    const { map, settings } = atlas,
      [west, south, east, north] = settings.wholeHome,
      bounds = L.latLngBounds([south, west], [north, east]),
      size = map.getSize(),
      { top, bottom, left, right } = roomAround(size);
    const zoom = map.getBoundsZoom(bounds, false, L.point(left + right, top + bottom)),
      tall = map.project(bounds.getSouthWest(), zoom).y - map.project(bounds.getNorthEast(), zoom).y,
      spare = settings.isCorridor ? Math.max(0, size.y - top - bottom - tall) : 0;
    return {
      bounds,
      paddingTopLeft: L.point(left, top + ABOVE * spare),
      paddingBottomRight: L.point(right, bottom + (1 - ABOVE) * spare),
    };
  };
})();
