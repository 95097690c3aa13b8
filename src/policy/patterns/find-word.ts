import { finish, type Steps } from "../steps.js";
import { type Budget, isTurnOver } from "./budget.js";
import { type Automaton, automatonOf, type Positions } from "./position-set.js";
import { COLON, literalsOf, type Program } from "./program.js";

/** A union of patterns. */
export type Union = readonly Program[];

/** A position costs a search that much more than plain matching. */
const SEARCH_COST = 10;

export type FoundWord = { readonly word: string } | "NONE" | "OUT_OF_BUDGET";

interface State {
  readonly inside: readonly Positions[];
  readonly outside: Positions;
  readonly text: string;
}

/**
 * Finds a text that lies in each of the unions of `inside` and in none of `outside`.
 *
 * Walks the sets of positions that the patterns may stand at, so every text with the same future is looked at once. A
 * state is skipped when another with the same positions inside and no more outside was seen: whatever it leads to, the
 * other leads to as well.
 *
 * @returns the text; `NONE` when there is none; `OUT_OF_BUDGET` when the search was given up
 */
export function findWord(inside: readonly Union[], outside: Union, budget: Budget): FoundWord {
  return finish(findWordInSteps(inside, outside, budget));
}

/** The same. Yields now and then. */
export function* findWordInSteps(inside: readonly Union[], outside: Union, budget: Budget): Steps<FoundWord> {
  const wanted = inside.map(automatonOf);
  const unwanted = automatonOf(outside);
  const filler = unusedCharacter([...inside.flat(), ...outside]);
  const seen = new Map<string, Positions[]>();
  const stack: State[] = [{ inside: wanted.map(({ start }) => start), outside: unwanted.start, text: "" }];
  for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
    if (unwanted.acceptsEverything(state.outside) || isDominated(state, seen, budget)) continue;
    if (budget.left < 0) return "OUT_OF_BUDGET";
    if (isTurnOver(budget)) yield undefined;
    if (isGoal(state, wanted, unwanted)) return { word: state.text };
    for (const char of charactersAt(state, wanted, unwanted, filler)) {
      budget.left -= SEARCH_COST * sizeOf(state);
      const next = step(state, char, wanted, unwanted);
      if (next !== undefined) stack.push(next);
    }
  }
  return "NONE";
}

function isGoal(state: State, wanted: readonly Automaton[], unwanted: Automaton): boolean {
  return wanted.every((automaton, i) => automaton.accepts(state.inside[i] ?? [])) && !unwanted.accepts(state.outside);
}

function step(state: State, char: number, wanted: readonly Automaton[], unwanted: Automaton): State | undefined {
  const inside: Positions[] = [];
  for (const [i, automaton] of wanted.entries()) {
    const positions = automaton.advance(state.inside[i] ?? [], char);
    if (positions.length === 0) return undefined;
    inside.push(positions);
  }
  return { inside, outside: unwanted.advance(state.outside, char), text: state.text + String.fromCodePoint(char) };
}

/** The stack gives the last one first: literals that all wanted patterns agree on are tried before the filler. */
function charactersAt(
  state: State,
  wanted: readonly Automaton[],
  unwanted: Automaton,
  filler: number,
): ReadonlySet<number> {
  const literals = new Set([filler, COLON, ...unwanted.literalsAt(state.outside)]);
  for (const [i, automaton] of wanted.entries()) {
    for (const literal of automaton.literalsAt(state.inside[i] ?? [])) literals.add(literal);
  }
  return literals;
}

function sizeOf({ inside, outside }: State): number {
  return inside.reduce((sum, positions) => sum + positions.length, outside.length + 1);
}

function isDominated({ inside, outside }: State, seen: Map<string, Positions[]>, budget: Budget): boolean {
  const key = inside.map((positions) => positions.join()).join("|");
  const others = seen.get(key) ?? [];
  budget.left -= others.length * (outside.length + 1);
  if (others.some((other) => isSubset(other, outside))) return true;
  seen.set(key, [...others.filter((other) => !isSubset(outside, other)), outside]);
  return false;
}

/** Both sorted. */
function isSubset(small: Positions, large: Positions): boolean {
  let at = 0;
  for (const value of small) {
    while ((large[at] ?? Number.POSITIVE_INFINITY) < value) at++;
    if (large[at] !== value) return false;
  }
  return true;
}

const FILLERS = "x0abcdefghijklmnopqrstuvwyz123456789-_";

/** A character that no pattern names, so that it stands for all of those; no capital, for segments have none. */
export function unusedCharacter(programs: Union): number {
  const used = literalsIn(programs);
  for (const filler of FILLERS) if (!used.has(filler.charCodeAt(0))) return filler.charCodeAt(0);
  let code = 0xa1;
  while (used.has(code)) code++;
  return code;
}

/** Steps are numbers, and most are the same few dozen characters: each kind of step is looked at once. */
function literalsIn(programs: Union): ReadonlySet<number> {
  const steps = new Set<number>();
  for (const program of programs) for (const step of program) steps.add(step);
  return new Set([...steps].flatMap(literalsOf));
}
