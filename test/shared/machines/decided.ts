import { type Aggregate, evolveAll, type Fact } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { at } from '#test/builders/worlds.ts';

/** What the stories of all machines share. */
export const now = at('2022-11-14T05:00');
export const zone = 'Asia/Almaty';
export const asker = PersonId.parse('ASKER000000000000000');
export const other = PersonId.parse('0THER000000000000000');
export const reason = {
  owner: 'round#R0VND000000000000000',
  kind: 'reason',
  version: 1,
  digest: sha256Of('reason'),
} as const;

/** The record after a story. */
export const after = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  before: State | undefined,
  ...events: Event[]
): State => {
  const state = evolveAll(aggregate, before, events);
  if (state === undefined) throw new Error('A story without events.');
  return state;
};
