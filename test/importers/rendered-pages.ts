/** A page as its author meant it, to be saved in one of three formats. */
export type Part =
  | { readonly heading: string }
  | { readonly text: string }
  | { readonly steps: readonly string[] }
  | { readonly json: string };

export const FORMATS = ["text", "Markdown", "HTML"] as const;
export type Format = (typeof FORMATS)[number];

/** Saves a page: as the words alone, as Markdown, or as HTML. */
export function renderPage(parts: readonly Part[], format: Format): string {
  const lines = parts.flatMap((part, index) => RENDER[format](part, index));
  return format === "HTML" ? `<html><body>\n${lines.join("\n")}\n</body></html>\n` : `${lines.join("\n\n")}\n`;
}

const RENDER: Readonly<Record<Format, (part: Part, index: number) => string[]>> = {
  text: (part) => {
    if ("json" in part) return [part.json];
    if ("steps" in part) return [part.steps.map((step, at) => `  ${at + 1}. ${step}`).join("\n\n")];
    return ["heading" in part ? part.heading : part.text];
  },
  Markdown: (part, index) => {
    if ("json" in part) return [`\`\`\`json\n${part.json}\n\`\`\``];
    if ("steps" in part) return [part.steps.map((step, at) => `${at + 1}.  ${step}`).join("\n\n")];
    return ["heading" in part ? `${index === 0 ? "#" : "##"} ${part.heading}` : part.text];
  },
  HTML: (part, index) => {
    if ("json" in part) return [`<pre><code>${escaped(part.json)}</code></pre>`];
    if ("steps" in part) return part.steps.map((step, at) => `<p>${at + 1}. ${escaped(step)}</p>`);
    const level = index === 0 ? "h1" : "h2";
    return ["heading" in part ? `<${level}>${escaped(part.heading)}</${level}>` : `<p>${escaped(part.text)}</p>`];
  },
};

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
