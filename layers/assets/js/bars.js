/* The bars of the time strip: how many claims touch each month, all of them pale, and before them those that are shown. */
(() => {
  "use strict";
  /** Share of the dated claims that may begin before the strip does; its first month stands for all time before. */
  const EARLY_SHARE = 0.04;

  /** Least height of a bar that stands for anything, and least room for a year's number. */
  const LEAST_PX = 1.5,
    YEAR_PX = 34;

  /** A day's month, counted from the year 0. */
  atlas.monthOf = (day) => {
    const date = new Date(day * 864e5);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };

  /** First and last month of each claim; the last is before the first where it has no date. */
  const spansOfClaims = () => {
    const { data } = atlas,
      { firstDay, lastDay } = data,
      isOpen = (day) => !Number.isFinite(day),
      // many claims have few dates
      begin = Int32Array.from(firstDay, (day, date) => atlas.monthOf(isOpen(day) ? lastDay[date] : day)),
      end = Int32Array.from(lastDay, (day, date) => atlas.monthOf(isOpen(day) ? firstDay[date] : day)),
      whens = atlas.datesOfClaims(data);
    return {
      firsts: Int32Array.from(whens, (when) => (when < 0 ? 0 : begin[when])),
      lasts: Int32Array.from(whens, (when) => (when < 0 ? -1 : end[when])),
    };
  };

  /** By month of the strip, how many of the claims that are counted touch it. */
  const countMonths = ({ firsts, lasts, first, last }, isCounted) => {
    const steps = new Int32Array(last - first + 2);
    for (let claim = 0; claim < firsts.length; claim++) {
      if (lasts[claim] < firsts[claim] || !isCounted(claim)) continue;
      steps[Math.max(0, firsts[claim] - first)]++;
      steps[Math.max(0, lasts[claim] - first) + 1]--;
    }
    let sum = 0;
    return Uint32Array.from(steps.subarray(0, -1), (step) => (sum += step));
  };

  /** The strip's months and how many claims touch each; null where no claim has a date. */
  atlas.countBars = () => {
    const spans = spansOfClaims(),
      starts = spans.firsts.filter((first, claim) => spans.lasts[claim] >= first).sort();
    if (!starts.length) return null;
    const first = starts[Math.floor(starts.length * EARLY_SHARE)],
      last = spans.lasts.reduce((latest, each) => Math.max(latest, each), first),
      bars = { ...spans, first, last, isCut: starts[0] < first };
    return { ...bars, all: countMonths(bars, () => true), shown: null };
  };

  /** Count those that are shown now. */
  atlas.countShownBars = (bars) => {
    const { data, marks } = atlas,
      isThemeShown = atlas.settings.themes.map((_, number) => atlas.isThemeShown(number));
    bars.shown = countMonths(
      bars,
      (claim) => marks.passing[claim] && marks.shown[data.owner[claim]] && isThemeShown[data.theme[data.owner[claim]]],
    );
  };

  /** Draw the bars, as tall as there are claims, and a line at the beginning of each year. */
  atlas.drawBars = (canvas, { first, all, shown }) => {
    const ratio = window.devicePixelRatio || 1,
      width = canvas.clientWidth,
      height = canvas.clientHeight,
      context = canvas.getContext("2d"),
      { colour } = atlas.brushes,
      most = Math.max(...all),
      step = width / all.length;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    context.scale(ratio, ratio);
    const draw = (counts, ink) => {
      context.fillStyle = colour(ink);
      counts.forEach((count, i) => {
        const tall = count ? Math.max(LEAST_PX, (count / most) * height) : 0;
        context.fillRect(i * step, height - tall, Math.max(1, step - 0.5), tall);
      });
    };
    draw(all, "bar-out");
    if (shown) draw(shown, "bar");
    drawYears(context, first, step, { width, height });
  };

  const drawYears = (context, first, step, { width, height }) => {
    const every = Math.ceil(YEAR_PX / (12 * step));
    context.font = "9.5px system-ui, sans-serif";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.strokeStyle = atlas.brushes.colour("paper");
    for (let year = Math.ceil(first / 12); (year * 12 - first) * step < width; year++) {
      const x = Math.round((year * 12 - first) * step);
      context.fillStyle = atlas.brushes.colour("quiet-text");
      context.globalAlpha = 0.45;
      context.fillRect(x, 0, 1, height);
      context.globalAlpha = 1;
      if (year % every || x + YEAR_PX > width) continue;
      context.lineWidth = 2.5;
      context.strokeText(String(year), x + 3, 0);
      context.fillText(String(year), x + 3, 0);
    }
  };
})();
