import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type JsonPath = readonly (string | number)[];

/** A JSON text that was read, and where in the text each of its values stands. */
export type JsonText = {
  value: unknown;
  /** A value's place; for one that is missing, the object that it is missing from. With `key`, of that key's name. */
  placeOf: (path: JsonPath, key?: string) => Place;
};

type Place = { place: string; line: number; column: number };

/**
 * Reads strict JSON (no comments, no trailing commas) and answers every syntax fault and every doubled key with its
 * line and column. Messages are catalogue keys below `round-file`.
 */
export const readJson = (text: string): Result<JsonText, Fault[]> => {
  if (isDeep(text)) return refuse([{ place: '', message: 'round-file.json.depth' }]);
  const positionOf = positions(text);
  const faultAt = (offset: number, fault: Fault): Fault => ({ ...fault, ...positionOf(offset) });
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (errors.length > 0 || !root) {
    return refuse(errors.map((error) => faultAt(error.offset, { place: '', message: syntaxMessage(error) })));
  }
  const doubled = doubledKeys(root, []).map(({ path, key, node }) =>
    faultAt(node.offset, {
      place: pointer(path.concat(key)),
      message: 'round-file.duplicate-key',
      facts: { key },
    }),
  );
  if (doubled.length > 0) return refuse(doubled);
  const placeOf = (path: JsonPath, key?: string): Place => {
    const node = key === undefined ? nearest(root, path) : keyNode(root, path, key);
    return { place: pointer(key === undefined ? path : [...path, key]), ...positionOf(node.offset) };
  };
  return ok({ value: JSON.parse(text), placeOf });
};

/** Far beyond what any of our documents needs, far below what would exhaust the stack of those who walk the tree. */
const deepest = 64;

const isDeep = (text: string): boolean => {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length && depth <= deepest; index += 1) {
    const letter = text.charAt(index);
    if (quoted && letter === '\\') index += 1;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted) depth += steps[letter] ?? 0;
  }
  return depth > deepest;
};

const steps: Partial<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

/** RFC 6901. */
const pointer = (path: JsonPath): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const nearest = (root: Node, path: JsonPath): Node =>
  findNodeAtLocation(root, [...path]) ?? (path.length === 0 ? root : nearest(root, path.slice(0, -1)));

const keyNode = (root: Node, path: JsonPath, key: string): Node => {
  const object = nearest(root, path);
  const property = object.children?.find((child) => child.children?.[0]?.value === key);
  return property?.children?.[0] ?? object;
};

/** Lines and columns count from 1; a column is a UTF-16 unit, as editors count. */
const positions = (text: string) => {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
  return (offset: number): { line: number; column: number } => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
};

type Doubled = { path: JsonPath; key: string; node: Node };

const doubledKeys = (node: Node, path: JsonPath): Doubled[] => {
  const children = node.children ?? [];
  if (node.type === 'array')
    return children.flatMap((child, index) => doubledKeys(child, path.concat(index)));
  if (node.type !== 'object') return [];
  const seen = new Set<string>();
  const found: Doubled[] = [];
  for (const property of children) {
    const [name, value] = property.children ?? [];
    const key = String(name?.value);
    if (name && seen.has(key)) found.push({ path, key, node: name });
    seen.add(key);
    if (value) found.push(...doubledKeys(value, path.concat(key)));
  }
  return found;
};

const syntaxMessage = (error: ParseError): string =>
  `round-file.json.${syntaxMessages[printParseErrorCode(error.error)] ?? 'character'}`;

const syntaxMessages: Record<string, string> = {
  InvalidSymbol: 'value',
  InvalidNumberFormat: 'number',
  PropertyNameExpected: 'property-name',
  ValueExpected: 'value',
  ColonExpected: 'colon',
  CommaExpected: 'comma',
  CloseBraceExpected: 'brace',
  CloseBracketExpected: 'bracket',
  EndOfFileExpected: 'end',
  InvalidCommentToken: 'comment',
  UnexpectedEndOfComment: 'comment',
  UnexpectedEndOfString: 'string',
  UnexpectedEndOfNumber: 'number',
  InvalidUnicode: 'string',
  InvalidEscapeCharacter: 'string',
};
