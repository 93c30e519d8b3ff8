import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/domain/hash.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { failed, resigner } from '#test/builders/forged.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  aKey,
  published,
  type Turn,
} from '#test/builders/results.ts';

const key = aKey();
const resigned = resigner(key);

describe('offers that a region tells otherwise than they were', () => {
  it('break where an accepted post is taken away and given on, and so does the receipt of whoever had it', async () => {
    const people: Applicant[] = [3, 2, 1, 0, 0].map((points) => ({
      scoring: points,
      interview: 3,
      wishes: ['MAT-001'],
    }));
    const one = published(afterOffers(aGatheredRound(people), [{ who: 0, does: 'accept' }]), key);
    const forged = resigned(one.statement, ({ offers, rows }) => {
      const [first, second] = offers?.seekers ?? [];
      const at = offers?.steps.at(-1)?.at;
      if (!offers || !first || !second || !at) throw new Error('Nobody was asked.');
      const types = ['closed', 'offered', 'accepted'] as const;
      for (const type of types) {
        const seeker = type === 'closed' ? first.row : second.row;
        offers.steps.push({ type, at, seeker, vacancy: 0 });
      }
      delete first.has;
      Object.assign(second, { has: 0 });
      Object.assign(offers.vacancies[0] ?? {}, { cutoff: rows[second.row]?.rank });
    });

    expect(await failed(one.text)).toEqual([]);
    expect(await failed(forged)).toContain('offers');
    expect(await failed(forged, canonicalJson(one.receipts[0]))).toContain('receipt-post');
    expect(await failed(forged, canonicalJson(one.receipts[1]))).not.toContain('receipt-post');
  });

  it.for<[string, Turn[]]>([
    ['an offer', [{ who: 0, does: 'lapse' }]],
    [
      'what was accepted on a condition',
      [
        { who: 0, does: 'accept-conditionally' },
        { who: 0, does: 'lapse' },
      ],
    ],
  ])('break where %s lapses before its time', async ([, turns]) => {
    const alone: Applicant = { scoring: 3, interview: 3, wishes: ['MAT-001'] };
    const { statement, text } = published(afterOffers(aGatheredRound([alone]), turns), key);
    const hurried = resigned(statement, ({ offers }) => {
      const [before, lapsed] = offers?.steps.slice(-2) ?? [];
      if (!before || lapsed?.type !== 'lapsed') throw new Error('Nothing lapsed.');
      lapsed.at = addSeconds(before.at, 2 * 86_400);
    });

    expect(await failed(text)).toEqual([]);
    expect(await failed(hurried)).toEqual(['answer-time']);
  });
});
