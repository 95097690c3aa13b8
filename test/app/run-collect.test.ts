import { expect, test } from "@jest/globals";
import { UsageRefused } from "../../src/app/failure.js";
import { type CollectSettings, collectFolder } from "../../src/app/run-collect.js";

const settings: CollectSettings = { regions: [], timeout: "30", concurrency: "4", former: "CONTINUE" };
const listener = { onProgress: () => undefined, onWait: () => undefined };

test.each<[string, Partial<CollectSettings>, string]>([
  ["an address with a path", { endpoint: "https://gateway.example/x" }, "is not of the form https://host:port"],
  [
    "an address with a password",
    { endpoint: "https://me:secret@gateway.example" },
    "is not of the form https://host:port",
  ],
  ["an address of another kind", { endpoint: "ftp://gateway.example" }, "is not of the form https://host:port"],
  ["an address in the clear", { endpoint: "http://10.0.0.1:80" }, "would send a session's token in the clear"],
  ["a region that is none", { regions: ["cn-hangzhou", "evil.example/"] }, "`evil.example/` is no region"],
  ["too much at once", { concurrency: "99" }, "--concurrency `99` is not a whole number from 1 to 16"],
  ["no time", { timeout: "0" }, "--timeout `0` is not a whole number from 1 to 600"],
])("collecting with %s is refused before anything is done", async (_, more, words) => {
  const collecting = collectFolder("/nowhere", { ...settings, ...more }, listener);
  await expect(collecting).rejects.toThrow(UsageRefused);
  await expect(collecting).rejects.toThrow(words);
  await expect(collecting).rejects.not.toThrow("secret");
});
