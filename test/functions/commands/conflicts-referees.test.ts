import { expect, it } from 'vitest';
import { candidatePlace } from '#functions/commands/candidate-views.ts';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { conflictsView } from '#functions/commands/conflict-views.ts';
import { ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { openGate } from '#functions/commands/gates.ts';
import { nameReferee } from '#functions/commands/references.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import { aDisclosureIn } from '#test/builders/conflicts.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aClosedCallIn,
  anApplicant,
  candidacyOf,
  chair,
  dana,
  erlan,
  members,
  secretary,
} from '#test/builders/selection.ts';

const { source, confidence, verifiedOn } = aRoundFile().blind;
const provenance = { source, confidence, verifiedOn };
const references = { count: 1, confidential: true, remindAfterWorkingDays: 3, ...provenance };
const conflicts = {
  grounds: [
    { ground: 'referee' as const, effect: 'bars' as const, ...provenance },
    { ground: 'past-school' as const, effect: 'shown' as const, ...provenance },
  ],
  commonFrom: 5,
  pastSchoolYears: 5,
  ...provenance,
};

const referee = {
  name: 'MARKER Colleague',
  position: 'Director',
  mail: `${dana.id.toLowerCase()}@example.kz`,
  relation: 'Led the school',
  locale: 'ru' as const,
};

/** As a member tells of having led the school that the applicant wants. */
const led = (years: string) => `№ 23 үлгі мектеп, ${years}`;

/** An applicant who names a member for a reference, and wants a post at a school that another member led until last year. */
const screening = async (named: typeof referee = referee) => {
  const world = { ...aWorld(), people: memoryPeople() };
  const upload = asUpload(aRoundFile({ references, conflicts }));
  const { roundId, applications } = await aClosedCallIn(world, [{}], upload, named);
  for (const by of [chair, secretary, ...members]) {
    const past = by === erlan ? led('2015–2021') : by === chair ? led('2010–2015') : '';
    await aDisclosureIn(world, by, { pastEmployers: past });
  }
  await screeningPrepared(world, roundId);
  granted(await openGate(world, { roundId, token: 'screening' }));
  return { world, roundId, applicationId: nth(applications, 0).id };
};

it('a member whom the applicant names for a reference is kept away, and nobody is told why but the secretary', async () => {
  const { world, roundId, applicationId } = await screening();

  expect(await candidatePlace(world, { by: dana, roundId, applicationId })).toEqual({
    ok: false,
    error: { kind: 'conflict-of-interest' },
  });
  expect((await candidatePlace(world, { by: erlan, roundId, applicationId })).ok).toBe(true);
  const own = granted(await conflictsView(world, { by: dana, roundId }));
  expect([own.all, JSON.stringify(own.own)]).toEqual([undefined, expect.not.stringContaining('referee')]);
  const history = JSON.stringify(await world.records.history('committee', roundId));
  expect(history).not.toMatch(/MARKER|example\.kz/);
});

it('a member who led a wanted school within the years that count is shown to the secretary', async () => {
  const { world, roundId } = await screening();

  const { all } = granted(await conflictsView(world, { by: secretary, roundId }));

  expect(all?.map(({ memberId, bars, found }) => [memberId, bars, found?.grounds])).toEqual(
    expect.arrayContaining([
      [dana.id, true, ['referee']],
      [erlan.id, false, ['past-school']],
    ]),
  );
  expect(all).toHaveLength(2);
});

const stranger = { ...referee, name: 'MARKER Somebody', mail: 'somebody@example.kz' };

/** Searches that naming somebody asked for; disclosures ask for their own. */
const searches = ({ records }: Awaited<ReturnType<typeof screening>>['world']) =>
  [...records.outbox.values()].flatMap(({ id, body }) =>
    body.kind === 'find-conflicts' && id.includes('#referees#') ? [{ id, body }] : [],
  );

/** The applicant names another one; what the outbox then does. */
const renamed = async ({ world, applicationId }: Awaited<ReturnType<typeof screening>>, to = referee) => {
  const by = anApplicant(0);
  granted(await nameReferee(world, { by, applicationId, slot: 1, contact: to }));
  for (const { id, body } of searches(world)) {
    await searchConflicts(world, body.roundId);
    world.records.outbox.delete(id);
  }
};

it('whom the applicant names while screening goes on is kept away from then on, and what they judged is set aside', async () => {
  const scene = await screening(stranger);
  const { world, roundId, applicationId } = scene;
  const about = { by: dana, roundId, applicationId };
  granted(await judgeApplication(world, { ...about, verdict: 'refused', reason: 'Жоқ.' }));

  await renamed(scene);

  expect(await candidatePlace(world, about)).toMatchObject({ error: { kind: 'conflict-of-interest' } });
  expect(await judgeApplication(world, { ...about, verdict: 'admitted', reason: 'Иә.' })).toMatchObject({
    error: { kind: 'conflict-of-interest' },
  });
  expect((await candidacyOf(world, applicationId)).judgement).toBeUndefined();
});

it('who was named before stays away, and who was cleared of it stays cleared', async () => {
  const scene = await screening();
  const { world, roundId, applicationId } = scene;
  await renamed(scene, stranger);
  expect((await candidatePlace(world, { by: dana, roundId, applicationId })).ok).toBe(false);
  const ruling = { by: secretary, roundId, applicationId, memberId: dana.id, reason: 'Аттас.' };
  granted(await ruleOnConflictOf(world, { ...ruling, ruling: 'cleared' }));

  await renamed(scene);
  await renamed(scene, { ...referee, position: 'Deputy director' });

  expect((await candidatePlace(world, { by: dana, roundId, applicationId })).ok).toBe(true);
  granted(await ruleOnConflictOf(world, { ...ruling, ruling: 'pinned' }));
  await renamed(scene, stranger);
  expect((await candidatePlace(world, { by: dana, roundId, applicationId })).ok).toBe(false);
});

it('whom somebody names while the call is open is looked for when it has ended, and not before', async () => {
  const { world } = await screening();
  expect(searches(world)).toEqual([]);
});
