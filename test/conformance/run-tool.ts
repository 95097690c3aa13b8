import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/**
 * Runs a Node program in a folder.
 *
 * @throws what it prints, when it ends with anything but success
 */
export async function runTool(
  [program, ...args]: readonly [string, ...string[]],
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = { ...process.env, ...settings };
  const tool = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const end = once(tool, "close");
  const printed = await Promise.all([text(tool.stdout), text(tool.stderr)]);
  await end;
  if (tool.exitCode !== 0) throw new Error(`${program} ended with ${tool.exitCode}\n${printed.join("\n")}`);
}
