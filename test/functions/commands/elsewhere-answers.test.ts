import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/application-withdrawal.ts';
import { pinRegionKey } from '#functions/commands/elsewhere.ts';
import { bringStatement, confirmStatement, followsFrom } from '#functions/commands/elsewhere-hearing.ts';
import { previewOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { askStatement, noteSaid } from '#functions/commands/elsewhere-saying.ts';
import { openStatementFile } from '#functions/commands/elsewhere-statement.ts';
import { tellElsewhere } from '#functions/commands/elsewhere-telling.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { stepsOf } from '#shared/bundle/offer-story.ts';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { heardIn, proposedIn, sidesOf, statedIn } from '#test/builders/answered.ts';
import { ownOf } from '#test/builders/exchange.ts';
import { type TwoRegions, tellIn } from '#test/builders/handed.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, candidaciesIn, deliverOffersIn, letOutIn, offersIn } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

const first = 'KZ19-AAAA-0000';
const second = 'KZ19-AAAA-0001';

/** Both were handed over, and one post of their own region is free: it is offered to the first, and the second one waits for it. */
const offeredHere = async () => {
  const regions = await proposedIn(undefined, { posts: [aVacancy('MAT-001')] });
  await letOutIn(regions.here.world, regions.here.scene.roundId);
  return regions;
};

const lettersIn = ({ here }: TwoRegions): string[] =>
  [...here.world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && /elsewhere-(accepted|conflict|returned)/.test(body.template)
      ? [`${body.template} ${body.facts['number']}`]
      : [],
  );

/** As anyone checks it: the steps that are published, and which of them do not follow from those before. */
const checkedIn = async ({ here: { world, scene } }: TwoRegions) => {
  const candidacies = await candidaciesIn(world, scene);
  const contenders = await Promise.all(
    candidacies.map(async (candidacy) => ({
      candidacy,
      history: (await world.records.history('candidacy', candidacy.applicationId)).map(
        ({ fact }) => fact as CandidacyEvent,
      ),
    })),
  );
  const steps = stepsOf(contenders, {
    places: new Map([['MAT-001', 0]]),
    rows: new Map(candidacies.map(({ applicationId }, row) => [applicationId, row])),
    exchanged: undefined,
    capacities: [],
  });
  const told = { seal: sha256Of('seal'), posts: 1 };
  const seekers = [[0], [0], []].map((wishes, row) => ({ row, wishes }));
  return { steps, isolated: replayOf({ vacancies: [told], limits: [], seekers, steps }).isolated };
};

const faultOf = async (bringing: ReturnType<typeof bringStatement>) => {
  const answer = await bringing;
  return answer.ok || answer.error.kind !== 'invalid' ? answer : answer.error.faults[0]?.message;
};

describe('what people answered in another region', () => {
  it('closes their candidacy where they come from, and what was offered goes to whoever comes next', async () => {
    const regions = await offeredHere();
    const { world, scene } = regions.here;
    const file = await statedIn(regions, { [`KZ-19 ${first}`]: 'accepted', [`KZ-19 ${second}`]: 'ended' });
    const seen = await heardIn(regions, file);
    await tellIn(world);
    await askNext(world, scene);
    const again = await bringStatement(world, { ...sidesOf(regions).here.staff, file });
    await tellIn(world);

    expect(seen).toEqual({ closing: 1, offers: 1, returning: 0, conflicts: 0 });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
    expect(lettersIn(regions)).toEqual([`elsewhere-accepted ${first}`]);
    expect(again).toMatchObject({ value: { isKnown: true } });
    const [gone, ended] = await candidaciesIn(world, scene);
    expect(gone?.elsewhere).toMatchObject([{ answer: { kind: 'accepted', on: '2022-11-22' } }]);
    expect(gone?.elsewhere?.[0]?.goneAt).toBeDefined();
    expect(ended?.elsewhere).toMatchObject([{ answer: { kind: 'ended' } }]);
    expect(ended?.elsewhere?.[0]).not.toHaveProperty('goneAt');
    expect([...world.records.outbox.values()].map(({ body }) => body.kind)).toContain('resume-task');
  });

  it('is sealed for the region that handed them over, and tells nobody else a number', async () => {
    const regions = await proposedIn();
    const file = new TextDecoder().decode(await statedIn(regions, { [first]: 'accepted' }));
    const { there } = sidesOf(regions);
    const opened = granted(await openStatementFile(regions.there.world, there));

    expect(file).not.toMatch(/KZ19-AAAA|accepted/);
    expect(JSON.parse(file)).toMatchObject({
      statement: { from: 'KZ-61', to: 'KZ-19', people: 1, number: 1 },
    });
    expect(opened.url).toContain('answers-1-1.json');
  });

  it('takes nothing from anybody who accepted here: both are shown with their dates, and the person ends it', async () => {
    const regions = await offeredHere();
    const { world, scene } = regions.here;
    const own = await offerTo(regions.here.world, regions.here.scene, 0);
    granted(await acceptOffer(world, own));
    const seen = await heardIn(regions, await statedIn(regions, { [first]: 'accepted' }));
    await tellIn(world);
    const { concerned } = granted(await previewOpenPosts(world, sidesOf(regions).here.staff));

    expect(seen).toEqual({ closing: 0, offers: 0, returning: 0, conflicts: 1 });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted']);
    expect(concerned).toMatchObject([
      {
        said: { number: first, on: '2022-11-22' },
        effect: { kind: 'conflict', offers: [{ vacancy: 'MAT-001', endedAt: world.clock.now() }] },
      },
    ]);
    expect(lettersIn(regions)).toEqual([`elsewhere-conflict ${first}`]);

    granted(await withdrawApplication(world, { ...ownOf(scene, 0), reasonCode: 'other-post' }));
    await deliverOffersIn(world);
    const after = granted(await previewOpenPosts(world, sidesOf(regions).here.staff));
    expect(after.concerned[0]?.effect.kind).toBe('noted');
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
  });

  it('never gives anybody two posts where they accept here at the moment at which it is applied', async () => {
    for (const isFirst of [true, false]) {
      const regions = await offeredHere();
      const { world, scene } = regions.here;
      const own = await offerTo(regions.here.world, regions.here.scene, 0);
      await heardIn(regions, await statedIn(regions, { [first]: 'accepted' }));
      const telling = {
        roundId: scene.roundId,
        list: regions.list,
        about: 'answers' as const,
      };
      const apply = () => tellElsewhere(world, telling);
      const accept = () => acceptOffer(world, own);
      const [one, other] = isFirst ? [apply(), accept()] : [accept(), apply()];
      const answers = await Promise.all([one, other]);
      const accepted = answers.find((answer) => answer !== undefined);
      const [person] = await candidaciesIn(world, scene);

      const isOut = person?.elsewhere?.[0]?.goneAt !== undefined;
      expect(accepted?.ok).toBe(!isOut);
      expect(person?.offers.map(({ status }) => status)).toEqual([isOut ? 'closed' : 'accepted']);
      expect(lettersIn(regions)).toEqual([`elsewhere-${isOut ? 'accepted' : 'conflict'} ${first}`]);
      if (isOut) expect(accepted).toMatchObject({ error: { kind: 'offer-ended', status: 'closed' } });
    }
  });

  it('is undone by a later statement: the person is in again, at the old rank, and every step holds', async () => {
    const regions = await offeredHere();
    const { world, scene } = regions.here;
    await heardIn(regions, await statedIn(regions, { [first]: 'accepted' }));
    await tellIn(world);
    world.clock.pass(60);
    regions.there.world.clock.pass(60);
    const seen = await heardIn(regions, await statedIn(regions, { [first]: 'ended' }));
    await tellIn(world);
    await deliverOffersIn(world);

    expect(seen).toEqual({ closing: 0, offers: 0, returning: 1, conflicts: 0 });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '0 MAT-001 open']);
    expect(lettersIn(regions)).toEqual([`elsewhere-accepted ${first}`, `elsewhere-returned ${first}`]);
    const history = await world.records.history('candidacy', scene.people[0]?.applicationId ?? '');
    expect(history.map(({ fact }) => fact.type).slice(-5)).toEqual([
      'offer-closed',
      'elsewhere-gone',
      'elsewhere-answered',
      'elsewhere-returned',
      'offer-made',
    ]);
    const { steps, isolated } = await checkedIn(regions);
    expect(isolated).toEqual([]);
    expect(steps.map(({ type }) => type)).toEqual(['offered', 'withdrawn', 'returned', 'offered']);
  });

  it('lets nobody in again who withdrew here meanwhile, and the next offer is not the worse for it', async () => {
    const regions = await offeredHere();
    const { world, scene } = regions.here;
    await heardIn(regions, await statedIn(regions, { [first]: 'accepted' }));
    await tellIn(world);
    world.clock.pass(60);
    granted(await withdrawApplication(world, { ...ownOf(scene, 0), reasonCode: 'other-post' }));
    regions.there.world.clock.pass(120);
    world.clock.pass(60);
    const seen = await heardIn(regions, await statedIn(regions, { [first]: 'ended' }));
    await tellIn(world);
    await askNext(world, scene);

    expect(seen).toEqual({ closing: 0, offers: 0, returning: 0, conflicts: 0 });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
    expect(lettersIn(regions)).toEqual([`elsewhere-accepted ${first}`]);
    const { steps, isolated } = await checkedIn(regions);
    expect(isolated).toEqual([]);
    expect(steps.map(({ type }) => type)).not.toContain('returned');
    expect(steps.map(({ type }) => type).at(-1)).toBe('offered');
  });
});

describe('a statement of another region', () => {
  it('counts once another person saw what follows from it', async () => {
    const regions = await offeredHere();
    const { world } = regions.here;
    const { staff, colleague } = sidesOf(regions).here;
    const file = await statedIn(regions, { [first]: 'accepted' });
    granted(await bringStatement(world, { ...staff, file }));
    const { list, concerned } = granted(await previewOpenPosts(world, colleague));
    const statement = list.heard?.[0]?.sha256 ?? '';
    const seen = followsFrom(concerned);
    const alone = await confirmStatement(world, { ...staff, statement, seen });
    const fewer = await confirmStatement(world, { ...colleague, statement, seen: { ...seen, closing: 0 } });
    const other = await confirmStatement(world, { ...colleague, statement: sha256Of('other'), seen });
    granted(await acceptOffer(world, await offerTo(regions.here.world, regions.here.scene, 0)));
    const late = await confirmStatement(world, { ...colleague, statement, seen });

    expect(alone).toMatchObject({ error: { kind: 'second-person-needed' } });
    expect(fewer).toMatchObject({ error: { kind: 'recipients-differ', recipients: 1 } });
    expect(other).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect(late).toMatchObject({ error: { kind: 'recipients-differ', recipients: 0, confirmed: 1 } });
  });

  it('is refused in words where it is another, changed, older, or opens with another key', async () => {
    const regions = await proposedIn();
    const { world } = regions.here;
    const { staff } = sidesOf(regions).here;
    const older = await statedIn(regions, { [first]: 'accepted' });
    const newer = await statedIn(regions, { [second]: 'ended' });
    const foreign = await proposedIn();
    const theirs = await statedIn(foreign, { [first]: 'accepted' });
    const text = new TextDecoder().decode(older);
    const altered = new TextEncoder().encode(text.replace('"people":1', '"people":2'));
    await heardIn(regions, newer);

    const bring = (file: Uint8Array) => faultOf(bringStatement(world, { ...staff, file }));
    expect(await bring(new TextEncoder().encode('{}'))).toBe('elsewhere.fault.answers');
    expect(await bring(altered)).toBe('elsewhere.fault.signature');
    expect(await bring(theirs)).toBe('elsewhere.fault.otherAnswers');
    expect(await bring(older)).toBe('elsewhere.fault.olderStatement');
    granted(await pinRegionKey(world, { ...staff, region: 'KZ-61', key: sha256Of('another key') }));
    expect(await bring(await statedIn(regions, { [first]: 'ended' }))).toBe('elsewhere.fault.otherKey');
    world.records.secrets.set(`elsewhere#${staff.roundId}#list#1`, 'another secret');
    expect(await bring(older)).toBe('elsewhere.fault.answersSeal');
  });

  it('is not made twice of the same, nor of another number than somebody saw, nor of somebody without a post', async () => {
    const regions = await proposedIn();
    const { world } = regions.there;
    const { there } = sidesOf(regions);
    await statedIn(regions, { [first]: 'accepted' });
    granted(await askStatement(world, { ...there, confirmed: 1 }));
    const unseen = await askStatement(world, { ...there, confirmed: 2 });
    const nobody = await noteSaid(world, {
      ...there,
      who: 'KZ19-ZZZZ-0000',
      answer: 'accepted',
      on: '2022-11-22',
    });
    const early = await noteSaid(world, { ...there, who: second, answer: 'accepted', on: '2022-11-21' });
    const later = await noteSaid(world, { ...there, who: second, answer: 'accepted', on: '2022-12-01' });
    const unsaid = await noteSaid(world, { ...there, who: second, answer: '', on: '' });

    const { records } = world;
    const asked = (await records.history('elsewhere', there.roundId)).filter(
      ({ fact }) => fact.type === 'elsewhere-statement-asked',
    );
    expect(asked).toHaveLength(1);
    expect(unseen).toMatchObject({ error: { kind: 'recipients-differ', recipients: 1 } });
    expect(nobody).toMatchObject({ error: { faults: [{ message: 'elsewhere.fault.nobody' }] } });
    expect(early).toMatchObject({ error: { faults: [{ message: 'elsewhere.fault.day' }] } });
    expect(later).toMatchObject({ error: { faults: [{ message: 'elsewhere.fault.day' }] } });
    expect(unsaid).toMatchObject({ error: { faults: [{ place: 'answer' }, { place: 'on' }] } });
  });
});
