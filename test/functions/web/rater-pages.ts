import { textsOfTry } from '#shared/domain/practice-rule.ts';
import type { AssignmentRule } from '#shared/domain/rater-rule.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { aNearLineScene, qualities, scoreByQuality } from '#test/builders/near-line.ts';
import { farFrom, practiceRule, practiceUpload, practise } from '#test/builders/practice.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, members, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';

/** The pages of a rater who practises and then reads what the own scores say, and of the secretary beside, in one language. */
export const raterPages = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const forms = Array.from({ length: 15 }, () => ({}));
  const { roundId, applications } = await aScoringIn(world, forms, practiceUpload());
  const site = aSelectionSite(world);
  const rater = await site.staff(chair);
  const round = `/${locale}/committee/rounds/${roundId}`;
  const [text] = textsOfTry(practiceRule, { roundId, personId: chair.id }, 0);
  const address = `${round}/practice/${text?.code}`;
  const points = Object.entries(farFrom(text?.points ?? {}));
  const form = Object.fromEntries(points.map(([code, value]) => [`points.${code}`, String(value)]));

  const pages = named(await seen(rater.get, [`${round}/practice`, address]), 'before');
  pages.push({ path: 'practice (without points)', html: (await rater.post(address, {})).text });
  await rater.post(address, form);
  pages.push(...named(await seen(rater.get, [address, `${round}/practice`]), 'compared'));

  await practise(world, { by: chair, roundId });
  for (const by of [chair, ...members]) await practise(world, { by, roundId });
  for (const [index, { id }] of applications.entries()) {
    for (const by of await ratersOf(world, id)) {
      granted(await score({ world, roundId }, by, id, index % 3 === 0));
    }
  }
  const desk = await site.staff(secretary);
  const formula = encodeURIComponent('avg(methods) + 2 * avg(test)');
  return [
    ...pages,
    ...(await seen(desk.get, [`${round}/formulas?formula=${formula}`])),
    ...(await assignedByRule(locale)),
    ...(await nearTheLine(locale)),
    ...named(await seen(rater.get, [`${round}/practice`, `${round}/feedback`]), 'certified'),
    ...(await seen(desk.get, [`${round}/scoring`, `/${locale}/manage/rounds/${roundId}/committee`])),
  ];
};

/** Of the secretary of a round whose file says who is given what: what binds, and who can score what. */
const assignedByRule = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.raters;
  const from = { source, confidence, verifiedOn };
  const rule: AssignmentRule = {
    load: { atLeast: 2, atMost: 3, ...from },
    match: { language: true, subject: true, ...from },
    links: { atLeastPercent: 5, ...from },
    anchors: { applications: 1, ...from },
    chance: { atMostPercent: 45, ...from },
  };
  const upload = asUpload({ ...file, raters: { ...file.raters, ...rule } });
  const { roundId } = await aScoringIn(world, [{}, {}, {}], upload);
  const site = aSelectionSite(world);
  const round = `/${locale}/committee/rounds/${roundId}`;
  const desk = await seen((await site.staff(secretary)).get, [
    `${round}/scoring`,
    `${round}/competences`,
    `${round}/competences/${chair.id}`,
  ]);
  const call = await seen(site.anonymous.get, [`/${locale}/calls/${roundId}/rules`]);
  return named([...desk, ...call], 'assigned by rule');
};

/** Of the secretary of a round whose file asks for one more rating near the line: before, and once it was asked. */
const nearTheLine = async (locale: Locale): Promise<SeenPage[]> => {
  const scene = await aNearLineScene(qualities.length);
  await scoreByQuality(scene);
  const desk = await aSelectionSite(scene.world).staff(secretary);
  const round = `/${locale}/committee/rounds/${scene.roundId}`;
  const due = await seen(desk.get, [`${round}/near-line`, `${round}/charts`]);
  const [, basis = ''] = /name="basis" value="(\w+)"/.exec(due[0]?.html ?? '') ?? [];
  await desk.post(`${round}/near-line`, { basis });
  return [...due, ...named(await seen(desk.get, [`${round}/near-line`]), 'asked')];
};
