// Starts the web app over the static shell of index.html; where it cannot start, the shell says so.
function sayFailed(error) {
  console.error(error);
  const waiting = document.getElementById("boot-waiting");
  const failed = document.getElementById("boot-failed");
  if (waiting && failed) {
    waiting.hidden = true;
    failed.hidden = false;
  }
}

import("{{app.js}}")
  .then((app) => app.default({ module_or_path: "{{app.wasm}}" }))
  .catch(sayFailed);
