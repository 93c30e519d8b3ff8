import { closeCall } from '#functions/commands/round-stages.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { gatedStages, isGated, stageAfter } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { advanceTo } from '#test/builders/interview-scenes.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aCallIn, aWorld, granted } from '#test/builders/scenes.ts';
import { cancelIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';
import { aSite } from './site.ts';

const open = ['/', '/programme', '/personal-data', '/calls', '/vacancies', '/vacancies?page=2', '/anchors'];

/** What anybody reads: calls that are open, announced, called off and decided, with their vacancies and results. */
export const publicPages = async (locale: Locale): Promise<SeenPage[]> => [
  ...(await whileOpen(locale)),
  ...(await beforeAndAfter(locale)),
  ...(await withResults(locale)),
];

const whileOpen = async (locale: Locale): Promise<SeenPage[]> => {
  const site = aSite();
  const call = `/${locale}/calls/${await site.openCall()}`;
  const parts = ['', '/rules', '/vacancies', '/vacancies/MAT-002', '/results', '/apply'];
  return [
    ...(await seen(
      site.anonymous.get,
      open.map((path) => `/${locale}${path}`),
    )),
    ...(await seen(
      site.anonymous.get,
      parts.map((part) => call + part),
    )),
    { path: '/nowhere', html: (await site.anonymous.get(`/${locale}/nowhere`)).text },
  ];
};

/** A call of 2026, whose support is sourced to the tenge: announced, and then called off. */
const beforeAndAfter = async (locale: Locale): Promise<SeenPage[]> => {
  const site = aSite();
  site.clock.to(at('2026-09-01T04:00'));
  const { call } = aRoundFile();
  const dates = { opensAt: '2026-09-10T09:00:00+05:00', closesAt: '2026-10-04T18:00:00+05:00' };
  const file = aRoundFile({ intake: '2026-1', call: { ...call, ...dates } });
  const roundId = await site.openCall(asUpload(file));
  const at2026 = `/${locale}/calls/${roundId}`;
  const pages = ['/', '/calls', '/vacancies?subject=mathematics'].map((path) => `/${locale}${path}`);
  const announced = await seen(site.anonymous.get, [...pages, at2026, `${at2026}/apply`]);
  const reason = 'Аудандағы мектептердің бос орындары басқа жолмен толтырылды.';
  granted(await cancelIn(site.deps, roundId, reason));
  return [
    ...named(announced, 'announced'),
    ...named(await seen(site.anonymous.get, [at2026, `${at2026}/apply`, `/${locale}/calls`]), 'called off'),
  ];
};

/** Results that fill a page and go on over it; no two people have the same points. */
const withResults = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  const standings = Array.from({ length: 120 }, (_, index) => standingAt(index));
  for (const from of gatedStages.slice(0, gatedStages.indexOf('claims'))) {
    const to = stageAfter(from);
    if (isGated(to)) await advanceTo(world, roundId, { from, to, standings });
  }
  const site = aSelectionSite(world);
  const results = `/${locale}/calls/${roundId}/results`;
  const pages = [`/${locale}/calls/${roundId}`, results, `${results}?order=number&page=2`];
  return named(await seen(site.anonymous.get, pages), 'published');
};

const standingAt = (index: number): Standing => {
  const code = sha256Of(`${index}`).toUpperCase();
  const scattered = Number.parseInt(code.slice(0, 4), 16) / 65_536;
  return {
    applicationId: ApplicationId.parse(`APP${index}`.padEnd(20, '0')),
    number: ApplicationNumber.parse(`KZ19-${code.slice(0, 4)}-${code.slice(4, 8)}`),
    outcome: 'goes-on',
    reasons: [],
    scoring: Math.round(9000 * scattered) / 100,
    interview: Math.round(10_000 - 5000 * scattered) / 100,
    total: Math.round(9000 - 37 * (index + scattered)) / 100,
    rank: index + 1,
  };
};
