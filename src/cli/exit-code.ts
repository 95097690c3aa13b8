/** What a command's exit code tells a script. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  configuration: 3,
  database: 4,
  incomplete: 5,
  interrupted: 130,
} as const;
