import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { findCycle } from "./find-cycle.js";
import { type Import, readImports } from "./read-imports.js";
import { roomOf, rooms, ruleFor } from "./rooms.js";

const root = join(import.meta.dirname, "../..");
const imports = [...readImports(root, "src"), ...readImports(root, "migrations")];

describe("imports", () => {
  test("are found, so that the tests below see something", () => {
    expect(imports).toContainEqual({ from: "src/app/run-import.ts", to: "src/store/import-catalog.ts", isFile: true });
    expect(imports).toContainEqual({ from: "src/cli/serve.command.ts", to: "src/app/build-app.ts", isFile: true });
    expect(imports).toContainEqual({ from: "src/cli/serve.command.ts", to: "commander", isFile: false });
  });

  test("lead only to rooms that the importing room may know", () => {
    const strays = imports.filter(
      ({ from, to, isFile }) => isFile && roomOf(from) !== roomOf(to) && !mayEnter(from, to),
    );
    expect(strays.map(describeImport)).toEqual([]);
  });

  test("name only packages that the importing room may use", () => {
    const strays = imports.filter(({ from, to, isFile }) => !isFile && !mayUse(from, to));
    expect(strays.map(describeImport)).toEqual([]);
  });

  test("form no cycle between files", () => {
    expect(findCycle(imports.filter(({ isFile }) => isFile))).toEqual([]);
  });
});

describe("rooms", () => {
  const folders = readdirSync(join(root, "src"));

  test("are the folders of src/, each with its rule", () => {
    const known = Object.keys(rooms).filter((name) => !name.includes(",") && name !== "migrations");
    expect(new Set(folders)).toEqual(new Set(known));
  });

  test("stand in ARCHITECTURE.md, all of them and no other", () => {
    const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
    const named = [...text.matchAll(/^\| `src\/([a-z]+)\/` \|/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(folders));
  });
});

describe("cycles", () => {
  const link = (from: string, to: string): Import => ({ from, to, isFile: true });

  test.each([
    ["none in a diamond", [link("a", "b"), link("a", "c"), link("b", "d"), link("c", "d")], []],
    ["a file that imports itself", [link("a", "a")], ["a", "a"]],
    [
      "three in a ring behind an entry",
      [link("e", "a"), link("a", "b"), link("b", "c"), link("c", "a")],
      ["a", "b", "c", "a"],
    ],
  ])("finds %s", (_, links, cycle) => {
    expect(findCycle(links)).toEqual(cycle);
  });
});

function mayEnter(from: string, to: string): boolean {
  return ruleFor(from)?.rooms.includes(roomOf(to)) === true;
}

function mayUse(from: string, name: string): boolean {
  const packages = ruleFor(from)?.packages ?? [];
  return packages.includes(name) || (name.startsWith("node:") && packages.includes("node:"));
}

const describeImport = ({ from, to }: Import) => `${from} imports ${to}`;
