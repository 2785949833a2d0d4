// Which browser the tests run in, and how large its window is.

/** Debian's Chromium, which asks for nothing but what the tests open. */
export const launchOptions = {
  executablePath: process.env.GRADPHOTO_CHROMIUM || '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** A small phone of somebody in China. */
export const PHONE = { viewport: { width: 360, height: 780 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };

/** A desktop whose browser prefers English. */
export const DESKTOP = { viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: 'Asia/Shanghai' };

/** The desktop at twice the size, for who sees little. */
export const ZOOMED = { ...DESKTOP, viewport: { width: 640, height: 400 } };

const ANDROID = 'Mozilla/5.0 (Linux; Android 14; V2307A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

/** The phone as it names itself to a site. */
export const PHONE_BROWSER = { ...PHONE, userAgent: ANDROID };

/** The same phone inside WeChat. */
export const WECHAT = { ...PHONE, userAgent: `${ANDROID} MicroMessenger/8.0.49` };
