import { type Aggregate, evolveAll, type Fact, type Versioned } from '#shared/domain/event.ts';
import type { MailAddress } from '#shared/domain/sign-in.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import type { Change, Records } from '#shared/ports/records.ts';
import type { People } from '#shared/ports/sign-in.ts';
import type { Chance, Clock } from '#shared/ports/world.ts';

/** Sends a code at once, past the outbox: it is of no use later, and must be stored nowhere in the clear. */
export type SendCode = (letter: {
  to: MailAddress;
  template: 'sign-in-code' | 'mailbox-code';
  locale: Locale;
  code: string;
  minutes: number;
  /** Stable for one code, so that a letter handed over twice is one letter. */
  letterId: string;
}) => Promise<void>;

/** What signing in and staff need from outside. */
export type SignInDeps = {
  records: Records;
  people: People;
  clock: Clock;
  chance: Chance;
  sendCode: SendCode;
  /** The address that browsers see; its host is what passkeys are bound to. */
  publicOrigin: string;
};

/** Decided facts as a change of one record, behind the version that was read. */
export const changeOf = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  id: string,
  found: Versioned<State> | undefined,
  facts: readonly Event[],
): Change => {
  const state = evolveAll(aggregate, found?.state, facts);
  if (state === undefined) throw new Error('A change has at least one fact.');
  return {
    aggregate: aggregate.name,
    id,
    expectedVersion: found?.version ?? 0,
    facts,
    snapshot: state,
    lists: aggregate.lists(state),
  };
};
