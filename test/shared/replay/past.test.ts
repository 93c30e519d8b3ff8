import { describe, expect, it } from 'vitest';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { chain } from '#shared/domain/event.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { pastOf } from '#shared/replay/past.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { at } from '#test/builders/worlds.ts';

const { applicationId, roundId, number, facts, screened } = aCandidacy();
const [first, second] = ['R1', 'R2'].map((name) => PersonId.parse(name.padEnd(20, '0')));
if (!first || !second) throw new Error('Two raters are needed.');

/** The machine that asked the first rater was ahead of the one that asked the second. */
const history: CandidacyEvent[] = [
  { type: 'candidacy-opened', at: at('2022-10-04T12:00'), applicationId, roundId, number, facts, screened },
  { type: 'raters-assigned', at: at('2022-10-10T04:02'), raters: [first] },
  { type: 'rater-replaced', at: at('2022-10-10T04:01'), rater: first, by: second },
];
const record = { aggregate: candidacyAggregate.name, id: applicationId, version: 0 };
const events = chain(record, { kind: 'system', name: 'workflow' }, history);

const ratersAt = async (moment: ReturnType<typeof at>) => {
  const found = await pastOf({ events, texts: [] }, moment).find(candidacyAggregate, applicationId);
  return found && { version: found.version, raters: found.state.raters };
};

describe('a record of before', () => {
  it('never holds an event without those before it, whatever the clocks of the machines said', async () => {
    expect(await ratersAt(at('2022-10-10T04:00'))).toEqual({ version: 1, raters: [] });
    expect(await ratersAt(at('2022-10-10T04:01'))).toEqual({ version: 3, raters: [second] });
  });

  it('is none before its first event', async () => {
    expect(await ratersAt(at('2022-10-04T11:59'))).toBeUndefined();
  });
});
