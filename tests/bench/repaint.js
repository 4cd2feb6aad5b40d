// Notes when the page last changed, so that a click can be timed to its last repaint.
window.repaint = { clicked: 0, last: 0, charts: 0 };
new MutationObserver((changes) => {
  const now = performance.now();
  for (const change of changes) {
    const element = change.target.nodeType === 1 ? change.target : change.target.parentElement;
    if (!element) continue;
    window.repaint.last = now;
    if (element.closest('[data-testid="stVegaLiteChart"]')) window.repaint.charts = now;
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
document.addEventListener("click", () => { window.repaint.clicked = performance.now(); }, true);
