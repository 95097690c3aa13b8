import { type Union, unusedCharacter } from "./find-word.js";
import { type Automaton, automatonOf, type Positions } from "./position-set.js";
import { COLON } from "./program.js";

/** How often the automaton of a union may be moved by one character before the sweep is given up. */
const MAX_MOVES = 400_000;

/** Positions of every automaton after some text: those of the domain, that of what is excluded, those of the unions. */
interface State {
  readonly positions: readonly Positions[];
  readonly text: string;
}

/**
 * Reads all texts at once and notes, wherever one lies in the domain, which unions cover it. Quick where patterns part soon,
 * as names of buckets and instances do; patterns with many stars have too many states.
 *
 * @returns a shortest text for each combination of unions that occurs; undefined when the sweep was given up
 */
export function sweep(
  domain: readonly Union[],
  excluded: Union,
  unions: readonly Union[],
): readonly string[] | undefined {
  const automata = [...domain, excluded, ...unions].map(automatonOf);
  const outside = automata[domain.length];
  const filler = unusedCharacter([...domain.flat(), ...excluded, ...unions.flat()]);
  const isWithin = ({ positions }: State) =>
    positions.every((own, i) => i >= domain.length || automata[i]?.accepts(own)) &&
    !outside?.accepts(positions[domain.length] ?? []);
  const isDead = ({ positions }: State) =>
    positions.some((own, i) => i < domain.length && own.length === 0) ||
    outside?.acceptsEverything(positions[domain.length] ?? []) === true;

  const cells = new Map<string, string>();
  const seen = new Set<string>();
  const queue: State[] = [{ positions: automata.map(({ start }) => start), text: "" }];
  let moves = 0;
  for (const state of queue) {
    if (isWithin(state)) note(cells, state, automata, domain.length + 1);
    for (const char of charactersAt(state, automata, filler)) {
      moves += state.positions.filter((own) => own.length > 0).length;
      if (moves > MAX_MOVES) return undefined;
      const next = move(state, automata, char);
      const key = next.positions.map((own) => own.join()).join("|");
      if (isDead(next) || seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return [...cells.values()];
}

function note(
  cells: Map<string, string>,
  { positions, text }: State,
  automata: readonly Automaton[],
  from: number,
): void {
  const covers = automata.slice(from).map((automaton, i) => (automaton.accepts(positions[from + i] ?? []) ? "1" : "0"));
  const cell = covers.join("");
  if (!cells.has(cell)) cells.set(cell, text);
}

function move({ positions, text }: State, automata: readonly Automaton[], char: number): State {
  const moved = automata.map((automaton, i) => {
    const own = positions[i] ?? [];
    return own.length === 0 ? own : automaton.advance(own, char);
  });
  return { positions: moved, text: text + String.fromCodePoint(char) };
}

function charactersAt({ positions }: State, automata: readonly Automaton[], filler: number): ReadonlySet<number> {
  return new Set([filler, COLON, ...automata.flatMap((automaton, i) => automaton.literalsAt(positions[i] ?? []))]);
}
