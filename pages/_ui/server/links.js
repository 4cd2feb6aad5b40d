// A link of ours to a page of the app opens it in this session, as «back» and «forward» do, not in a new one.
// Links are text to Streamlit: a button for each card and tile would cost a browser more than the charts.
(() => {
  "use strict";
  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a.go");
    if (!link || link.origin !== location.origin) return;
    event.preventDefault();
    if (link.href !== location.href) history.pushState(null, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
  });
})();
