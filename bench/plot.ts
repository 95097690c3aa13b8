import { LINES, milliseconds } from "./figure.js";
import type { Run } from "./run-record.js";
import { SIZES } from "./world.js";

type Line = (typeof LINES)[number];

/** A diagram: its place on the page, and what its left edge runs from and to, as powers of ten. */
interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly left: number;
  readonly from: number;
  readonly to: number;
  readonly unit: (power: number) => string;
  readonly say: (value: number) => string;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

const [WIDTH, HEIGHT] = [960, 470];
const [TOP, BOTTOM] = [64, 400];
const PANEL = 270;
const LABEL = 8;
const PRINCIPALS = { from: 2, to: 5.6 };

const TIME_UNITS = ["ns", "µs", "ms", "s"];
/** A power of ten of milliseconds as people read it. */
const timeOf = (power: number): string => {
  const nanoseconds = power + 6;
  return `${10 ** (nanoseconds % 3)} ${TIME_UNITS[Math.floor(nanoseconds / 3)] ?? ""}`;
};

const PANELS: readonly Panel[] = [
  {
    title: "Time",
    lines: ["decision", "whoCan, warm", "whoCan, cold", "load", "import"],
    left: 80,
    from: -4,
    to: 5,
    unit: timeOf,
    say: milliseconds,
  },
  {
    title: "Memory after loading",
    lines: ["memory"],
    left: 570,
    from: 1,
    to: 4,
    unit: (power) => `${10 ** power} MiB`,
    say: (value) => `${Math.round(value)} MiB`,
  },
];

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .small { fill: #57606a; font-size: 12px; }
  .grid { stroke: #d0d7de; stroke-width: 1; }
  path { fill: none; stroke-width: 2.5; }
  .l0 { stroke: #0969da; fill: #0969da; } .l1 { stroke: #1a7f37; fill: #1a7f37; } .l2 { stroke: #9a6700; fill: #9a6700; }
  .l3 { stroke: #8250df; fill: #8250df; } .l4 { stroke: #bf3989; fill: #bf3989; } .l5 { stroke: #cf222e; fill: #cf222e; }
  path.l0, path.l1, path.l2, path.l3, path.l4, path.l5 { fill: none; }
  text.l0, text.l1, text.l2, text.l3, text.l4, text.l5 { stroke: none; }
  .page { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .small { fill: #9198a1; } .grid { stroke: #3d444d; } .page { fill: #0d1117; }
    .l0 { stroke: #4493f8; fill: #4493f8; } .l1 { stroke: #3fb950; fill: #3fb950; } .l2 { stroke: #d29922; fill: #d29922; }
    .l3 { stroke: #ab7df8; fill: #ab7df8; } .l4 { stroke: #db61a2; fill: #db61a2; } .l5 { stroke: #f85149; fill: #f85149; }
  }`;

/** How costs grow with the world, both scales by powers of ten, as SVG; of several runs of one size the last counts. */
export function plotOf(runs: readonly Run[]): string {
  const sizes = Object.entries(SIZES).map(([name, { principals }]) => ({ name, principals }));
  const note = runs.map(({ size, when }) => `${size} of ${when.slice(0, 10)}`).join(", ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Costs against the size of the world">
<style>${STYLE}
</style>
<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>
${PANELS.map((panel) => [...axesOf(panel, sizes), ...linesOf(panel, runs)].join("\n")).join("\n")}
<text class="small" x="80" y="${HEIGHT - 12}">Both scales by powers of ten. Runs: ${note}.</text>
</svg>
`;
}

function axesOf({ title, left, from, to, unit }: Panel, sizes: readonly { name: string; principals: number }[]) {
  const rows = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return [
    `<text class="title" x="${left}" y="${TOP - 24}">${title}</text>`,
    ...rows.flatMap((power) => {
      const y = heightOf(power, { from, to });
      return [
        `<line class="grid" x1="${left}" x2="${left + PANEL}" y1="${y}" y2="${y}"/>`,
        `<text class="small" x="${left - LABEL}" y="${y + 4}" text-anchor="end">${unit(power)}</text>`,
      ];
    }),
    ...sizes.flatMap(({ name, principals }) => {
      const x = placeOf(principals, left);
      return [
        `<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${BOTTOM}"/>`,
        `<text x="${x}" y="${BOTTOM + 20}" text-anchor="middle">${name}</text>`,
        `<text class="small" x="${x}" y="${BOTTOM + 36}" text-anchor="middle">${principals.toLocaleString("en")}</text>`,
      ];
    }),
  ];
}

function linesOf(panel: Panel, runs: readonly Run[]): readonly string[] {
  const drawn = panel.lines.flatMap((line) => {
    const points = pointsOf(line, panel, runs);
    const last = points.at(-1);
    return last === undefined ? [] : [{ label: `${line}, ${panel.say(last.value)}`, line, points, last }];
  });
  const heights = apart(drawn.map(({ last }) => last.y));
  return drawn.flatMap(({ label, line, points, last }, index) => {
    const style = `l${LINES.indexOf(line)}`;
    return [
      `<path class="${style}" d="M${points.map(({ x, y }) => `${x} ${y}`).join("L")}"/>`,
      ...points.map(({ x, y }) => `<circle class="${style}" cx="${x}" cy="${y}" r="3"/>`),
      `<text class="${style}" x="${last.x + 12}" y="${(heights[index] ?? last.y) + 4}">${label}</text>`,
    ];
  });
}

function pointsOf(line: Line, panel: Panel, runs: readonly Run[]): readonly Point[] {
  return Object.entries(SIZES).flatMap(([name, { principals }]) => {
    const run = runs.findLast(({ size }) => size === name);
    const value = run?.figures.find(({ point }) => point?.line === line)?.point?.value;
    if (value === undefined) return [];
    return [{ x: placeOf(principals, panel.left), y: heightOf(Math.log10(value), panel), value }];
  });
}

const placeOf = (principals: number, left: number): number =>
  round(left + ((Math.log10(principals) - PRINCIPALS.from) / (PRINCIPALS.to - PRINCIPALS.from)) * PANEL);

const heightOf = (power: number, { from, to }: Pick<Panel, "from" | "to">): number =>
  round(BOTTOM - ((power - from) / (to - from)) * (BOTTOM - TOP));

const round = (value: number): number => Math.round(value * 10) / 10;

/** Names that would lie on one another are moved up. */
function apart(heights: readonly number[]): readonly number[] {
  const moved = [...heights];
  const order = heights.map((_, index) => index).sort((a, b) => (heights[b] ?? 0) - (heights[a] ?? 0));
  for (const [rank, index] of order.entries()) {
    const below = order[rank - 1];
    if (below !== undefined) moved[index] = Math.min(moved[index] ?? 0, (moved[below] ?? 0) - 15);
  }
  return moved;
}
