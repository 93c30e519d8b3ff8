import { saveFormula } from '#functions/commands/formulas.ts';
import { releaseFile, releaseText, withholdCopy } from '#functions/commands/redaction.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { anIin, secretary } from '#test/builders/selection.ts';

/** As somebody types who signs their letter; none of it may reach who judges blindly. */
export const typed = {
  fullName: 'Маркерова Айгүл',
  latinName: 'Aigul MARKERLATIN',
  address: 'MARKERADDRESS 13',
  institution: 'MARKERPLACE University',
  speciality: 'MARKERSPECIALITY',
  employer: 'MARKEREMPLOYER school',
  position: 'MARKERPOSITION',
  achievements: [{ kind: 'own-prize', year: '2021', text: 'MARKERPRIZE of a region' }],
  motivation: `${'To teach in a village school is my wish. '.repeat(15)}Маркерова А., MARKEREMPLOYER, 8 (701) 000-00-13.`,
};

export const identity = [/MARKER/, /Маркеров/, new RegExp(anIin(0)), /7010000013|000-00-13/];

/** Scoring without names: the first application has its copies, the others have none of the file. */
export const aBlindRound = async () => {
  const scene = await aRedactionScene('stop', [typed, typed, typed]);
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
  const sent = await scene.send('%PDF-1.7 no names');
  granted(await releaseFile(world, { ...scene.file, sent }));
  await scene.toScoring();
  const name = { en: 'How many judged' };
  const formula = granted(await saveFormula(world, { ...on(secretary), name, formula: 'count(score)' }));
  return { ...scene, site: aCommitteeSite(world), roundId, formula };
};
