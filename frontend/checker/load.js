// Starts the worker that looks at photos. A classic script, since gloo-worker makes classic workers.
importScripts("{{photo/checker.js}}");
wasm_bindgen({ module_or_path: "{{photo/checker.wasm}}" });
