import { expect, test } from "@jest/globals";
import { asTyped } from "../../src/app/as-typed.js";

test.each<[string, string, string]>([
  [
    "an example",
    "\n  ramgraph ask X\n  ramgraph demo",
    "\n  npm run -s ramgraph -- ask X\n  npm run -s ramgraph -- demo",
  ],
  ["behind a setting", "  PORT=8080 ramgraph serve", "  PORT=8080 npm run -s ramgraph -- serve"],
  ["behind a pipe", "  jq . | ramgraph check -", "  jq . | npm run -s ramgraph -- check -"],
  ["within a sentence", "run `ramgraph migrate`", "run `npm run -s ramgraph -- migrate`"],
])("a command is shown as one types it in a checkout: %s", (_where, text, typed) => {
  expect(asTyped(text)).toBe(typed);
});

test.each(["a newer ramgraph is refused", "postgres://me@db/ramgraph x", "Usage: ramgraph ask [options]"])(
  "what is no command stays: %s",
  (text) => expect(asTyped(text)).toBe(text),
);
