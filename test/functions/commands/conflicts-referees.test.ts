import { expect, it } from 'vitest';
import { candidatePlace } from '#functions/commands/candidate-views.ts';
import { conflictsView } from '#functions/commands/conflict-views.ts';
import { openGate } from '#functions/commands/gates.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import { aDisclosureIn } from '#test/builders/conflicts.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aClosedCallIn, chair, dana, erlan, members, secretary } from '#test/builders/selection.ts';

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
const screening = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const upload = asUpload(aRoundFile({ references, conflicts }));
  const { roundId, applications } = await aClosedCallIn(world, [{}], upload, referee);
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
