// Tells the page that opened the cashier through the pretend bridge how it ended.
const outcome = document.querySelector("main").dataset.outcome;
window.opener?.postMessage({ err_msg: `get_brand_wcpay_request:${outcome}` }, "*");
window.close();
