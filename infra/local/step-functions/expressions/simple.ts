import jsonata from 'jsonata';

/**
 * Tells expressions that end at once whatever their data from those that may loop, recurse or backtrack. The simple
 * ones (paths of names, comparisons, objects of them, a few functions) are nearly all that a machine of this project
 * uses, and need no second thread.
 */

const quickFunctions = new Set([
  'exists',
  'not',
  'boolean',
  'number',
  'string',
  'count',
  'length',
  'uppercase',
  'lowercase',
  'trim',
  'now',
  'millis',
  'uuid',
  'random',
  'abs',
  'floor',
  'ceil',
  'round',
  'type',
  'toMillis',
  'fromMillis',
  'parse',
]);

type Tree = { type: string; value?: unknown };

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const nodeTypes = new Set([
  'path',
  'binary',
  'unary',
  'name',
  'string',
  'number',
  'value',
  'condition',
  'variable',
]);

const isSimpleNode = (node: Tree): boolean => {
  if (node.type === 'function') return isQuickCall(node);
  if (!nodeTypes.has(node.type) || 'predicate' in node || 'stages' in node || 'group' in node) return false;
  if (node.type === 'path') return partsOf(node).every((step, index) => isStep(step, index));
  if (node.type === 'binary' && node.value === '..') return false;
  return partsOf(node).every(isSimpleNode);
};

/** A path may begin with a variable and goes on through names: no step is evaluated for each item of another. */
const isStep = (step: Tree, index: number): boolean =>
  (step.type === 'name' || (index === 0 && step.type === 'variable')) &&
  !('predicate' in step || 'stages' in step || 'group' in step);

const isQuickCall = (node: Tree): boolean =>
  'procedure' in node &&
  isTree(node.procedure) &&
  node.procedure.type === 'variable' &&
  typeof node.procedure.value === 'string' &&
  quickFunctions.has(node.procedure.value) &&
  !('predicate' in node || 'stages' in node || 'group' in node) &&
  'arguments' in node &&
  treesIn(node.arguments).every(isSimpleNode);

/** Everything below a node that is itself a node, whatever the field is called. */
const partsOf = (node: object): Tree[] => Object.values(node).flatMap(treesIn);

const treesIn = (value: unknown): Tree[] => {
  if (Array.isArray(value)) return value.flatMap(treesIn);
  return isTree(value) ? [value] : [];
};

/** @throws the syntax error of JSONata when the text is no expression */
export const isSimple = (text: string): boolean => isSimpleNode(jsonata(text).ast());
