import { readFile, writeFile } from "node:fs/promises";

const [BEGIN, END] = [
  "<!-- figures: `npm run bench -- --page` writes what is between these marks -->",
  "<!-- end of figures -->",
];

/**
 * Puts figures into a page, between its two marks.
 *
 * @throws for a page that does not have them
 */
export async function writeInto(page: string, text: string): Promise<void> {
  const was = await readFile(page, "utf8");
  const [from, to] = [was.indexOf(BEGIN), was.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${page}: has no lines \`${BEGIN}\` and \`${END}\``);
  await writeFile(page, `${was.slice(0, from + BEGIN.length)}\n\n${text}\n\n${was.slice(to)}`);
}
