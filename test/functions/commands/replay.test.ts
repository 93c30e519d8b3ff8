import { beforeAll, describe, expect, it } from 'vitest';
import { chronicleFile } from '#functions/commands/chronicle.ts';
import { type LookBack, lookBack, replay } from '#functions/commands/replay.ts';
import { roundThen } from '#functions/commands/round-then.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import { type Chronicle, readChronicle } from '#shared/replay/chronicle.ts';
import { pastOf } from '#shared/replay/past.ts';
import { RoundThen } from '#shared/replay/then.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { withoutReads } from '#test/builders/reads.ts';
import { administrator, aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import { auditor, chair, secretary, stranger } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

type Played = {
  world: World;
  round: ClosedRound;
  /** What there was to be seen after the last thing that happened at each moment. */
  seen: ReadonlyMap<Instant, RoundThen>;
};

/** A whole round, played by its own commands; a millisecond passes with each transaction. */
const played = async (): Promise<Played> => {
  const world = aTickingWorld();
  const seen = new Map<Instant, RoundThen>();
  const { commit } = world.records;
  let roundId: RoundId | undefined;
  world.records.commit = async (wanted) => {
    const stored = await commit(wanted);
    const facts = wanted.changes.flatMap((change) => change.facts);
    const drafted = facts.flatMap((fact) => {
      const event = RoundEvent.safeParse(fact).data;
      return event?.type === 'round-drafted' ? event.id : [];
    });
    roundId ??= drafted[0];
    const moment = facts
      .map((fact) => fact.at)
      .toSorted()
      .at(-1);
    const round = roundId && moment && (await roundThen(world.records, roundId, moment));
    if (round) seen.set(round.until, round);
    return stored;
  };
  const round = await aClosedRoundIn(world);
  return { world, round, seen };
};

/** As another machine has it that was given the file alone. */
const elsewhere = async ({ world, round }: Played): Promise<Chronicle> =>
  granted(readChronicle((await chronicleFile(world.records, round.roundId)) ?? ''));

let given: Played;
let chronicle: Chronicle;
beforeAll(async () => {
  given = await played();
  chronicle = await elsewhere(given);
});

const movedOf = (seen: LookBack, index: number) =>
  seen.moved.find(({ number }) => number === given.round.applications[index]?.number);

describe('a round that is replayed elsewhere', () => {
  it('is at each moment, byte for byte, what was to be seen then', async () => {
    const wrong: string[] = [];
    for (const [moment, round] of given.seen) {
      const again = await roundThen(pastOf(chronicle, moment), chronicle.roundId, moment);
      if (canonicalJson(again) !== canonicalJson(round)) wrong.push(moment);
    }

    expect(given.seen.size).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it('comes to every proposal that was ever laid on the table', async () => {
    const { recomputed = [] } = (await replay(chronicle, given.world.clock.now())) ?? {};

    expect(recomputed.map(({ stage, follows }) => [stage, follows])).toEqual(
      [
        'screening',
        'screening',
        'scoring',
        'interviews',
        'preliminary',
        'claims',
        'offers',
        'onboarding',
      ].map((stage) => [stage, true]),
    );
  });

  it('comes to them by their moments where none says what it was drawn up from', async () => {
    const old = withoutReads(chronicle);
    const { recomputed = [] } = (await replay(old, given.world.clock.now())) ?? {};

    expect(recomputed.map(({ follows }) => follows)).toEqual(Array.from({ length: 8 }, () => true));
  });

  it('says of a list that does not follow from the record that it does not', async () => {
    const first = chronicle.events.findIndex(({ fact }) => fact.type === 'score-given');
    const otherwise = chronicle.events.map((event, index) =>
      index === first
        ? { ...event, fact: { ...event.fact, score: Object.assign({}, event.fact['score'], { total: 1 }) } }
        : event,
    );

    const { recomputed = [] } =
      (await replay({ ...chronicle, events: otherwise }, given.world.clock.now())) ?? {};

    expect(recomputed.filter(({ follows }) => !follows).map(({ stage }) => stage)).toEqual(['scoring']);
  });

  it('is nothing before its first event', async () => {
    expect(await replay(chronicle, at('2022-01-01T00:00'))).toBeUndefined();
  });

  it('is told as its description says', () => {
    const rounds = [...given.seen.values()];

    expect(rounds.map((round) => RoundThen.parse(round))).toEqual(rounds);
  });
});

describe('the file of a chronicle', () => {
  it('has the same bytes each time, and nothing that anybody typed', async () => {
    const file = await chronicleFile(given.world.records, given.round.roundId);

    expect(file).toBe(await chronicleFile(given.world.records, given.round.roundId));
    expect(canonicalJson(chronicle)).toBe(file);
    expect(file).not.toContain('Баллы за стаж');
  });

  it('is refused with any of its events or texts changed', async () => {
    const file = canonicalJson(chronicle);
    const [text] = chronicle.texts;

    expect(readChronicle(file.replace('"outcome":"advanced"', '"outcome":"cancelled"'))).toMatchObject({
      ok: false,
      error: { kind: 'broken-chain', fault: 'changed' },
    });
    const forged = { ...chronicle, texts: [{ ...text, text: `${text?.text} ` }] };
    expect(readChronicle(canonicalJson(forged))).toMatchObject({ error: { kind: 'changed-text' } });
    expect(readChronicle('{}')).toEqual({ ok: false, error: { kind: 'unreadable' } });
    expect(readChronicle('')).toEqual({ ok: false, error: { kind: 'unreadable' } });
  });
});

describe('looking back at a round', () => {
  const claims = at('2022-11-05T05:00');

  it('shows what stood then and who stands elsewhere since, with offers to whoever may read them', async () => {
    const { world, round } = given;
    const command = { roundId: round.roundId, until: () => claims };

    const seen = granted(await lookBack(world, { ...command, by: auditor }));

    expect(seen.stood).toMatchObject({ stage: 'claims', published: 'preliminary', offers: [] });
    expect(movedOf(seen, 0)).toMatchObject({
      before: { outcome: 'goes-on', rank: 1 },
      after: { outcome: 'stops', offer: { vacancy: 'MAT-003', status: 'declined' } },
    });
    expect(movedOf(seen, 5)).toBeUndefined();
    const secretly = granted(await lookBack(world, { ...command, by: secretary }));
    expect(secretly.moved.flatMap(({ before, after }) => [before.offer, after.offer])).not.toContainEqual(
      expect.anything(),
    );
  });

  it('is now where no moment is named, and then nothing has moved', async () => {
    const { world, round } = given;

    const seen = granted(await lookBack(world, { roundId: round.roundId, by: chair }));

    expect(seen.stood).toMatchObject({ stage: 'closed', until: world.clock.now() });
    expect(seen.moved).toEqual([]);
    expect(seen.moments.map(({ type }) => type)).toContain('stage-advanced');
  });

  it('shows nothing where an event or a text is not what was written', async () => {
    const { world, round } = given;
    const { history, blob } = world.records;
    const command = { roundId: round.roundId, by: chair };
    const changed = async (...asked: Parameters<typeof history>) =>
      (await history(...asked)).map((event) =>
        event.fact.type === 'score-given'
          ? Object.assign({}, event, { fact: Object.assign({}, event.fact, { rater: 'R-99' }) })
          : event,
      );
    const lost = async (...asked: Parameters<typeof history>) =>
      (await history(...asked)).filter(({ fact }) => fact.type !== 'stage-advanced');
    const longer: typeof blob = async (sha256) => `${await blob(sha256)} `;
    const lookedAt = (records: Partial<World['records']>) =>
      lookBack({ ...world, records: { ...world.records, ...records } }, command);

    await expect(lookedAt({ history: changed })).rejects.toThrow('"fault":"changed"');
    await expect(lookedAt({ history: lost })).rejects.toThrow('"fault":"gap"');
    await expect(lookedAt({ blob: longer })).rejects.toThrow('changed-text');
  });

  it('refuses what is no moment, or one that lies ahead or before the round', async () => {
    const { world, round } = given;

    for (const moment of [at('2030-01-01T00:00'), at('2022-01-01T00:00'), undefined]) {
      const until = () => moment;
      expect(await lookBack(world, { roundId: round.roundId, by: chair, until })).toMatchObject({
        error: { kind: 'invalid', faults: [{ place: 'until' }] },
      });
    }
  });

  it('is for the committee that ran it and for auditors', async () => {
    const { world, round } = given;

    expect(await lookBack(world, { roundId: round.roundId, by: administrator })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(await lookBack(world, { roundId: round.roundId, by: stranger })).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});
