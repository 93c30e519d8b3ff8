import { saveFormula } from '#functions/commands/formulas.ts';
import { releaseFile, releaseText, withholdCopy } from '#functions/commands/redaction.ts';
import { layoutOf } from '#functions/papers/layout.ts';
import { drawAsked } from '#functions/papers/on-demand.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import type { DrawPaper } from '#shared/ports/papers.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { anApplicant, anIin, secretary } from '#test/builders/selection.ts';
import { aTellingJpeg } from '#test/builders/telling-files.ts';

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

export const identity = [/MARKER/i, /Маркеров/, new RegExp(anIin(0)), /7010000013|000-00-13/];

/** What is drawn, as the words and tables that go to the drawing of a PDF, which packs them so that nobody finds a word in it. */
const definitionOf: DrawPaper = async (order) => {
  const { pdf } = await drawAsked(
    async (paper, further) => new TextEncoder().encode(JSON.stringify(layoutOf(paper, further))),
    order,
  );
  return Buffer.from(pdf, 'base64');
};

/** Scoring without names: the first application has its copies, the others have none of the file. */
export const aBlindRound = async () => {
  const { source, confidence, verifiedOn } = aRoundFile().blind;
  const asking = { count: 1, confidential: true, remindAfterWorkingDays: 3 };
  const references = { ...asking, source, confidence, verifiedOn };
  const scene = await aRedactionScene('stop', [typed, typed, typed], { references, referee });
  const { world, applications, on, roundId } = scene;
  // What was uploaded says who it is of.
  for (const key of world.files.stored.keys()) world.files.put(key, '%PDF-1.7 MARKERFILE');
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
  await scene.toScoring();
  const name = { en: 'How many judged' };
  const formula = granted(await saveFormula(world, { ...on(secretary), name, formula: 'count(score)' }));
  const site = aCommitteeSite({ ...world, drawPaper: definitionOf });
  for (const [index] of applications.entries()) {
    const { personId } = anApplicant(index);
    const mail = MailAddress.parse(`marker${index}@example.kz`);
    const registered = { name: 'MARKERACCOUNT', phone: '+77010000013', locale: 'kk' as const };
    await site.people.profiles.register({ personId, mail, ...registered, registeredAt: world.clock.now() });
  }
  return { ...scene, site, roundId, formula };
};
