/* What the pointer is over: outlined, and named beside the pointer with how many more are there. */
(() => {
  "use strict";
  const OFF_POINTER_PX = 14;

  /** Mark a row under the pointer or the keyboard's focus. */
  atlas.hover = atlas.oncePerFrame((row) => {
    if (row === atlas.hovered) return;
    atlas.hovered = row;
    if (!atlas.focusCanvas._map) atlas.focusCanvas.addTo(atlas.map);
    atlas.focusCanvas.repaint();
  });

  const tip = atlas.element("div", { class: "tip", "aria-hidden": "true", hidden: true }),
    // a finger covers what it points at, and the card names it at once
    hasPointer = window.matchMedia("(hover: hover)");
  let named = "",
    size = null;

  const write = (rows) => {
    const [row] = rows,
      { settings, brushes, data } = atlas,
      key = `${row} ${rows.length} ${brushes.isDark}`;
    if (key === named) return;
    named = key;
    tip.replaceChildren(
      atlas.swatch(settings, brushes, data.theme[row]),
      atlas.element("span", { class: "tip-name", dir: "auto", text: atlas.ownName(row) }),
      ...(rows.length > 1
        ? [atlas.element("span", { class: "count", text: atlas.say("more-here", atlas.countText(rows.length - 1)) })]
        : []),
    );
    tip.hidden = false;
    size = { x: tip.offsetWidth, y: tip.offsetHeight };
  };

  /** Show the name of the first of some rows beside a place of the map in pixels, on the side that has room. */
  const showTip = (rows, { x, y }) => {
    if (!rows.length || !hasPointer.matches) {
      hideTip();
      return;
    }
    write(rows);
    const stage = atlas.map.getSize(),
      left = x + OFF_POINTER_PX + size.x > stage.x ? x - OFF_POINTER_PX - size.x : x + OFF_POINTER_PX,
      top = y + OFF_POINTER_PX + size.y > stage.y ? y - OFF_POINTER_PX - size.y : y + OFF_POINTER_PX;
    tip.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, top)}px)`;
    tip.hidden = false;
  };

  const hideTip = () => {
    tip.hidden = true;
  };

  const placeText = ({ lat, lng }) =>
    [
      atlas.angleText(`${Math.abs(lat).toFixed(3)}°`, lat, false),
      atlas.angleText(`${Math.abs(lng).toFixed(3)}°`, lng, true),
    ].join(atlas.say("comma"));

  /** Follow the pointer over the map; while it drags the map, nothing is looked for. */
  atlas.followPointer = (map) => {
    let isOver = false;
    map.getContainer().append(tip);
    const follow = atlas.oncePerFrame(({ latlng, containerPoint }) => {
      if (!isOver) return;
      const rows = atlas.hitRows(map, ...atlas.mercator(latlng.lng, latlng.lat));
      map.getContainer().classList.toggle("over-mark", rows.length > 0);
      atlas.hover(rows[0] ?? -1);
      showTip(rows, containerPoint);
      const pointer = document.getElementById("atlas-pointer");
      // the margin comes after the first picture, the pointer may be there before it
      if (pointer) pointer.textContent = placeText(latlng);
    });
    map.on("mousemove", (event) => {
      isOver = !event.originalEvent.buttons;
      if (isOver) follow(event);
    });
    map.on("mouseout", () => {
      isOver = false;
      hideTip();
      atlas.hover(-1);
    });
    map.on("mousedown movestart zoomstart", hideTip);
  };
})();
