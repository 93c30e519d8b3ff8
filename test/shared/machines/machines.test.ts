import { describe, expect, it } from 'vitest';
import { type MachineKind, stateMachines } from '#shared/machines/index.ts';
import type { StateMachine } from '#shared/machines/machine.ts';
import { applications } from './applications.ts';
import { capacities } from './capacities.ts';
import { gates } from './committees.ts';
import { offers } from './offers.ts';
import { owedInterviews } from './owed-interviews.ts';
import { placements } from './placements.ts';
import { ratings } from './ratings.ts';
import { corrections, remedies } from './second-people.ts';
import { claims, slots } from './slots-claims.ts';
import type { Walk } from './walk.ts';

/*
 * Every state × every command of the records that people move, by the decisions themselves (ANCHORS F11): events that the record knows, or a refusal
 * that has a name, and never an exception. `pairs.md` is the reviewed table of all of them.
 */

const walks: Record<MachineKind, Walk> = {
  application: applications,
  offer: offers,
  claim: claims,
  slot: slots,
  gate: gates,
  correction: corrections,
  remedy: remedies,
  placement: placements,
  rating: ratings,
  capacity: capacities,
  'owed-interview': owedInterviews,
};

const all = Object.values(walks);

const tableOf = ({ kind, states, pairs }: Walk): string => {
  const commands = [...new Set(pairs.map(({ command }) => command))];
  const cell = (state: string, command: string): string =>
    pairs.find((pair) => pair.state === state && pair.command === command)?.outcome ?? '';
  return [
    `## ${kind}`,
    '',
    `| | ${states.join(' | ')} |`,
    `|---|${states.map(() => '---|').join('')}`,
    ...commands.map(
      (command) => `| ${command} | ${states.map((state) => cell(state, command)).join(' | ')} |`,
    ),
    '',
  ].join('\n');
};

describe('a record that people move', () => {
  it('answers every command in every state as it was reviewed', async () => {
    const tables = all.map(tableOf).join('\n');

    await expect(`# State × command\n\n${tables}`).toMatchFileSnapshot('pairs.md');
  });

  it.for(all)('$kind goes where its declared machine says, and nowhere else', ({ kind, states, pairs }) => {
    const machine: StateMachine = stateMachines[kind];
    const movesOf = (state: string) => machine.moves[state] ?? {};
    const moved = pairs.flatMap(({ state, command, outcome }) =>
      outcome.startsWith('→ ') ? [{ state, command, to: outcome.slice(2) }] : [],
    );
    const declared = states.flatMap((state) =>
      Object.entries(movesOf(state)).map(([command, to]) => ({ state, command, to })),
    );

    expect(moved).toEqual(expect.arrayContaining(declared));
    // The same command of somebody else, or about another thing, leads nowhere else.
    expect(moved.filter(({ state, to }) => !Object.values(movesOf(state)).includes(to))).toEqual([]);
  });

  it.for(all)('$kind is walked from every state that it can come to', ({ kind, states }) => {
    const machine: StateMachine = stateMachines[kind];
    const targets = Object.values(machine.moves).flatMap((commands) => Object.values(commands));

    expect(states.toSorted()).toEqual(Object.keys(machine.moves).toSorted());
    expect([...new Set(targets), machine.start].filter((state) => !states.includes(state ?? ''))).toEqual([]);
  });
});
