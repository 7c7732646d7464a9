// Before the first paint, so that a dark page never flashes light.
(() => {
  var chosen;
  try {
    chosen = localStorage.getItem('wirelight.theme');
  } catch {
    // Storage may be switched off; then the system decides.
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
