const globals = new URL("./jest-globals.mjs", import.meta.url).href;

/** A hook of Node's module loader: the package itself works in Jest's loader only. */
export function resolve(specifier, context, nextResolve) {
  return specifier === "@jest/globals" ? { url: globals, shortCircuit: true } : nextResolve(specifier, context);
}
