import type { StationHolders } from '#functions/commands/interview-circuit.ts';
import type { PlacedPart } from '#functions/commands/interview-stations.ts';
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

/** What is told of the panels: languages that are spoken at every station, and that no steps are in the way anywhere. */
export const panelWords = (t: Translator, parts: readonly PlacedPart[]): string[] => {
  const panels = parts.flatMap(({ panel }) => panel ?? []);
  const [first] = panels;
  if (!first) return [];
  const languages = first.languages.filter((one) => panels.every((panel) => panel.languages.includes(one)));
  const stepFree = panels.every((panel) => panel.stepFree);
  return [interviewLanguages(t, languages), ...(stepFree ? [t('panel.stepFree')] : [])].filter(Boolean);
};
