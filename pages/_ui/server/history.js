// One act of a person is one step of the browser's history.
// Streamlit makes an entry for every message that changes the address: a page chosen in the navigation would be one,
// and the filters that go along to it another. Whatever changes the address again before the next click or key changes
// the entry that is there.
(() => {
  "use strict";
  let acted = true;
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { acted = true; }, true);
  addEventListener("popstate", () => { acted = false; }, true);
  const push = history.pushState;
  history.pushState = function (...entry) {
    const fresh = acted;
    acted = false;
    return fresh ? push.apply(history, entry) : history.replaceState(...entry);
  };
})();
