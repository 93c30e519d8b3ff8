import * as z from 'zod';
import type { Gate } from '#shared/domain/gate.ts';
import { ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesGate } from './minutes.ts';
import type { PaperFact } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Turns in which one more rating was asked near the line; `basis` is the SHA-256 of the text that says why these. */
export const FurtherTurns = z
  .array(z.strictObject({ at: Instant, basis: Sha256, applications: z.int().min(1) }))
  .min(1);

/** How many cards of which applications. */
export const CountedCards = z
  .array(z.strictObject({ number: ApplicationNumber, count: z.int().min(1) }))
  .min(1);

const typeAt = { scoring: 'score-given', interviews: 'scorecard-given' } as const;

/** Cards that were changed at a gate when their givers could read colleagues' cards; a card counts once. */
export const gatheredAfterCards = (
  { stage, openedAt }: Pick<Gate, 'stage' | 'openedAt'>,
  { candidacies, changedCards }: Pick<Gathered, 'candidacies' | 'changedCards'>,
  end: Instant,
): Pick<MinutesGate, 'afterCards'> => {
  if (stage !== 'scoring' && stage !== 'interviews') return {};
  const afterCards = candidacies.flatMap(({ applicationId, number }) => {
    const changed = changedCards?.get(applicationId)?.[typeAt[stage]] ?? [];
    const here = changed.filter(({ card }) => openedAt <= card.at && card.at <= end);
    const count = new Set(here.map(({ card: { raterId, station = '' } }) => `${raterId} ${station}`)).size;
    return count > 0 ? [{ number, count }] : [];
  });
  return afterCards.length > 0 ? { afterCards } : {};
};

export const afterCardsFact = ({ afterCards = [] }: MinutesGate, t: PaperTranslator): PaperFact[] => {
  if (afterCards.length === 0) return [];
  const numbers = countedText(afterCards, t);
  return [{ name: t('papers.gates.afterCards'), value: t('papers.gates.afterCards.counted', { numbers }) }];
};

export const countedText = (all: z.infer<typeof CountedCards>, t: PaperTranslator): string =>
  all.map(({ number, count }) => `${number} (${t.number(count)})`).join(', ');
