/* Puts the interactive chart in the place of its picture, as wide as its place; again when that changes.
   Expressions are interpreted, never compiled: the file's policy allows no eval. */
(() => {
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const shown = new Map();
  const show = async (figure) => {
    const place = figure.querySelector(".chart");
    const width = Math.floor(figure.clientWidth);
    if (!width || shown.get(figure) === width) return;
    shown.set(figure, width);
    const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const fresh = document.createElement("div");
    fresh.className = "chart";
    await vegaEmbed(fresh, { ...spec, width }, { ast: true, actions: false, renderer: "svg", mode: "vega-lite" });
    if (shown.get(figure) === width) place.replaceWith(fresh);
  };
  const all = () => figures.reduce((before, figure) => before.then(() => show(figure)).catch(() => {}), Promise.resolve());
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(all, 200);
  });
  all().then(() => document.documentElement.classList.add("shown"));
})();
