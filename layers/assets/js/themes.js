/* One pane and one canvas per theme. */
(() => {
  "use strict";
  /** Called by each theme's Folium element: a pane and a canvas for the theme of that number. */
  atlas.addTheme = (map, number) => {
    const name = `atlas-theme-${number}`,
      pane = map.createPane(name);
    pane.style.zIndex = 500 - number;
    pane.dataset.theme = atlas.settings.themes[number].key;
    const canvas = new atlas.Canvas({
      pane: name,
      paint: (context, frame) => atlas.paintTheme(context, frame, number),
      isIdle: () => pane.hidden || !atlas.marks,
    });
    atlas.themeLayers[number] = { pane, canvas, isMounted: false };
  };

  let isFirstPicture = true;
  atlas.isFirstPicture = () => isFirstPicture;

  /** For the first picture all themes are drawn on the ground's canvas: one is far quicker to show than a canvas each. */
  atlas.paintFirstPicture = (context, frame) => {
    if (!isFirstPicture) return;
    const shown = atlas.settings.themes
      .map((_, number) => number)
      .filter(atlas.isThemeShown)
      .reverse();
    shown.forEach((number) => atlas.paintTheme(context, frame, number));
  };

  /** Put a pane and a canvas for each theme in the place of the first picture. */
  atlas.replaceFirstPicture = (map) => {
    if (!isFirstPicture) return;
    isFirstPicture = false;
    atlas.settings.themes.forEach((_, number) => atlas.showTheme(map, number, atlas.isThemeShown(number)));
    atlas.groundCanvas.repaint();
  };

  /** Areas are as strong as themes are few: those of all themes are drawn again when next they are shown. */
  atlas.ageAreas = () => {
    const { geometry } = atlas.data;
    atlas.themeLayers.forEach(({ canvas }, number) => {
      if (atlas.marks.rows[number].some((row) => geometry.kind[row] === atlas.kinds.AREA)) canvas._stale = true;
    });
  };

  /** Show or hide a theme's pane; it is drawn only if it has gone stale while hidden. */
  atlas.showTheme = (map, number, isShown) => {
    const layer = atlas.themeLayers[number];
    layer.pane.hidden = !isShown;
    if (!isShown) return;
    if (!layer.isMounted && atlas.marks.rows[number].length) {
      layer.canvas.addTo(map);
      layer.isMounted = true;
    } else if (layer.isMounted) layer.canvas.freshen();
  };
})();
