import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** As root Chromium has no sandbox; the rest keeps it from calling its maker. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the Chromium of this machine.
 *
 * @throws Error that says how to get one, when there is none
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(
      `no Chromium at \`${executablePath}\`: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH`,
    );
  }
  return chromium.launch({ executablePath, args: flags, timeout: 120_000 });
}

/** A visitor with an empty browser profile, and all that must not happen while they look around. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every request that left for another origin than the server's. */
  readonly foreignRequests: readonly string[];
  /** Errors and warnings of the console, uncaught errors, failed requests and broken policies. */
  readonly complaints: readonly string[];
}

/** Opens an empty page that may only speak to `origin`; the caller closes `context`. */
export async function startVisit(browser: Browser, origin: string, colorScheme: "light" | "dark"): Promise<Visit> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
  // A busy machine is slow, not wrong.
  context.setDefaultTimeout(120_000);
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  context.on("request", (request) => {
    if (!isAtHome(request.url(), origin)) foreignRequests.push(request.url());
  });
  context.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "unknown";
    // A page that is left or reloaded drops what it still waits for.
    if (reason !== "net::ERR_ABORTED") complaints.push(`${reason} ${request.url()}`);
  });
  context.on("weberror", (webError) => complaints.push(webError.error().message));
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  return { page: await context.newPage(), context, foreignRequests, complaints };
}

function isAtHome(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || url.startsWith("data:") || url.startsWith(`blob:${origin}/`);
}
