import { saveFormula } from '#functions/commands/formulas.ts';
import { askApplicant } from '#functions/commands/inquiries.ts';
import { sendAnswer } from '#functions/commands/inquiry-answer.ts';
import { releaseFile, releaseText, withholdCopy } from '#functions/commands/redaction.ts';
import { giveReference } from '#functions/commands/reference-answer.ts';
import { remindersView, remindMembers } from '#functions/commands/reminders.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { layoutOf } from '#functions/papers/layout.ts';
import { drawAsked } from '#functions/papers/on-demand.ts';
import { InquiryId, type RoundId } from '#shared/domain/ids.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { locales } from '#shared/i18n/locale.ts';
import type { DrawPaper } from '#shared/ports/papers.ts';
import type { People } from '#shared/ports/sign-in.ts';
import { aCommitteeSite, mailOf } from '#test/builders/committee-site.ts';
import { guest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aMailbag } from '#test/builders/mailbag.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import {
  anApplicant,
  anIin,
  candidacyOf,
  chair,
  dana,
  members,
  secretary,
} from '#test/builders/selection.ts';
import { aTellingJpeg } from '#test/builders/telling-files.ts';
import { at } from '#test/builders/worlds.ts';

/** As somebody types who signs their letter; none of it may reach who judges blindly. */
export const typed = {
  fullName: 'Маркерова Айгүл',
  latinName: 'Aigul MARKERLATIN',
  address: 'MARKERADDRESS 13',
  institution: 'MARKERPLACE University',
  speciality: 'MARKERSPECIALITY',
  employer: 'MARKEREMPLOYER school',
  pastEmployers: 'MARKERPAST lyceum, 2012–2014',
  position: 'MARKERPOSITION',
  languageCertificates: 'MARKERLANGUAGE B2',
  testNumber: 'MARKERTEST 7',
  accessNeeds: ['large-print', 'companion', 'other'],
  adjustments: 'MARKERSTAIRS at the door.',
  achievements: [{ kind: 'own-prize', year: '2021', text: 'MARKERPRIZE of a region' }],
  motivation: `${'To teach in a village school is my wish. '.repeat(15)}Маркерова А., MARKEREMPLOYER, 8 (701) 000-00-13.`,
};

/** Who says what they are like, by whom an applicant is known as well. */
const referee = {
  name: 'MARKERREFEREE Bolat',
  position: 'Headteacher of the MARKERPAST lyceum',
  mail: 'markerreferee@example.kz',
  relation: 'MARKERRELATION at work',
  locale: 'kk',
} as const;

/** Of whom the program leaves to a person whether they may go on. */
const historian = { ...typed, subjects: ['history'] };

/** What a referee and an applicant answer in their own words. */
const told = {
  referee: { known: 'MARKERKNOWN since 2012', recommends: 'yes', text: 'MARKERREFERENCE taught here.' },
  applicant: 'MARKERANSWER University, class of 2011.',
} as const;

/** In the words in which whoever may read them does. */
export const answered = [told.referee.known, told.referee.text, told.applicant, referee.name];

export const identity = [
  /MARKER/i,
  /Маркеров/,
  new RegExp(anIin(0)),
  /7010000013|000-00-13/,
  // What somebody needs at the interview tells of their health.
  /large-print|Materials in large print|A companion comes along/,
];

/** A day of the call, and the beginning of screening. */
export const pastDays = [at('2022-09-30T12:00'), at('2022-10-04T12:00')];

/** What is drawn, as the words and tables that go to the drawing of a PDF, which packs them so that nobody finds a word in it. */
const definitionOf: DrawPaper = async (order) => {
  const { pdf } = await drawAsked(
    async (paper, further) => new TextEncoder().encode(JSON.stringify(layoutOf(paper, further))),
    order,
  );
  return Buffer.from(pdf, 'base64');
};

/** Screening without names, where everything that can be told of a person was told: by themselves, by their referees, and when they were asked. */
export const aBlindScreening = async () => {
  const { source, confidence, verifiedOn } = aRoundFile().blind;
  const asking = { count: 1, confidential: true, remindAfterWorkingDays: 3 };
  const references = { ...asking, source, confidence, verifiedOn };
  const scene = await aRedactionScene('stop', [typed, typed, historian], { references, referee });
  const { world, applications, application, on } = scene;
  const site = aCommitteeSite({ ...world, drawPaper: definitionOf });
  await registered(site.people, scene);
  const mailbag = aMailbag(world, site.people);
  await mailbag.deliverDue();
  for (const { text, template } of mailbag.letters) {
    const token = /#(\S+)/.exec(text)?.[1];
    if (template === 'reference-asked' && token !== undefined)
      granted(await giveReference(world, { token, answer: told.referee }));
  }
  const question = 'When were you at the university?';
  granted(await askApplicant(world, { ...on(secretary), question, workingDays: 2 }));
  const inquiry = InquiryId.parse((await candidacyOf(world, application.id)).inquiries?.at(-1)?.id);
  const mine = { by: anApplicant(0), applicationId: application.id };
  granted(await sendAnswer(world, { ...mine, inquiry, text: told.applicant }));
  await remindAll({ world, roundId: scene.roundId });
  const judged = { ...on(dana), verdict: 'admitted', reason: 'The diploma is enough.' } as const;
  for (const applicationId of [application.id, nth(applications, 2).id])
    granted(await judgeApplication(world, { ...judged, applicationId }));
  // What was uploaded says who it is of.
  for (const key of world.files.stored.keys()) world.files.put(key, '%PDF-1.7 MARKERFILE');
  return { ...scene, applications, site, mailbag };
};

/** Reminds everybody of everything that is owed now. */
export const remindAll = async ({ world, roundId }: { world: World; roundId: RoundId }): Promise<void> => {
  const command = { by: secretary, roundId };
  const { outstanding } = granted(await remindersView(world, command));
  for (const { about, owing, last } of outstanding) {
    if (owing.length === 0 || last) continue;
    granted(await remindMembers(world, { ...command, about, confirmed: owing.length }));
  }
};

/** Who applied, and who sits on the committee, with a mailbox each. */
const registered = async (
  { profiles }: People,
  { world, applications }: Pick<Awaited<ReturnType<typeof aRedactionScene>>, 'world' | 'applications'>,
): Promise<void> => {
  const registeredAt = world.clock.now();
  for (const [index] of applications.entries()) {
    const { personId } = anApplicant(index);
    const mail = MailAddress.parse(`marker${index}@example.kz`);
    const known = { name: 'MARKERACCOUNT', phone: '+77010000013', locale: 'kk' as const };
    await profiles.register({ personId, mail, ...known, registeredAt });
  }
  for (const [index, { id: personId }] of [chair, secretary, ...members, guest].entries()) {
    const locale = locales[index % locales.length] ?? 'kk';
    await profiles.register({ personId, mail: mailOf(personId), locale, registeredAt });
  }
};

/** Scoring without names: the first application has its copies, the others have none of the file. */
export const aBlindRound = async () => {
  const scene = await aBlindScreening();
  const { world, applications, on, roundId, mailbag } = scene;
  for (const { id, documents } of applications) {
    const item = documents[0]?.id;
    const about = { ...on(secretary), applicationId: id };
    granted(
      await releaseText(world, { ...about, item: 'motivation', text: 'To teach is my wish.', sure: false }),
    );
    if (item && id !== applications[0]?.id)
      granted(await withholdCopy(world, { ...about, item, reason: 'MARKER seal' }));
  }
  // What the camera of whoever took it says is taken out when it arrives.
  const sent = await scene.send(aTellingJpeg('MARKERPICTURE'));
  granted(await releaseFile(world, { ...scene.file, sent }));
  world.clock.pass(3600);
  await scene.toScoring();
  const name = { en: 'How many judged' };
  const formula = granted(await saveFormula(world, { ...on(secretary), name, formula: 'count(score)' }));
  await mailbag.deliverDue();
  return { ...scene, roundId, formula };
};
