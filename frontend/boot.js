// Starts the web app over the static shell of index.html; where it cannot start, the shell says so.
try {
  const app = await import("{{app.js}}");
  await app.default({ module_or_path: "{{app.wasm}}" });
} catch (error) {
  console.error(error);
  document.getElementById("boot-waiting")?.setAttribute("hidden", "");
  document.getElementById("boot-failed")?.removeAttribute("hidden");
}
