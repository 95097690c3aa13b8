import { base } from "../../jest.config.mjs";

/** The started server in a real browser: `npm run build` first, and a Chromium at CHROMIUM_PATH or /usr/bin/chromium. */
export default { ...base, maxWorkers: 1 };
