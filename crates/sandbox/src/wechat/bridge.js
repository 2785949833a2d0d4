// Pretends to be the bridge of WeChat's own browser: opens the sandbox's cashier beside the page and
// reports back what the buyer did there. For tests and demos; the page calls it as it calls the real one.
(() => {
  const pages = new URL(document.currentScript?.src ?? window.gradphotoSandboxPages).origin;
  window.WeixinJSBridge = {
    invoke(name, parameters, callback) {
      if (name !== "getBrandWCPayRequest") {
        callback({ err_msg: `${name}:fail` });
        return;
      }
      const query = new URLSearchParams({ ...parameters, back: "bridge:" });
      window.open(`${pages}/jsapi?${query}`, "_blank");
      window.addEventListener("message", function done(event) {
        if (event.origin === pages && typeof event.data?.err_msg === "string") {
          window.removeEventListener("message", done);
          callback(event.data);
        }
      });
    },
  };
  document.dispatchEvent(new Event("WeixinJSBridgeReady"));
})();
