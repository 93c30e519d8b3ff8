import type { MinutesGate } from './minutes.ts';
import type { PaperFact } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Whom the ratings could not tell apart from the line of the shortlist, as the list said that was voted on. */
export const lineFact = ({ line }: MinutesGate, t: PaperTranslator): PaperFact[] => {
  if (!line) return [];
  const { places, level, near, unknown } = line;
  const facts = { places: t.number(places), level };
  const name = t('near-line.title.shown');
  if (unknown) return [{ name, value: t('near-line.stop.unknown') }];
  if (near.length === 0) return [{ name, value: t('near-line.list.none', facts) }];
  const said = t('near-line.list', { ...facts, count: near.length });
  return [{ name, value: `${said}\n${near.join(', ')}` }];
};
