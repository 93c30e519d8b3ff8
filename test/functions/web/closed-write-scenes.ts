import { openDiscussionOf } from '#functions/commands/discussions.ts';
import { askApplicant } from '#functions/commands/inquiries.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { guest, hosting, secretaryHolds, typedGuest } from '#test/builders/guest-scene.ts';
import {
  allPoints,
  anInterviewRoundIn,
  members as interviewers,
  nth,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { anOpenPoll, aPollScene } from '#test/builders/poll-scenes.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  aScreeningIn,
  candidacyOf,
  chair,
  dana,
  erlan,
  members,
  pointsOf,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { onTable } from '../commands/committee-room.ts';
import { dual, reason, sceneOf } from './closed-write-words.ts';
import type { WriteScene } from './closed-writes.ts';

const motivation = 'Ауыл мектебінде сабақ бергім келеді. '.repeat(15);

const untilForm = { 'until-year': '2022', 'until-month': '10', 'until-day': '20' };

/** While the committee screens: nobody has done anything yet. */
const screening = async (): Promise<WriteScene> => {
  const forms = [{ motivation, committeeTies: 'Ерлан – нағашым.' }, { motivation }, { motivation }];
  const { world, roundId, application } = await aRedactionScene('stop', forms);
  const invited = { ...typedGuest, applications: [application.number] };
  const { atMost: _, ...says } = invited;
  return sceneOf(
    { world, roundId, stage: 'screening', application, people: [dana, chair, secretary, dual] },
    { says, form: { ...untilForm, atMost: '' } },
  );
};

/** Later: something was asked and copies were released, and a meeting is about to come to the application. */
const asked = (of: 'file' | 'text') => async (): Promise<WriteScene> => {
  const forms = [{ motivation }, { motivation }, { motivation }];
  const scene = await aRedactionScene('stop', forms);
  const { world, roundId, application, diploma, on } = scene;
  await scene.releaseProposal();
  const documentId = await scene.send();
  granted(await askApplicant(world, { ...on(secretary), question: 'Қай мектепте?', workingDays: 3 }));
  const opening = { by: secretary, roundId, suggested: false, numbers: [application.number], absent: [] };
  const { version } = granted(await openDiscussionOf(world, opening));
  const inquiry = nth((await candidacyOf(world, application.id)).inquiries ?? [], 0).id;
  const item = of === 'file' ? diploma.id : 'motivation';
  const people = of === 'file' ? [secretary] : [dana, chair, secretary];
  return sceneOf(
    { world, roundId, stage: 'screening', application, people },
    {
      ids: { inquiry, item },
      says: { seen: version, documentId, move: { kind: 'take-up', place: 1 } },
      form: { move: 'next', next: '1', sent: documentId, item, inquiry },
    },
  );
};

/** A refusal waits for a second person. */
const judged = async (): Promise<WriteScene> => {
  const world = aWorld();
  const { source, confidence, verifiedOn } = aRoundFile().blind;
  const file = aRoundFile({ screeningCheck: { of: 'refusals', source, confidence, verifiedOn } });
  const { roundId, applications } = await aScreeningIn(world, [{}, {}], asUpload(file));
  const application = nth(applications, 0);
  const judgement = {
    by: erlan,
    roundId,
    applicationId: application.id,
    verdict: 'refused',
    reason,
  } as const;
  granted(await judgeApplication(world, judgement));
  const judgedAt = (await candidacyOf(world, application.id)).judgement?.at;
  return sceneOf(
    { world, roundId, stage: 'screening', application, people: [dana, chair] },
    { says: { judgedAt }, form: { judgedAt: String(judgedAt) } },
  );
};

/** Scoring goes on; a guest has the application as well. */
const scoring = async (): Promise<WriteScene> => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world);
  const application = nth(applications, 0);
  await secretaryHolds(world);
  const host = hosting(world, roundId);
  granted(await host.invite({ atMost: '', applications: application.number }));
  granted(await host.join());
  granted(await reassignOpen(world, { by: secretary, roundId }));
  const raters = await ratersOf(world, application.id);
  const { atMost: _, ...named } = {
    ...typedGuest,
    mail: 'other@example.kz',
    applications: [application.number],
  };
  const people = [...raters.filter(({ role }) => role === 'member'), chair, secretary, guest, dual];
  return sceneOf(
    { world, roundId, stage: 'scoring', application, people },
    {
      says: { ...named, points: await pointsOf(world, true, roundId) },
      form: { ...untilForm, atMost: '', declining: 'yes' },
    },
  );
};

/** The list lies on the table; somebody who did not rate would have one go on who does not by points. */
const listed = async (): Promise<WriteScene> => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}]);
  for (const { id } of applications) {
    for (const by of await ratersOf(world, id))
      granted(await score({ world, roundId }, by, id, id !== applications[0]?.id));
  }
  const proposal = await onTable(world, roundId);
  const application = nth(applications, 0);
  return sceneOf(
    { world, roundId, stage: 'scoring', application, people: [...members, chair, secretary] },
    {
      says: { proposal, outcome: 'goes-on', application: application.id, seen: 0 },
      form: { departureReason: reason },
    },
  );
};

/** A ballot on those near the line is open. */
const polled = async (): Promise<WriteScene> => {
  const scene = await anOpenPoll();
  const { world, roundId, near, applications } = scene;
  const id = nth(near, 0);
  const application = nth(
    applications.filter((one) => one.id === id),
    0,
  );
  return sceneOf(
    { world, roundId, stage: 'scoring', application, people: [dana, chair, secretary] },
    {
      ids: { poll: '1' },
      says: { ranks: [{ applicationId: id, rank: 1 }] },
      form: { [`rank-${application.number}`]: '1' },
    },
  );
};

/** The same list, and nobody ranks yet; a ballot is to be of two. */
const near = async (): Promise<WriteScene> => {
  const { world, roundId, near: ids, applications } = await aPollScene();
  const [application, other] = ids.map((id) =>
    nth(
      applications.filter((one) => one.id === id),
      0,
    ),
  );
  if (!application || !other) throw new Error('Nobody is near the line.');
  return sceneOf(
    { world, roundId, stage: 'scoring', application, people: [chair, secretary] },
    { says: { numbers: [application.number, other.number] } },
  );
};

/** Results of scoring stand; the interview with the first is booked, and its day has come. */
const interviews = async (day = '2022-10-24T04:40'): Promise<WriteScene> => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world);
  const [slot] = await slotsPlanned(world, roundId);
  const { by, applicationId, application: applied } = nth(candidates, 0);
  if (!slot) throw new Error('There is no time.');
  granted(await bookInterview(world, { by, applicationId, slotId: slot.id }));
  world.clock.to(at(day));
  const application = { id: applicationId, number: applied.number };
  const people = [nth(interviewers, 0), chair, secretary];
  const basis = applied.stage === 'submitted' ? applied.form.digest : '';
  return sceneOf(
    { world, roundId, stage: 'interviews', application, people },
    {
      ids: { slot: slot.id },
      says: { points: allPoints(4), basis, arranged: true },
      form: { came: 'no', basis, arranged: 'yes' },
    },
  );
};

export const scenes = {
  screening,
  asked: asked('text'),
  'asked, with a file': asked('file'),
  judged,
  scoring,
  listed,
  near,
  polled,
  interviews,
  planned: () => interviews('2022-10-20T04:40'),
} as const satisfies Record<string, () => Promise<WriteScene>>;
