import { describe, expect, it } from 'vitest';
import { candidateTimeline, ownTimeline } from '#functions/commands/application-timeline.ts';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import {
  advanceTo,
  allPoints,
  anInterviewRoundIn,
  applicants,
  type Candidate,
  chair,
  type InterviewScene,
  members,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn } from '#test/builders/offers.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScoringIn, auditor, pointsOf, ratersOf, stranger } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** Two people after scoring: the first was let through to the interviews, the second was not. */
const decided = async () => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(2), stopped: 1 });
  return { world, scene, through: nth(scene.candidates, 0), stopped: nth(scene.candidates, 1) };
};

const stepsOf = async (world: World, { by, applicationId }: Candidate): Promise<TimelineStep[]> =>
  granted(await ownTimeline(world, { by, applicationId })).steps;

const wordsOf = (steps: readonly TimelineStep[]): string[] =>
  steps.map(({ what, stage, outcome }) => [what, stage, outcome].filter(Boolean).join(' '));

const tell = async (
  world: World,
  { roundId }: InterviewScene,
  about: 'screening' | 'scoring',
  confirmed: number,
): Promise<void> => {
  granted(await releaseDecision(world, { by: secretary, roundId, about, confirmed }));
};

const publish = async (world: World, { roundId, candidates }: InterviewScene) => {
  const standings = candidates.map(({ applicationId, application: { number } }, index): Standing => {
    const outcome = index === 0 ? 'goes-on' : 'stops';
    return { applicationId, number, outcome, reasons: [], rank: index + 1 };
  });
  await advanceTo(world, roundId, { from: 'interviews', to: 'preliminary', standings });
  world.clock.to(at('2022-11-01T04:00'));
  await advanceTo(world, roundId, { from: 'preliminary', to: 'claims', standings });
};

describe('the timeline of an own application', () => {
  it('is the same for whoever was let through and whoever was not, until they are told', async () => {
    const { world, through, stopped } = await decided();

    const untold = await stepsOf(world, through);
    expect(await stepsOf(world, stopped)).toEqual(untold);
    expect(wordsOf(untold)).toEqual([
      'started',
      'submitted',
      'call-closes',
      'stage screening',
      'stage scoring',
      'results-expected',
      'stage interviews',
      'stage preliminary',
      'stage claims',
      'stage offers',
      'stage onboarding',
    ]);
  });

  it('says what was decided once the letters went out, and what is to be done then', async () => {
    const { world, scene, through, stopped } = await decided();
    await tell(world, scene, 'screening', 2);
    await tell(world, scene, 'scoring', 1);

    const forward = wordsOf(await stepsOf(world, through));
    const over = wordsOf(await stepsOf(world, stopped));
    expect(forward).toContain('told scoring goes-on');
    expect(forward).toContain('interview-open');
    expect(over.at(-1)).toBe('told scoring stops');
  });

  it('shows a booking to whoever made it, and to nobody else', async () => {
    const { world, scene, through, stopped } = await decided();
    const slot = nth(await slotsPlanned(world, scene.roundId, 2), 0);
    granted(await bookInterview(world, { ...through, slotId: slot.id }));

    const own = await stepsOf(world, through);
    expect(own).toContainEqual({ what: 'interview', done: false, at: slot.startsAt });
    expect(JSON.stringify(await stepsOf(world, stopped))).not.toContain('interview-');
    world.clock.to(slot.endsAt);
    expect(await stepsOf(world, through)).toContainEqual({
      what: 'interview',
      done: true,
      at: slot.startsAt,
    });
  });

  it('tells everything that was published, and until when a claim may be made', async () => {
    const { world, scene, through, stopped } = await decided();
    await publish(world, scene);
    const published = at('2022-11-01T04:00');

    const steps = await stepsOf(world, stopped);
    expect(steps).toContainEqual({
      what: 'told',
      done: true,
      stage: 'preliminary',
      outcome: 'stops',
      at: published,
    });
    expect(steps.filter(({ done }) => !done)).toEqual([
      { what: 'claims-close', done: false, at: at('2022-11-07T13:00') },
    ]);
    expect(wordsOf(await stepsOf(world, through))).toContain('stage offers');
  });

  it('has nothing ahead once the application was withdrawn', async () => {
    const { world, through } = await decided();
    granted(await withdrawApplication(world, { ...through, reasonCode: 'personal' }));

    const steps = await stepsOf(world, through);
    expect(steps.every(({ done }) => done)).toBe(true);
    expect(steps.at(-1)).toMatchObject({ what: 'withdrawn' });
  });

  it('names the offer to answer, then what is next on the checklist', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [{ choices: ['MAT-001'] }], [aVacancy('MAT-001')]);
    const offer = await offerTo(world, scene, 0);
    const ahead = async () =>
      granted(await ownTimeline(world, offer)).steps.find(({ done, at: by }) => !done && by);

    expect(await ahead()).toMatchObject({ what: 'offer-open', vacancy: 'MAT-001' });
    granted(await acceptOffer(world, offer));
    expect(await ahead()).toMatchObject({ what: 'placement-due' });
  });

  it('is nobody else’s', async () => {
    const { world, through, stopped } = await decided();

    const foreign = await ownTimeline(world, { by: stopped.by, applicationId: through.applicationId });
    expect(foreign).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });
});

const read = (
  world: World,
  roundId: InterviewScene['roundId'],
  one: Pick<Candidate, 'applicationId'>,
  by = chair,
) => candidateTimeline(world, { by, roundId, applicationId: one.applicationId });

describe('the timeline of an application for its committee', () => {
  it('says what happened and what was decided, also before the applicant is told', async () => {
    const { world, scene, through, stopped } = await decided();

    const { events } = granted(await read(world, scene.roundId, stopped));
    expect(events.map(({ type }) => type)).toEqual([
      'application-started',
      'application-submitted',
      // The builders' people all have one IIN.
      'same-iin-noted',
      'call-closed',
      'candidacy-opened',
      'stage-advanced',
      'stage-advanced',
    ]);
    expect(events.at(-1)).toMatchObject({ stage: 'scoring', outcome: 'stops', by: 'system' });
    const forward = granted(await read(world, scene.roundId, through)).events;
    expect(forward.at(-1)).toMatchObject({ stage: 'scoring', outcome: 'goes-on' });
  });

  it('names nobody, and an auditor reads the same', async () => {
    const { world, scene, through } = await decided();
    const slot = nth(await slotsPlanned(world, scene.roundId, 1), 0);
    granted(await bookInterview(world, { ...through, slotId: slot.id }));

    const { number, events } = granted(await read(world, scene.roundId, through));
    expect(events.at(-1)).toEqual({ at: world.clock.now(), type: 'interview-booked', by: 'applicant' });
    expect(JSON.stringify(events)).not.toContain(through.by.personId);
    expect(granted(await read(world, scene.roundId, through, auditor))).toMatchObject({ number, events });
  });

  it('is closed by a conflict of interest, and to whoever has no seat', async () => {
    const { world, scene, through } = await decided();
    const { roundId } = scene;
    granted(await declareOwnConflict(world, { by: chair, roundId, applicationId: through.applicationId }));

    expect(await read(world, roundId, through)).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    expect(await read(world, roundId, through, stranger)).toMatchObject({ error: { kind: 'not-found' } });
  });
});

/** What a reader is told of those who judge, with the roles that it was told of. */
const ofRaters = async (world: World, roundId: InterviewScene['roundId'], one: string, by: typeof chair) =>
  granted(await read(world, roundId, { applicationId: ApplicationId.parse(one) }, by))
    .events.filter(({ type }) => /^(score|rater)/.test(type))
    .map(({ type, by: role }) => `${type} ${role}`);

describe('what that timeline tells of those who judge', () => {
  it('is kept from the one more rater whom two scores apart have called, until that one has scored', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world);
    const { id } = nth(applications, 0);
    const score = async (by: typeof chair, best: boolean) =>
      granted(
        await scoreApplication(world, {
          by,
          roundId,
          applicationId: id,
          points: await pointsOf(world, best, roundId),
        }),
      );
    const raters = await ratersOf(world, id);
    for (const [index, by] of raters.entries()) await score(by, index === 0);
    const third = (await ratersOf(world, id)).find((one) => !raters.includes(one));
    if (!third) throw new Error('Nobody else was asked.');

    const all = await ofRaters(world, roundId, id, secretary);
    expect(all.map((one) => one.split(' ')[0])).toEqual([
      'raters-assigned',
      'score-given',
      'score-given',
      'raters-assigned',
    ]);
    expect(await ofRaters(world, roundId, id, auditor)).toEqual(all);
    expect(await ofRaters(world, roundId, id, third)).toEqual([]);
    await score(third, true);
    expect(await ofRaters(world, roundId, id, third)).toEqual([...all, 'score-given member']);
  });

  it('says neither who of an interview has given a card before the own one, nor ever that it was the chair', async () => {
    const { world, scene, through } = await decided();
    const { roundId } = scene;
    const { applicationId } = through;
    const slot = nth(await slotsPlanned(world, roundId, 1), 0);
    granted(await bookInterview(world, { ...through, slotId: slot.id }));
    world.clock.to(slot.startsAt);
    const card = { roundId, applicationId, points: allPoints(2) };
    granted(await scoreInterview(world, { ...card, by: chair }));
    const member = nth(members, 0);

    expect(await ofRaters(world, roundId, applicationId, member)).toEqual([]);
    expect(await ofRaters(world, roundId, applicationId, auditor)).toEqual(['scorecard-given member']);
    granted(await scoreInterview(world, { ...card, by: member }));
    expect(await ofRaters(world, roundId, applicationId, member)).toEqual([
      'scorecard-given member',
      'scorecard-given member',
    ]);
  });
});
