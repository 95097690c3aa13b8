import "@oxc-node/core/register";
import asyncHooks from "node:async_hooks";
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";
import { setGlobals } from "./jest-globals.mjs";

register("./resolve-jest-globals.mjs", import.meta.url);

const require = createRequire(import.meta.url);
const { default: runFile } = require("jest-circus/runner");

/**
 * Runs a test file by Jest's own framework, with modules loaded by Node and not by Jest: a worker loads and compiles each module of
 * `src/` and of packages once and not once a file, and what was compiled stays warm. So the files of a worker share the state of those
 * modules, and none may rest on its being fresh. Variables of the environment, the working folder and the console are given back.
 */
export default function runNatively(globalConfig, config, environment, _runtime, testPath, sendMessage) {
  const restore = keepState();
  globalThis.console = environment.global.console;
  // Jest's own way of tracing knows nothing of Node's source maps.
  Error.prepareStackTrace = undefined;
  // Nothing is awaited here, lest this function stand in the trace of every failure.
  return runFile(globalConfig, config, { global: globalThis }, nativeRuntime, testPath, sendMessage)
    .finally(forgetStorages)
    .finally(restore);
}

/** The part of Jest's module loader that its framework calls. */
const nativeRuntime = {
  requireInternalModule: requireAfresh,
  requireModule: require,
  setGlobalsForRuntime: setGlobals,
  enterTestCode: () => undefined,
  leaveTestCode: () => undefined,
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (path) => import(pathToFileURL(path).href),
};

/** The framework keeps a file's tests and listeners in module variables and under this symbol. */
function requireAfresh(path) {
  delete require.cache[path];
  delete globalThis[Symbol.for("EVENT_HANDLERS")];
  const { AsyncLocalStorage } = asyncHooks;
  asyncHooks.AsyncLocalStorage = NotedStorage;
  try {
    return require(path);
  } finally {
    asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
  }
}

const storages = [];

/** In one of these the framework follows a test through its promises. */
class NotedStorage extends asyncHooks.AsyncLocalStorage {
  constructor() {
    super();
    storages.push(this);
  }
}

/** Those of all files before would make every promise of the next ones dearer. */
function forgetStorages() {
  for (const storage of storages.splice(0)) storage.disable();
}

/** Returns what sets the process back to what it is now. */
function keepState() {
  const { console } = globalThis;
  const folder = process.cwd();
  const env = { ...process.env };
  return () => {
    globalThis.console = console;
    process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  };
}
