import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { parseSync } from "@swc/core";

export interface Import {
  /** The importing file, from the root of the package, e.g. `src/app/config.ts`. */
  readonly from: string;
  /** The imported file in the same form, or a package, e.g. `@apollo/server`, `node:fs`. */
  readonly to: string;
  readonly isFile: boolean;
}

/** Every import of every file below `folder`: of values and of types, static and dynamic, and re-exports. */
export function readImports(root: string, folder: string): readonly Import[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  return files.flatMap((entry) => importsOf(root, join(entry.parentPath, entry.name)));
}

function importsOf(root: string, path: string): readonly Import[] {
  const module = parseSync(readFileSync(path, "utf8"), { syntax: "typescript", decorators: true, target: "es2022" });
  const from = toName(root, path);
  return specifiersIn(module).map((specifier) =>
    specifier.startsWith(".")
      ? { from, to: toName(root, join(dirname(path), specifier.replace(/\.js$/, ".ts"))), isFile: true }
      : { from, to: toPackage(specifier), isFile: false },
  );
}

const toName = (root: string, path: string) => relative(root, path).split(sep).join("/");

/** `@apollo/server/plugin/disabled` is the package `@apollo/server`. */
function toPackage(specifier: string): string {
  return specifier.startsWith("@") ? specifier.split("/", 2).join("/") : (specifier.split("/", 1)[0] ?? specifier);
}

const kinds: ReadonlySet<unknown> = new Set(["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration"]);

function specifiersIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const own = specifierOf(node);
  return [...(own === undefined ? [] : [own]), ...Object.values(node).flatMap(specifiersIn)];
}

function specifierOf(node: object): string | undefined {
  const { type, source, callee, argument, arguments: given } = node as Readonly<Record<string, unknown>>;
  if (kinds.has(type)) return textOf(source);
  if (type === "TsImportType") return textOf(argument);
  const isCall = type === "CallExpression" && fieldOf(callee, "type") === "Import";
  return isCall && Array.isArray(given) ? textOf(fieldOf(given[0], "expression")) : undefined;
}

const textOf = (node: unknown) => {
  const value = fieldOf(node, "value");
  return typeof value === "string" ? value : undefined;
};

function fieldOf(node: unknown, name: string): unknown {
  return typeof node === "object" && node !== null ? Reflect.get(node, name) : undefined;
}
