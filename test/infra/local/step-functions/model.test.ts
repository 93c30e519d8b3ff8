import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { invokes, machine, openHome, temporaryFolder } from './home.ts';

/**
 * Random machines against a model of twenty lines: whatever is nested in whatever, with functions that fail, retriers,
 * catchers, waits, and the home closed and opened again at any moment, the number that comes out is the model's.
 */
type Node =
  | { kind: 'pass' | 'wait' | 'note' | 'recall'; n: number }
  | { kind: 'choice'; even: number; odd: number }
  | { kind: 'task'; n: number; works: boolean; isCaught: boolean }
  | { kind: 'parallel'; flows: Node[][]; isCaught: boolean }
  | { kind: 'map'; items: number[]; flow: Node[]; isCaught: boolean };

class Failed extends Error {}

/** What a flow makes of a number; `noted` is the variable, of which an inner flow has its own. */
const modelOf = (nodes: Node[], input: number): number => {
  let noted = 0;
  let value = input;
  for (const node of nodes) {
    if (node.kind === 'note') noted = value;
    else value = valueOf(node, value, noted);
  }
  return value;
};

const valueOf = (node: Node, value: number, noted: number): number => {
  const caught = (work: () => number, isCaught: boolean): number => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Failed && isCaught) return value - 1;
      throw error;
    }
  };
  switch (node.kind) {
    case 'note':
    case 'wait':
      return value;
    case 'pass':
      return value + node.n;
    case 'recall':
      return value + noted;
    case 'choice':
      return value + (value % 2 === 0 ? node.even : node.odd);
    case 'task':
      return caught(() => {
        if (!node.works) throw new Failed();
        return value + node.n;
      }, node.isCaught);
    case 'parallel':
      return caught(() => sum(node.flows.map((flow) => modelOf(flow, value))), node.isCaught);
    case 'map':
      return caught(() => sum(node.items.map((item) => modelOf(node.flow, item))), node.isCaught);
  }
};

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

/** The same flow in Amazon States Language. Names are numbered so that each is its own. */
const flowOf = (
  nodes: Node[],
  names: { next: number },
  depth = 0,
): { StartAt: string; States: Record<string, object> } => {
  const variable = `noted${depth}`;
  const base = names.next;
  names.next += nodes.length + 2;
  const nameOf = (index: number) => `S${base + index}`;
  const States: Record<string, object> = {
    [nameOf(0)]: { Type: 'Pass', Assign: { [variable]: 0 }, Next: nameOf(1) },
  };
  for (const [index, node] of nodes.entries()) {
    States[nameOf(index + 1)] = stateOf(node, nameOf(index + 2), { variable, names, depth });
  }
  States[nameOf(nodes.length + 1)] = { Type: 'Pass', End: true };
  return { StartAt: nameOf(0), States };
};

const stateOf = (
  node: Node,
  Next: string,
  { variable, names, depth }: { variable: string; names: { next: number }; depth: number },
): object => {
  const handling = (isCaught: boolean) => ({
    Retry: [
      { ErrorEquals: ['Lambda.ServiceException'], MaxAttempts: 99, BackoffRate: 1 },
      { ErrorEquals: ['Broken'], MaxAttempts: 1 },
    ],
    ...(isCaught
      ? { Catch: [{ ErrorEquals: ['States.ALL'], Next, Output: '{% $states.input - 1 %}' }] }
      : {}),
  });
  switch (node.kind) {
    case 'pass':
      return { Type: 'Pass', Output: `{% $states.input + ${node.n} %}`, Next };
    case 'wait':
      return { Type: 'Wait', Seconds: node.n, Next };
    case 'note':
      return { Type: 'Pass', Assign: { [variable]: '{% $states.input %}' }, Next };
    case 'recall':
      return { Type: 'Pass', Output: `{% $states.input + $${variable} %}`, Next };
    case 'choice': {
      const even = {
        Condition: '{% $states.input % 2 = 0 %}',
        Next,
        Output: `{% $states.input + ${node.even} %}`,
      };
      return { Type: 'Choice', Choices: [even], Default: Next, Output: `{% $states.input + ${node.odd} %}` };
    }
    case 'task':
      return {
        ...invokes(node.works ? 'works' : 'fails', { Next }),
        Output: `{% $states.input + $states.result.Payload * ${node.n} %}`,
        ...handling(node.isCaught),
      };
    case 'parallel':
      return {
        Type: 'Parallel',
        Branches: node.flows.map((flow) => flowOf(flow, names, depth + 1)),
        Output: '{% $sum($states.result) %}',
        ...handling(node.isCaught),
        Next,
      };
    case 'map':
      return {
        Type: 'Map',
        Items: node.items,
        MaxConcurrency: 2,
        ItemProcessor: flowOf(node.flow, names, depth + 1),
        Output: '{% $sum($states.result) %}',
        ...handling(node.isCaught),
        Next,
      };
  }
};

const small = fc.integer({ min: 0, max: 9 });
const { flow } = fc.letrec<{ flow: Node[]; node: Node }>((tie) => ({
  flow: fc.array(tie('node'), { maxLength: 4 }),
  node: fc.oneof(
    { maxDepth: 2 },
    fc.record({ kind: fc.constantFrom('pass', 'wait', 'note', 'recall'), n: small }),
    fc.record({ kind: fc.constant('choice'), even: small, odd: small }),
    fc.record({
      kind: fc.constant('task'),
      n: small,
      works: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
      isCaught: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('parallel'),
      flows: fc.array(tie('flow'), { minLength: 1, maxLength: 3 }),
      isCaught: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('map'),
      items: fc.array(small, { maxLength: 4 }),
      flow: tie('flow'),
      isCaught: fc.boolean(),
    }),
  ),
}));

const functions = {
  works: async () => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    return 1;
  },
  fails: () => {
    throw Object.assign(new Error('it does not work'), { name: 'Broken' });
  },
};

const expectedOf = (nodes: Node[], input: number): object => {
  try {
    return { status: 'SUCCEEDED', output: JSON.stringify(modelOf(nodes, input)) };
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    return { status: 'FAILED', error: 'Broken' };
  }
};

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('random machines come to what a plain model says, however often the home is stopped on the way', async () => {
  const runs = process.env['SOAK'] ? 500 : 15;
  const stops = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(flow, small, stops, async (nodes, input, moments) => {
      const { StartAt, States } = flowOf(nodes, { next: 0 });
      const machines = { round: { ...machine(States), StartAt } };
      const folder = temporaryFolder();
      const more = { graceMilliseconds: 1 };
      let home = openHome({ machines, functions, folder, more });
      const arn = await home.start('round', input);
      for (const moment of moments) {
        await pause(moment);
        const now = home.clock.now() + 1_000;
        await home.close();
        home = openHome({ machines, functions, folder, more, now });
      }
      await home.pass(100_000);

      const ended = await home.describe(arn);
      await home.close();

      expect(ended).toMatchObject(expectedOf(nodes, input));
    }),
    { numRuns: runs },
  );
}, 600_000);
