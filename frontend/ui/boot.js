// Starts a web app over the static shell of its index.html, which names the app's script and program; where it cannot start,
// the shell says so, and tries again when the network is back.
function sayFailed(error) {
  console.warn(error);
  const waiting = document.getElementById("boot-waiting");
  const failed = document.getElementById("boot-failed");
  if (waiting && failed) {
    waiting.hidden = true;
    failed.hidden = false;
    addEventListener("online", () => location.reload());
  }
}

const script = document.querySelector("link[rel=modulepreload]").href;
const program = document.querySelector("link[rel=preload][as=fetch]").href;

import(script)
  .then((app) => app.default({ module_or_path: program }))
  .catch(sayFailed);
