import * as fc from 'fast-check';

/**
 * Random machines of the whole language that is hosted, over numbers. Whatever happens at the same time comes to the
 * same number: where lines race, all that fails fails as Broken; every other error is caught by the state that has it.
 */
export type Node =
  | { kind: 'pass' | 'wait' | 'note' | 'recall' | 'leave'; n: number }
  | { kind: 'choice'; even: number; odd: number }
  | { kind: 'task'; n: number; works: boolean; isCaught: boolean }
  | { kind: 'scripted'; n: number; script: Trouble[]; busy: number; slow: number; jitter: 'FULL' | 'NONE' }
  | { kind: 'gate'; n: number; committee: Committee; isNested: boolean }
  | { kind: 'nested'; flow: Node[]; isWaited: boolean }
  | { kind: 'parallel'; flows: Node[][]; isCaught: boolean; retries: number }
  | { kind: 'map'; items: number[]; flow: Node[]; isCaught: boolean; concurrency: number }
  | { kind: 'tolerant'; items: number[]; flow: Node[]; tolerated: number };

type Trouble = 'Busy' | 'Slow';

/** How a gate is answered. Each but `silent` and `asleep` answers a second time as well, with another number. */
export const committees = [
  /** Before the function that asked has returned. */
  'early',
  'late',
  /** At once after another, unknown token. */
  'unknown',
  /** With heartbeats before. */
  'beating',
  /** SendTaskFailure. */
  'refusing',
  /** Never: TimeoutSeconds decide. */
  'silent',
  /** Never a heartbeat: HeartbeatSeconds decide. */
  'asleep',
] as const;
export type Committee = (typeof committees)[number];

const small = fc.integer({ min: 0, max: 9 });

const leaves = [
  fc.record({ kind: fc.constantFrom('pass', 'wait', 'note', 'recall', 'leave'), n: small }),
  fc.record({ kind: fc.constant('choice'), even: small, odd: small }),
  fc.record({
    kind: fc.constant('task'),
    n: small,
    works: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    isCaught: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('scripted'),
    n: small,
    script: fc.array(fc.constantFrom('Busy', 'Slow'), { maxLength: 4 }),
    busy: fc.integer({ min: 0, max: 3 }),
    slow: fc.integer({ min: 0, max: 3 }),
    jitter: fc.constantFrom('FULL', 'NONE'),
  }),
  fc.record({
    kind: fc.constant('gate'),
    n: small,
    committee: fc.constantFrom(...committees),
    isNested: fc.boolean(),
  }),
] as const;

const items = fc.array(small, { maxLength: 4 });

/** Flows of a few states, three deep at most. */
export const { flow: flows } = fc.letrec<{ flow: Node[]; node: Node }>((tie) => ({
  flow: fc.array(tie('node'), { maxLength: 4 }),
  node: fc.oneof(
    { maxDepth: 2 },
    ...leaves,
    fc.record({ kind: fc.constant('nested'), flow: tie('flow'), isWaited: fc.boolean() }),
    fc.record({
      kind: fc.constant('parallel'),
      flows: fc.array(tie('flow'), { minLength: 1, maxLength: 3 }),
      isCaught: fc.boolean(),
      retries: fc.integer({ min: 0, max: 1 }),
    }),
    fc.record({
      kind: fc.constant('map'),
      items,
      flow: tie('flow'),
      isCaught: fc.boolean(),
      concurrency: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({
      kind: fc.constant('tolerant'),
      items,
      flow: tie('flow'),
      tolerated: fc.integer({ min: 0, max: 2 }),
    }),
  ),
}));

/** What a machine comes to: a number, or the error that nobody caught. */
export type Outcome = { status: 'SUCCEEDED'; output: number } | { status: 'FAILED'; error: string };

class Broken extends Error {}
/** A Succeed state in the middle: its line ends with this number. */
class Left extends Error {
  readonly value: number;
  constructor(value: number) {
    super('left');
    this.value = value;
  }
}

/** The plain model: no disk, no time, no concurrency. */
export const outcomeOf = (flow: readonly Node[], input: number): Outcome => {
  try {
    return { status: 'SUCCEEDED', output: resultOf(flow, input) };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { status: 'FAILED', error: 'Broken' };
  }
};

/** `noted` is the flow's own variable: an inner flow has another. */
const resultOf = (flow: readonly Node[], input: number): number => {
  let noted = 0;
  let value = input;
  try {
    for (const node of flow) {
      if (node.kind === 'note') noted = value;
      else value = valueOf(node, value, noted);
    }
  } catch (error) {
    if (error instanceof Left) return error.value;
    throw error;
  }
  return value;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const caught = (isCaught: boolean, value: number, work: () => number): number => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Broken && isCaught) return value - 1;
    throw error;
  }
};

type Plain = Extract<Node, { kind: 'pass' | 'wait' | 'note' | 'recall' | 'leave' | 'choice' }>;

const plainValueOf = (node: Plain, value: number, noted: number): number => {
  switch (node.kind) {
    case 'note':
    case 'wait':
      return value;
    case 'pass':
      return value + node.n;
    case 'recall':
      return value + noted;
    case 'leave':
      if (value % 2 === 0) throw new Left(value + 100 + node.n);
      return value;
    case 'choice':
      return value + (value % 2 === 0 ? node.even : node.odd);
  }
};

const valueOf = (node: Node, value: number, noted: number): number => {
  switch (node.kind) {
    case 'task':
      return caught(node.isCaught, value, () => {
        if (!node.works) throw new Broken();
        return value + node.n;
      });
    case 'scripted':
      return scripted(node) ? value + node.n : value - 3;
    case 'gate':
      return value + (answers(node.committee) ? node.n : -5);
    case 'nested':
      return nested(node, value);
    case 'parallel':
      return caught(node.isCaught, value, () => sum(node.flows.map((flow) => resultOf(flow, value))));
    case 'map':
      return caught(node.isCaught, value, () => sum(node.items.map((item) => resultOf(node.flow, item))));
    case 'tolerant':
      return tolerant(node, value);
    default:
      return plainValueOf(node, value, noted);
  }
};

/** Whether the retriers, each with a counter of its own, outlast the script. */
const scripted = ({ script, busy, slow }: Extract<Node, { kind: 'scripted' }>): boolean =>
  script.filter((trouble) => trouble === 'Busy').length <= busy &&
  script.filter((trouble) => trouble === 'Slow').length <= slow;

const answers = (committee: Committee): boolean =>
  committee !== 'refusing' && committee !== 'silent' && committee !== 'asleep';

const nested = ({ flow, isWaited }: Extract<Node, { kind: 'nested' }>, value: number): number => {
  if (!isWaited) return value;
  const outcome = outcomeOf(flow, value);
  return outcome.status === 'SUCCEEDED' ? outcome.output : value - 2;
};

const tolerant = (
  { items: each, flow, tolerated }: Extract<Node, { kind: 'tolerant' }>,
  value: number,
): number => {
  const outcomes = each.map((item) => outcomeOf(flow, item));
  const good = outcomes.flatMap((outcome) => (outcome.status === 'SUCCEEDED' ? [outcome.output] : []));
  return outcomes.length - good.length > tolerated ? value - 4 : sum(good);
};
