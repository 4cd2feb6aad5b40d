// Whoever is let in no more is shown out: a link that was taken back or is over, a session that was ended.
// The server says so at the next rerun anyway; this is for a screen that nobody touches.
(() => {
  "use strict";
  const EVERY = 4000;
  const NO_ACCOUNTS = 205;
  let timer;
  async function ask() {
    clearTimeout(timer);
    if (document.hidden) return;
    let status = 0;
    try { status = (await fetch("/door", { cache: "no-store" })).status; } catch { /* the server is away: ask again */ }
    if (status === 401) { location.replace("/gone"); return; }
    if (status !== NO_ACCOUNTS) timer = setTimeout(ask, EVERY);
  }
  addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, EVERY);
})();
