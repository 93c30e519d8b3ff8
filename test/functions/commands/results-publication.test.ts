import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { confirmCapacity, proposeCapacity } from '#functions/commands/capacities.ts';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { releaseOffers, stopOffers } from '#functions/commands/offer-release.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { ownReceipt } from '#functions/commands/result-receipt.ts';
import { publishResults } from '#functions/commands/results-publication.ts';
import { partOf } from '#shared/bundle/receipt-parts.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { publicationOf, publicationOwed } from '#shared/domain/results-publication.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { minutesName } from '#shared/papers/order.ts';
import { openingsKey, paperDataKey, receiptsKey, resultsKey } from '#shared/ports/papers.ts';
import { aClosedRoundIn, aheadOf, type ClosedRound, offerTo } from '#test/builders/closed-round.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { anApplicant } from '#test/builders/selection.ts';
import { anAdjustingFile } from '#test/builders/severity.ts';
import { signerOf } from '#test/builders/signer.ts';

const aClosed = async () => {
  const world = { ...aWorld(), signer: signerOf(aKey()) };
  return { world, ...(await aClosedRoundIn(world)) };
};

const roundIn = async (world: World, roundId: Parameters<typeof publishResults>[1]['roundId']) => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round) throw new Error('There is no round.');
  return round.state;
};

const textIn = ({ papers }: World, key: string): string => new TextDecoder().decode(papers.stored.get(key));

/** The record as a program of before receipts were kept has written it: it notes no parts. */
const asBefore = async (world: World, roundId: ClosedRound['roundId']): Promise<World> => {
  const round = await roundIn(world, roundId);
  if (!('publications' in round)) throw new Error('Nothing was published.');
  const publications = round.publications?.map(({ receiptParts: _none, ...one }) => one);
  const find: World['records']['find'] = async (aggregate, id) => {
    const found = await world.records.find(aggregate, id);
    return found && aggregate.name === roundAggregate.name
      ? { ...found, state: Object.assign({}, found.state, { publications }) }
      : found;
  };
  return { ...world, records: { ...world.records, find } };
};

describe('the bundle of a round', () => {
  it.for(['claims', 'offers'] as const)('of %s holds for anyone, with everyone’s receipt', async (stage) => {
    const { world, roundId, applications } = await aClosed();

    await publishResults(world, { roundId, stage });

    const publication = publicationOf(await roundIn(world, roundId), stage);
    if (!publication) throw new Error('Nothing was published.');
    const text = textIn(world, resultsKey(roundId, stage, publication.decision));
    expect(createHash('sha256').update(text).digest('hex')).toBe(publication.bundle);
    for (const [index, { id: applicationId }] of applications.entries()) {
      const receipt = granted(await ownReceipt(world, { by: anApplicant(index), applicationId, stage }));
      const { findings, bundle } = await verifyResults(text, receipt.text);
      expect(findings.filter(({ holds }) => !holds)).toEqual([]);
      expect(bundle).toMatchObject({ key: publication.key, statement: { root: publication.root, stage } });
    }
  });

  it('says how scores were adjusted, or that a check was not passed, as it was decided', async () => {
    const world = { ...aWorld(), signer: signerOf(aKey()) };
    const { roundId } = await aClosedRoundIn(world, asUpload(anAdjustingFile()));

    await publishResults(world, { roundId, stage: 'claims' });

    const publication = publicationOf(await roundIn(world, roundId), 'claims');
    const text = textIn(world, resultsKey(roundId, 'claims', publication?.decision ?? sha256Of('')));
    const { holds, bundle } = await verifyResults(text);
    expect(holds).toBe(true);
    // Seven applications are too few for anybody to have rated eight.
    expect(bundle?.statement).toMatchObject({ format: 5, adjustment: { counts: 'raw' } });
    expect(bundle?.statement.adjustment?.checks.find(({ passed }) => !passed)?.check).toBe('connected');
  });

  it.for([-5, 5, 60_000])('holds where a machine that noted a refusal was %i ms ahead', async (ahead) => {
    const world = { ...aWorld(), signer: signerOf(aKey()) };
    const { roundId } = await aClosedRoundIn(world, undefined, { ahead });

    await publishResults(world, { roundId, stage: 'offers' });

    expect(publicationOf(await roundIn(world, roundId), 'offers')).toBeDefined();
  });

  it('tells of what the committee’s proposal read, also where a clock ahead gave it a later moment', async () => {
    const world = { ...aWorld(), signer: signerOf(aKey()) };
    const by = theAdministrator;
    const second = { ...by, id: PersonId.parse('ADM1N000000000000002') };
    const last = async (round: ClosedRound): Promise<void> => {
      const { roundId } = round;
      const ahead = aheadOf(world, 5);
      const typed = { vacancy: 'MAT-003', posts: '2', reason: 'A class opened.' };
      granted(await proposeCapacity(ahead, { by, roundId, ...typed }));
      granted(await confirmCapacity(ahead, { by: second, roundId, change: 1, confirmed: 1 }));
      await makeNextOffers(world, { roundId, by: { kind: 'system', name: 'workflow' } });
      granted(await declineOffer(ahead, { ...(await offerTo(world, round, 2)), reason: 'distance' }));
    };
    const { roundId } = await aClosedRoundIn(world, undefined, { last });

    await publishResults(world, { roundId, stage: 'offers' });

    const publication = publicationOf(await roundIn(world, roundId), 'offers');
    const text = textIn(world, resultsKey(roundId, 'offers', publication?.decision ?? sha256Of('')));
    const { bundle } = await verifyResults(text);
    expect(bundle?.statement.offers?.steps.map(({ type }) => type).slice(-3)).toEqual([
      'capacity-changed',
      'offered',
      'declined',
    ]);
  });

  it('holds where offers were stopped, a number was mended, and the rest was let go', async () => {
    const world = { ...aWorld(), signer: signerOf(aKey()) };
    const by = theAdministrator;
    const second = { ...by, id: PersonId.parse('ADM1N000000000000002') };
    const last = async (round: ClosedRound): Promise<void> => {
      const { roundId } = round;
      granted(await stopOffers(world, { by, roundId, reason: 'MAT-003 has two posts.' }));
      const typed = { vacancy: 'MAT-003', posts: '2', reason: 'The register was wrong.' };
      granted(await proposeCapacity(world, { by, roundId, ...typed }));
      granted(await confirmCapacity(world, { by: second, roundId, change: 1, confirmed: 0 }));
      expect(await makeNextOffers(world, { roundId, by })).toBe(0);
      granted(await releaseOffers(world, { by, roundId, confirmed: 1 }));
      expect(await makeNextOffers(world, { roundId, by })).toBe(1);
      granted(await declineOffer(world, { ...(await offerTo(world, round, 2)), reason: 'distance' }));
    };
    const { roundId } = await aClosedRoundIn(world, undefined, { last });

    await publishResults(world, { roundId, stage: 'offers' });

    const publication = publicationOf(await roundIn(world, roundId), 'offers');
    const text = textIn(world, resultsKey(roundId, 'offers', publication?.decision ?? sha256Of('')));
    const { findings } = await verifyResults(text);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('is asked for when the final results are decided, and when the round closes', async () => {
    const { world } = await aClosed();

    const asked = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'publish-results' ? body.stage : [],
    );
    expect(new Set(asked)).toEqual(new Set(['claims', 'offers']));
  });

  it('is written once: whatever comes again changes neither file nor record', async () => {
    const { world, roundId } = await aClosed();
    await publishResults(world, { roundId, stage: 'claims' });
    const before = [await roundIn(world, roundId), new Map(world.papers.stored)];

    await publishResults({ ...world, signer: signerOf(aKey()) }, { roundId, stage: 'claims' });

    expect([await roundIn(world, roundId), world.papers.stored]).toEqual(before);
  });

  it('goes on where a try was cut, with the leaves that it had kept', async () => {
    const { world, roundId } = await aClosed();
    const decision = publicationOwed(await roundIn(world, roundId), 'claims');
    if (!decision) throw new Error('Nothing is owed.');
    const put = world.papers.put;
    const dying = {
      ...world.papers,
      put: async (file: Parameters<typeof put>[0]) => {
        if (!file.key.includes('openings')) throw new Error('cut');
        return await put(file);
      },
    };
    await expect(publishResults({ ...world, papers: dying }, { roundId, stage: 'claims' })).rejects.toThrow(
      'cut',
    );
    const kept = textIn(world, openingsKey(roundId, 'claims', decision));

    await publishResults(world, { roundId, stage: 'claims' });

    expect(textIn(world, openingsKey(roundId, 'claims', decision))).toBe(kept);
    expect(publicationOf(await roundIn(world, roundId), 'claims')).toBeDefined();
  });

  it('keeps everybody’s receipt, so that one is read alone, and those of an older program still come from the whole', async () => {
    const { world, roundId, applications } = await aClosed();
    await publishResults(world, { roundId, stage: 'claims' });
    const { decision, receiptParts: parts = 0 } =
      publicationOf(await roundIn(world, roundId), 'claims') ?? {};
    const [first] = applications;
    if (!first || !decision) throw new Error('Nothing was published.');
    const read: string[] = [];
    const counting = (some: World): World => ({
      ...some,
      papers: {
        ...some.papers,
        read: async (key) => {
          read.push(key);
          return await some.papers.read(key);
        },
      },
    });
    const own = { by: anApplicant(0), applicationId: first.id, stage: 'claims' } as const;

    const kept = granted(await ownReceipt(counting(world), own));

    const number = partOf(first.id, parts);
    expect(read).toEqual([receiptsKey(roundId, { stage: 'claims', decision, number, parts })]);
    const whole = granted(await ownReceipt(counting(await asBefore(world, roundId)), own));
    expect(read.slice(1)).toEqual([openingsKey(roundId, 'claims', decision)]);
    expect(whole).toEqual(kept);
  });

  it('is noted only once everybody’s receipt is there, whichever try kept them', async () => {
    const { world, roundId, applications } = await aClosed();
    const put = world.papers.put;
    const dying = (what: string): World => ({
      ...world,
      papers: {
        ...world.papers,
        put: async (file) => {
          if (file.key.includes(what)) throw new Error('cut');
          return await put(file);
        },
      },
    });
    const publish = (by: World) =>
      publishResults({ ...by, signer: world.signer }, { roundId, stage: 'claims' });
    await expect(publish(dying('-receipts-'))).rejects.toThrow('cut');
    expect(publicationOf(await roundIn(world, roundId), 'claims')).toBeUndefined();

    await Promise.all([publish(world), publish(world)]);

    expect(publicationOf(await roundIn(world, roundId), 'claims')?.receiptParts).toBe(1);
    for (const [index, { id: applicationId }] of applications.entries())
      granted(await ownReceipt(world, { by: anApplicant(index), applicationId, stage: 'claims' }));
  });

  it('is not published when a key does not sign what it should', async () => {
    const { world, roundId } = await aClosed();
    const [own, other] = [signerOf(aKey()), signerOf(aKey())];
    const signer = { ...own, sign: other.sign };

    await expect(publishResults({ ...world, signer }, { roundId, stage: 'claims' })).rejects.toThrow(
      'does not hold: signature',
    );

    expect(world.papers.stored.size).toBe(0);
  });

  it('is named in the minutes by its root', async () => {
    const { world, roundId } = await aClosed();
    await publishResults(world, { roundId, stage: 'claims' });

    await orderMinutes({ ...world, people: memoryPeople() }, roundId);

    const minutes = Minutes.parse(JSON.parse(textIn(world, paperDataKey(roundId, minutesName(1)))));
    const { root, key } = publicationOf(await roundIn(world, roundId), 'claims') ?? {};
    expect(minutes.published).toEqual([expect.objectContaining({ stage: 'claims', root, key })]);
    expect(JSON.stringify(minutesPaper(minutes, translator('kk')))).toContain(root);
  });

  it('gives nobody the receipt of another', async () => {
    const { world, roundId, applications } = await aClosed();
    await publishResults(world, { roundId, stage: 'claims' });
    const [first] = applications;
    if (!first) throw new Error('Nobody applied.');

    const answer = await ownReceipt(world, { by: anApplicant(1), applicationId: first.id, stage: 'claims' });

    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });
});
