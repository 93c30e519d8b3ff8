import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { functionEntries } from '#infra/build/functions.ts';
import { following, reachable } from '#test/workflows/walk.ts';
import type { TaskState } from '#workflows/asl.ts';
import { steps } from '#workflows/contracts.ts';
import { machines } from '#workflows/index.ts';

const all = Object.entries(machines);
const tasks = all.flatMap(([machine, { States }]) =>
  Object.entries(States).flatMap(([name, state]): [string, TaskState<string>][] =>
    state.Type === 'Task' ? [[`${machine}: ${name}`, state]] : [],
  ),
);
const waits = ({ Resource }: TaskState<string>): boolean => Resource.endsWith('.waitForTaskToken');

describe('every machine', () => {
  it.for(all)('%s is valid Amazon States Language', ([, machine]) => {
    const { isValid, errorsText } = validate(structuredClone(machine));

    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });

  it.for(all)('%s can reach each of its states, and has at most twenty', ([, machine]) => {
    const names = Object.keys(machine.States);

    expect([...reachable(machine, machine.StartAt)].toSorted()).toEqual(names.toSorted());
    expect(names.length).toBeLessThanOrEqual(20);
  });

  it.for(all)('%s can end from wherever it is', ([, machine]) => {
    const stuck = Object.keys(machine.States).filter((name) => {
      const ends = new Set([...reachable(machine, name)].map((one) => machine.States[one]?.Type));
      return !ends.has('Succeed') && !ends.has('Fail');
    });

    expect(stuck).toEqual([]);
  });

  it.for(all)(
    '%s begins by reading the record, so that it can be started again at any stage',
    ([, machine]) => {
      const first = machine.States[machine.StartAt];
      const contract = steps.find(({ name }) => name === machine.StartAt);

      expect(machine.StartAt).toMatch(/^Read/);
      expect(first).toMatchObject({ Type: 'Task', Arguments: { FunctionName: `\${${machine.StartAt}}` } });
      expect(Object.keys(contract?.input.shape ?? {}).every((key) => key.endsWith('Id'))).toBe(true);
    },
  );

  it.for(all)('%s compares one computed value in a choice, and computes nothing itself', ([, { States }]) => {
    const conditions = Object.values(States).flatMap((state) =>
      state.Type === 'Choice' ? state.Choices.map(({ Condition }) => Condition) : [],
    );

    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) expect(condition).toMatch(/^\{% \$states\.input\.\w+ = '\w+' %\}$/);
  });
});

describe('every task', () => {
  it.for(tasks)('%s ends: soon after its function would, after at most 60 days as a gate', ([, task]) => {
    const draws = task.Arguments.FunctionName === '${Papers}';
    const longest = waits(task) ? 60 * 24 * 60 * 60 : draws ? 310 : 60;

    // What a step has computed is a positive number by its contract.
    if (waits(task) && typeof task.TimeoutSeconds === 'string') {
      expect(task.TimeoutSeconds).toBe('{% $states.input.seconds %}');
      return;
    }
    expect(task.TimeoutSeconds).toBeGreaterThan(0);
    expect(task.TimeoutSeconds).toBeLessThanOrEqual(longest);
  });

  it.for(tasks)('%s hands its step what the contract asks for', ([, task]) => {
    const contract = steps.find(({ name }) => task.Arguments.FunctionName === `\${${name}}`);

    expect(Object.keys(task.Arguments.Payload)).toEqual(Object.keys(contract?.input.shape ?? {}));
  });

  it.for(tasks)('%s is tried again when Lambda is busy or the step fails', ([, task]) => {
    const errors = task.Retry.filter(({ MaxAttempts }) => MaxAttempts > 0).flatMap(
      ({ ErrorEquals }) => ErrorEquals,
    );

    expect(errors).toEqual(expect.arrayContaining(['Lambda.TooManyRequestsException', 'States.TaskFailed']));
  });

  it.for(tasks.filter(([, task]) => waits(task)))(
    '%s is issued again on its time-out, never approved and never tried blindly',
    ([name, task]) => {
      const machine = all.find(([one]) => name.startsWith(`${one}:`))?.[1];

      expect(task.Catch?.[0]).toMatchObject({ Next: machine?.StartAt, Output: '{% $states.input %}' });
      expect(task.Catch?.[0]?.ErrorEquals).toContain('States.Timeout');
      expect(task.Retry.flatMap(({ ErrorEquals }) => ErrorEquals)).not.toContain('States.Timeout');
    },
  );

  it('waits for as long as the comments say', () => {
    const sums = new Set(
      tasks.flatMap(([, { Retry }]) =>
        Retry.map(({ ErrorEquals: [first], IntervalSeconds, MaxAttempts, BackoffRate }) => {
          const waited = Array.from({ length: MaxAttempts }, (_, n) => IntervalSeconds * BackoffRate ** n);
          return `${first}: ${waited.reduce((sum, one) => sum + one, 0)} s`;
        }),
      ),
    );

    expect([...sums].toSorted()).toEqual([
      'Lambda.TooManyRequestsException: 126 s',
      'RoundMovedOn: 0 s',
      'States.TaskFailed: 300 s',
      'States.Timeout: 60 s',
    ]);
  });
});

describe('every step', () => {
  it.for(steps)('$name is a function of its own', ({ name }) => {
    const bundle = name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

    const file = name === 'Papers' ? 'functions/papers/index.ts' : `functions/steps/${bundle}.ts`;
    expect(functionEntries).toHaveProperty(bundle, file);
  });

  it.for(steps)('$name is used by some machine', ({ name }) => {
    expect(tasks.map(([, task]) => task.Arguments.FunctionName)).toContain(`\${${name}}`);
  });
});

describe('the selection round', () => {
  const { States } = machines['selection-round'];

  it('waits again when the deadline was extended while it waited', () => {
    const closeCall = States['CloseCall'];
    const choice = States['WhichStage'];

    expect(closeCall && following(closeCall)).toEqual(['WhichStage']);
    expect(choice?.Type === 'Choice' && choice.Choices[0]).toEqual({
      Condition: "{% $states.input.stage = 'call' %}",
      Next: 'WaitForDeadline',
    });
  });

  it('ends a closed round by its minutes, and a cancelled one without', () => {
    const choice = States['WhichStage'];
    const after = (stage: string) =>
      choice?.Type === 'Choice' &&
      choice.Choices.find(({ Condition }) => Condition.includes(`'${stage}'`))?.Next;

    expect([after('closed'), after('cancelled')]).toEqual(['GatherMinutes', 'Cancelled']);
    const [drawn, noted, end] = ['GatherMinutes', 'DrawMinutes', 'RecordMinutes'].map((name) => {
      const state = States[name];
      return state && following(state);
    });
    expect([drawn, noted, end]).toEqual([['DrawMinutes'], ['RecordMinutes'], ['Closed']]);
  });

  it('fails with a name, instead of ending well, in a stage that it does not follow', () => {
    expect(States['NothingToFollow']).toMatchObject({ Type: 'Fail', Error: 'NothingToFollow' });
  });
});
