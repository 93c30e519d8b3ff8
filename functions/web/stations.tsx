import type { StationHolders } from '#functions/commands/interview-circuit.ts';
import type { PlacedPart, PlacedSlot } from '#functions/commands/interview-stations.ts';
import type { Provision } from '#shared/domain/access-need.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { interviewLanguages, textIn } from './words.ts';

/** One station of a slot in words: from when to when, what it is, and where. */
export const stationWords = (
  t: Translator,
  { title, startsAt, endsAt, where }: PlacedPart,
  zone: string,
): string =>
  t('station.line', {
    from: t.clock(startsAt, zone),
    until: t.clock(endsAt, zone),
    title: title ? textIn(t, title) : '',
    where,
  });

/** Where a slot takes place: its room, or each of its stations as a line of its own. */
export const placeWords = (t: Translator, parts: readonly PlacedPart[], zone: string): string[] => {
  const [only, ...more] = parts;
  if (only && more.length === 0) return [only.where];
  return parts.map((part) => {
    const words = stationWords(t, part, zone);
    // A station that was moved to another day than the interview begins on.
    const isLater = dayAt(zone, part.startsAt) !== dayAt(zone, only?.startsAt ?? part.startsAt);
    return isLater ? [t.day(part.startsAt, zone), words].join(', ') : words;
  });
};

/** Which panels may hold a station, or what to do where none may. */
export const holderWords = (t: Translator, { title, panels, minimum }: StationHolders): string => {
  const station = textIn(t, title);
  const names = panels.map(({ number }) => t('panel.number', { number })).join(', ');
  return names === ''
    ? t('station.nobody', { title: station, count: minimum })
    : t('station.holders', { title: station, panels: names });
};

/**
 * What is told of a time besides its place: languages that are spoken at every station, and what is there at each of them; to who needs a way
 * without steps also that nobody said whether there is one.
 */
export const besideWords = (
  t: Translator,
  { parts, provides, stepFree }: PlacedSlot,
  needs: { stepFree: boolean },
): string[] => {
  const panels = parts.flatMap(({ panel }) => panel ?? []);
  const [first] = panels;
  const languages = (first?.languages ?? []).filter((one) =>
    panels.every((panel) => panel.languages.includes(one)),
  );
  const untold = needs.stepFree && stepFree === undefined ? [t('wishes.stepsUntold')] : [];
  return [interviewLanguages(t, languages), ...provisionWords(t, provides), ...untold].filter(Boolean);
};

/** The same for who plans: also that there are steps, or that nobody said, and that it is longer. */
export const placedWords = (t: Translator, { provides, stepFree, longer }: PlacedSlot): string =>
  [
    ...provisionWords(t, provides),
    ...(longer < 25 ? [] : [t(longer < 50 ? 'interview.longer.25' : 'interview.longer.50').toLowerCase()]),
    ...(stepFree ? [] : [t(stepFree === undefined ? 'interview.steps.untold' : 'panel.lacks.step-free')]),
  ].join(', ');

/** What is there for who needs it. */
export const provisionWords = (t: Translator, provides: readonly Provision[]): string[] =>
  provides.map((one) => (one === 'step-free' ? t('panel.stepFree') : t(`panel.provides.${one}`)));
