import { tellJudges } from '#functions/commands/judge-letters.ts';
import { writeLettersToMembers } from '#functions/commands/member-letters.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { World } from '#test/builders/scenes.ts';

type Letter = Extract<OutboxMessage['body'], { kind: 'letter' }>;

const delivered = new WeakMap<World, Set<string>>();

/** What the outbox does: every row about members that is due, and then once more, as a delivery that broke off is tried again. Then it is done with. */
export const tellDue = async (world: World): Promise<void> => {
  const done = delivered.get(world) ?? new Set();
  delivered.set(world, done);
  const rows = [...world.records.outbox.values()].filter(
    ({ id, at }) => at <= world.clock.now() && !done.has(id),
  );
  for (const { id, body } of [...rows, ...rows]) {
    if (body.kind === 'tell-judges') await tellJudges(world, body);
    if (body.kind === 'letters-to-members') await writeLettersToMembers(world, body);
    done.add(id);
  }
};

/** Letters of one template that were written, in the order in which they were. */
export const lettersOf = (world: World, template: Letter['template']): Letter[] =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === template ? [body] : [],
  );

/** The same as how often each person was told, and the number in each. */
export const countsOf = (world: World, template: Letter['template']): [PersonId, unknown][] =>
  lettersOf(world, template)
    .map(({ personId, facts }): [PersonId, unknown] => [personId, facts['count']])
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
