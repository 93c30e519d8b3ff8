import { settleClaim } from '#functions/commands/claim-decision.ts';
import { reopeningEffects } from '#functions/commands/claim-reopening-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { showCorrection } from '#functions/commands/correction-applying.ts';
import { askCorrection } from '#functions/commands/corrections.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { viewDay } from '#functions/commands/interview-days.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { proposeRemedy } from '#functions/commands/remedies.ts';
import { reportScore } from '#functions/commands/score-reports.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import { holderName } from '#shared/domain/interview-day.ts';
import { askToReopen, grounds, published, text } from '#test/builders/claims.ts';
import {
  allPoints,
  anInterviewRoundIn,
  type Candidate,
  members as interviewers,
  nth,
} from '#test/builders/interview-scenes.ts';
import {
  anOwedScene,
  askedFor,
  grantedIn,
  type OwedScene,
  owedAt,
  plannedIn,
} from '#test/builders/owed-interviews.ts';
import { panelKept, panelSlots, stationsOf, twoAndThreeKept } from '#test/builders/panels.ts';
import { aWrongedRound, proposing, secondAdministrator } from '#test/builders/remedies.ts';
import { twoAndThree } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  candidacyOf,
  chair,
  dana,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { dual, reason, sceneOf } from './closed-write-words.ts';
import type { WriteScene } from './closed-writes.ts';

const one = nth(interviewers, 0);

/** A half hour of a panel is booked, for tomorrow. */
const paneled = (isOff: boolean) => async (): Promise<WriteScene> => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world);
  const panel = await panelKept(world, roundId);
  const slots = await panelSlots(world, roundId, { panel, count: 3 });
  const booked = nth(candidates, 0);
  granted(await bookInterview(world, { ...booked, slotId: nth(slots, 0).id }));
  const holder = { kind: 'panel', panel: panel.id } as const;
  const day = '2022-10-24';
  const { digest } = granted(await viewDay(world, { by: secretary, roundId, day, holder }));
  if (isOff) granted(await callOffDay(world, { by: secretary, roundId, day, holder, digest, reason }));
  const application = submittedOf(booked);
  return sceneOf(
    { world, roundId, stage: 'interviews', application, people: [secretary] },
    { ids: { day, holder: holderName(holder), panel: panel.id, slot: nth(slots, 0).id }, says: { digest } },
  );
};

const submittedOf = ({ application }: Candidate): ApplicationIn<'submitted'> => {
  if (application.stage !== 'submitted') throw new Error('They did not submit.');
  return application;
};

/** The lesson of two members is booked at ten, the conversation of three at twenty past. */
const stationed = async (): Promise<WriteScene> => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: twoAndThree() });
  const panels = await twoAndThreeKept(world, roundId);
  const panel = panels.conversation.id;
  const stations = stationsOf(panels);
  const from = at('2022-10-24T04:00');
  const slots = granted(await planSlots(world, { by: secretary, roundId, from, count: 2, stations }));
  const booked = nth(candidates, 0);
  granted(await bookInterview(world, { ...booked, slotId: nth(slots, 0).id }));
  const [wasAt, noon] = [at('2022-10-24T04:20'), at('2022-10-24T06:00')];
  const application = submittedOf(booked);
  return sceneOf(
    { world, roundId, stage: 'interviews', application, people: [secretary] },
    {
      ids: { station: 'conversation' },
      says: { startsAt: noon, panel, was: { startsAt: wasAt, panel } },
      form: { from: '2022-10-24T12:00', wasAt, wasWith: panel },
    },
  );
};

/** Results are published, and the first has made a claim. */
const claimed = async (): Promise<WriteScene> => {
  const { world, roundId, candidates } = await published();
  const first = nth(candidates, 0);
  const claim = granted(await makeClaim(world, { ...first, grounds, text })).state.id;
  return sceneOf(
    { world, roundId, stage: 'claims', application: submittedOf(first), people: [chair] },
    { ids: { claim }, says: { verdict: 'rejected' } },
  );
};

/** The claim of the first was rejected; the chair may ask that it be reopened, or has. */
const decided = (isAsked: boolean) => async (): Promise<WriteScene> => {
  const { world, roundId, candidates } = await published();
  const first = nth(candidates, 0);
  const claim = granted(await makeClaim(world, { ...first, grounds, text })).state.id;
  const about = { by: chair, roundId, claimId: claim };
  granted(await settleClaim(world, { ...about, reason, verdict: 'rejected' }));
  if (isAsked) granted(await askToReopen(world, about));
  const { digest: shown } = granted(await reopeningEffects(world, about));
  return sceneOf(
    { world, roundId, stage: 'claims', application: submittedOf(first), people: [isAsked ? one : chair] },
    { ids: { claim }, says: { shown } },
  );
};

/** Somebody is owed an interview, so far as `until` takes it. */
const owed = (until: (scene: OwedScene) => Promise<unknown>) => async (): Promise<WriteScene> => {
  const scene = await anOwedScene();
  await until(scene);
  const { world, roundId, third } = scene;
  const people: Person[] = [one, chair, secretary, { ...one, role: 'administrator' }];
  const application = submittedOf(third);
  const { digest: basis } = application.form;
  return sceneOf(
    { world, roundId, stage: 'claims', application, people },
    {
      says: {
        from: owedAt,
        place: 'Талдықорған, кабинет 12',
        stepFree: true,
        points: allPoints(4),
        basis,
        arranged: true,
      },
      form: { from: '2022-11-04T11:00', stepFree: 'yes', came: 'no', basis, arranged: 'yes' },
    },
  );
};

const corrects = (number: OwedScene['number']) =>
  ({ kind: 'totals', number, corrected: { scoring: 90 } }) as const;

/** Nobody has asked that the first be given other totals yet, or the secretary did. */
const corrected = (isAsked: boolean) => async (): Promise<WriteScene> => {
  const { world, roundId, candidates } = await published();
  const first = submittedOf(nth(candidates, 1));
  const wanted = corrects(first.number);
  const shown = isAsked ? await askedOf({ world, roundId }, wanted) : {};
  const people: Person[] = [chair, secretary, { ...one, role: 'administrator' }];
  return sceneOf(
    { world, roundId, stage: 'claims', application: first, people },
    {
      ids: { correction: '1' },
      says: { corrects: wanted, ...shown },
      form: { kind: 'totals', scoring: '90' },
    },
  );
};

const askedOf = async (
  { world, roundId }: Pick<OwedScene, 'world' | 'roundId'>,
  wanted: ReturnType<typeof corrects>,
) => {
  granted(await askCorrection(world, { by: secretary, roundId, corrects: wanted, reason }));
  const page = granted(await showCorrection(world, { by: chair, roundId, correction: 1 }));
  return { shown: page.digest, recipients: page.recipients, confirmed: page.recipients };
};

/** The shortlist is decided; a rater may say that a stored score is not what they gave, or has said so. */
const reported = (isSaid: boolean) => async (): Promise<WriteScene> => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}]);
  for (const { id } of applications) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
  }
  await advanceIn(world, roundId);
  const application = nth(applications, 0);
  const raters = await ratersOf(world, application.id);
  const { number } = application;
  if (isSaid)
    granted(await reportScore(world, { by: raters[0] ?? dana, roundId, application: number, reason }));
  const people = isSaid ? [chair, secretary, dual] : raters;
  return sceneOf({ world, roundId, stage: 'interviews', application, people }, { ids: { report: '1' } });
};

/** Offers are made; somebody was wronged, and two administrators may give them something for it. */
const wronged = (isProposed: boolean) => async (): Promise<WriteScene> => {
  const { world, scene } = await aWrongedRound();
  const { roundId } = scene;
  const { applicationId } = nth(scene.people, 2);
  const { number } = await candidacyOf(world, applicationId);
  if (isProposed) granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
  const application = { id: applicationId, number };
  return sceneOf(
    { world, roundId, stage: 'offers', application, people: [secondAdministrator] },
    {
      ids: { remedy: '1' },
      says: { kind: 'offer-next', vacancies: ['MAT-001'], confirmed: 0 },
      form: { 'because-1': reason },
    },
  );
};

export const laterScenes = {
  paneled: paneled(false),
  'day called off': paneled(true),
  stationed,
  claimed,
  'claim decided': decided(false),
  'reopening asked': decided(true),
  owing: owed(async () => {}),
  'owing, asked': owed((scene) => askedFor(scene)),
  'owing, granted': owed(grantedIn),
  'owing, planned': owed(plannedIn),
  'owing, begun': owed(async (scene) => {
    await plannedIn(scene);
    scene.world.clock.to(at('2022-11-04T06:00'));
  }),
  'to be corrected': corrected(false),
  'correction asked': corrected(true),
  'to be reported': reported(false),
  'report made': reported(true),
  wronged: wronged(false),
  'remedy proposed': wronged(true),
} as const satisfies Record<string, () => Promise<WriteScene>>;
