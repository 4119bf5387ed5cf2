/** What the dictionary in the header of a `.npy` file says. */
export interface NpyDictionary {
  /** NumPy's name of the type of each number, such as `<f4`; the source text of a structured type. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

// NumPy's own limit on the axes of an array.
const mostAxes = 64;

// A string in either quotes, a number (Python 2 on Windows wrote long integers, `2L`), a word, or a bracket. The alternatives begin with
// different characters and nothing is repeated within a repetition, so that a token is found in linear time.
const token = /\s*(?:u?'([^'\\\n]*)'|u?"([^"\\\n]*)"|(\d+)[lL]?(?!\w)|(\w+)|([{}()[\],:]))/y;

interface Token {
  readonly kind: 'text' | 'number' | 'word' | 'bracket';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the Python dictionary `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`: keys in any order, quotes of either
 * kind, any spacing.
 *
 * @throws {RangeError} If it is not such a dictionary, or has other keys.
 */
export function parseNpyDictionary(text: string): NpyDictionary {
  const dictionary = readDictionary(tokensOf(text), text);
  if (dictionary) return dictionary;
  throw new RangeError(
    `the .npy header must name descr, fortran_order and shape, and is ${JSON.stringify(text.slice(0, 120))}`,
  );
}

/** The tokens of a text; undefined if it has anything else. */
function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const match = token.exec(text);
    if (!match) return undefined;
    const [whole, single, double, number, word, bracket] = match;
    const value = single ?? double ?? number ?? word ?? bracket ?? '';
    const kind =
      number !== undefined
        ? 'number'
        : word !== undefined
          ? 'word'
          : bracket !== undefined
            ? 'bracket'
            : 'text';
    const start = match.index + whole.length - whole.trimStart().length;
    tokens.push({ kind, value, start, end: token.lastIndex });
  }
  return tokens;
}

function readDictionary(tokens: readonly Token[] | undefined, text: string): NpyDictionary | undefined {
  let at = 0;
  const found: { descr?: string; fortranOrder?: boolean; shape?: number[] } = {};
  const takes = (value: string): boolean => {
    const next = tokens?.[at];
    if (next?.kind !== 'bracket' || next.value !== value) return false;
    at += 1;
    return true;
  };
  if (tokens === undefined || !takes('{')) return undefined;
  while (!takes('}')) {
    const key = tokens[at++];
    if (key?.kind !== 'text' || !takes(':')) return undefined;
    const value = tokens[at];
    if (value === undefined) return undefined;
    if (key.value === 'descr') {
      if (value.kind === 'text') {
        found.descr = value.value;
        at += 1;
      } else {
        const end = afterBrackets(tokens, at);
        if (end === undefined) return undefined;
        found.descr = text.slice(value.start, tokens[end - 1]!.end);
        at = end;
      }
    } else if (key.value === 'fortran_order') {
      if (value.kind !== 'word' || !['True', 'False'].includes(value.value)) return undefined;
      found.fortranOrder = value.value === 'True';
      at += 1;
    } else if (key.value === 'shape') {
      const shape = readShape();
      if (shape === undefined) return undefined;
      found.shape = shape;
    } else return undefined;
    if (takes(',')) continue;
    if (!takes('}')) return undefined;
    break;
  }
  const { descr, fortranOrder, shape } = found;
  const isWhole = descr !== undefined && fortranOrder !== undefined && shape !== undefined;
  return isWhole && at === tokens.length ? { descr, fortranOrder, shape } : undefined;

  /** Reads `()`, `(3,)` or `(2, 3)`; `(3)` is a number to Python. */
  function readShape(): number[] | undefined {
    if (!takes('(')) return undefined;
    const shape: number[] = [];
    let commas = 0;
    while (!takes(')')) {
      const length = tokens![at++];
      if (length?.kind !== 'number' || shape.length === mostAxes) return undefined;
      shape.push(Number(length.value));
      if (takes(',')) commas += 1;
      else if (takes(')')) break;
      else return undefined;
    }
    return shape.length === 1 && commas === 0 ? undefined : shape;
  }
}

/** The place after the brackets that open at `at`; undefined if none do, or they do not close. */
function afterBrackets(tokens: readonly Token[], at: number): number | undefined {
  let depth = 0;
  for (let place = at; place < tokens.length; place += 1) {
    const { kind, value } = tokens[place]!;
    if (kind === 'bracket' && '([{'.includes(value)) depth += 1;
    if (kind === 'bracket' && ')]}'.includes(value)) depth -= 1;
    if (depth === 0) return place === at ? undefined : place + 1;
  }
  return undefined;
}
