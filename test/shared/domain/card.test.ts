import { describe, expect, it } from 'vitest';
import type { Score } from '#shared/domain/candidacy.ts';
import {
  type CardForm,
  draftCard,
  type FilledCard,
  giveCard,
  noComments,
  type OwnCards,
  versionOf,
} from '#shared/domain/card.ts';
import type { Criterion } from '#shared/domain/criterion.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { rater } from '#test/builders/candidacy.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-10-12T04:00');
const raterId = rater('A');
const sample = { source: 'Sample', confidence: 'unverified', verifiedOn: '2022-10-01' } as const;
const label = { kk: 'қадам', ru: 'шаг', en: 'step' };

/** From 0 to 4. */
const criterion = (code: string, weight: number, more: Partial<Criterion> = {}): Criterion => ({
  code,
  title: { kk: code, ru: code, en: code },
  weight,
  scale: [0, 1, 2, 3, 4].map((points) => ({ points, label })),
  ...sample,
  ...more,
});

const form: CardForm = {
  criteria: [
    criterion('subject', 50),
    criterion('pupils', 30),
    criterion('courses', 20, { required: false }),
    criterion('village', 0, { independent: true, required: false }),
  ],
  rule: {
    abstention: { judgedPercent: 60 },
    comments: { committee: { minimum: 0, maximum: 5 }, applicant: { minimum: 2, maximum: 5 } },
    ...sample,
  },
};
const pointsOnly: CardForm = { ...form, rule: undefined };

const nothing: OwnCards = { given: undefined, draft: undefined };
const said = { committee: '', applicant: 'Well prepared.' };
const card = (points: FilledCard['points'], more: Partial<FilledCard> = {}): FilledCard => ({
  points,
  abstained: [],
  comments: said,
  ...more,
});
const give = (filled: FilledCard, own: OwnCards = nothing, asked = form, basedOn?: number) =>
  giveCard(own, { raterId, card: filled, basedOn, typed: { given: said, draft: undefined } }, asked, now);
const faultsIn = (answer: ReturnType<typeof give>): string[] =>
  !answer.ok && answer.error.kind === 'invalid'
    ? answer.error.faults.map(({ place, message }) => `${place} ${message.replace('scoring.fault.', '')}`)
    : [];
const given = (answer: ReturnType<typeof give>): Score => {
  if (!answer.ok || !answer.value) throw new Error('Nothing was given.');
  return answer.value;
};

describe('a card', () => {
  it('counts each criterion by its weight, and what is independent never', () => {
    const points = { subject: 4, pupils: 2, courses: 0 };

    expect(given(give(card(points))).total).toBe(65);
    expect(given(give(card({ ...points, village: 0 }))).total).toBe(65);
    expect(given(give(card({ ...points, village: 4 }))).total).toBe(65);
  });

  it('spreads the weight of what it does not judge over the rest, so that this is neither the least nor the most', () => {
    const abstained = given(give(card({ subject: 4, courses: 0 }, { abstained: ['pupils'] })));

    // 50 of 70.
    expect(abstained.total).toBe(71.4286);
    expect(abstained.abstained).toEqual(['pupils']);
    expect(abstained.points).not.toHaveProperty('pupils');
    expect(given(give(card({ subject: 4, pupils: 4 }))).total).toBe(100);
  });

  it('that judges less of the weight than the round file wants is kept and does not count', () => {
    expect(given(give(card({ subject: 4, pupils: 1 }))).counts).toBeUndefined();
    expect(given(give(card({ subject: 4 }, { abstained: ['pupils'] }))).counts).toBe(false);
  });

  it('judges something, and says of each required criterion that it does not judge it', () => {
    expect(faultsIn(give(card({ subject: 4 })))).toEqual(['points.pupils points-needed']);
    expect(faultsIn(give(card({ village: 4 }, { abstained: ['subject', 'pupils', 'courses'] })))).toEqual([
      'points.subject nothing-judged',
    ]);
    expect(faultsIn(give(card({ subject: 4, pupils: 4 }, { abstained: ['pupils', 'charm'] })))).toEqual([
      'points.pupils both',
      'points.charm unknown-criterion',
    ]);
  });

  it('is judged whole where the round file says nothing of abstaining', () => {
    const whole = card({ subject: 4, pupils: 4 }, { comments: noComments });
    const half = card({ subject: 4 }, { abstained: ['pupils'], comments: noComments });

    expect(faultsIn(give(whole, nothing, pointsOnly))).toEqual([]);
    expect(faultsIn(give(half, nothing, pointsOnly))).toEqual([
      'points.pupils points-needed',
      'points.pupils no-abstention',
    ]);
  });

  it('says as much as the round file allows, and where it asks for it no less', () => {
    const points = { subject: 4, pupils: 4 };
    const comments = (committee: string, applicant: string) =>
      faultsIn(give(card(points, { comments: { committee, applicant } })));

    expect(comments('one two three four five', 'two words')).toEqual([]);
    expect(comments('one two three four five six', 'one')).toEqual([
      'comments.committee many-words',
      'comments.applicant few-words',
    ]);
    expect(faultsIn(give(card(points), nothing, pointsOnly))).toEqual(['comments.applicant no-comments']);
  });
});

describe('saving a card', () => {
  const points = { subject: 4, pupils: 4 };
  const first = given(give(card(points)));
  const stands: OwnCards = { given: first, draft: undefined };

  it('numbers each version; the same card again is none', () => {
    expect(first.version).toBe(1);
    expect(given(give(card({ subject: 3, pupils: 4 }), stands)).version).toBe(2);
    expect(give(card(points), stands, form, 0)).toEqual({ ok: true, value: undefined });
  });

  it('is refused where something else was saved since the form was shown', () => {
    const other = card({ subject: 0, pupils: 4 });

    expect(give(other, stands, form, 0)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect(give(other, stands, form, 1)).toMatchObject({ ok: true });
    expect(give(other, nothing, form, 1)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    // A program that says no version saves over whatever stands.
    expect(give(other, stands)).toMatchObject({ ok: true });
  });

  it('goes on from the 1 of records that were not counted yet', () => {
    const { version: _, ...older } = first;
    const own = { given: older, draft: undefined };

    expect(versionOf(own)).toBe(1);
    expect(given(give(card({ subject: 3, pupils: 4 }), own, form, 1)).version).toBe(2);
  });

  it('as a draft keeps whatever is filled in, as long as it lies on the scales', () => {
    const place = { owner: 'application#1', kind: 'card', version: 1 } as const;
    const { ref: document } = writeDocument(place, {}, 'salt');
    const draft = (filled: FilledCard, own: OwnCards, basedOn?: number) =>
      draftCard(own, { raterId, card: filled, basedOn, document }, form, now);

    const half = draft(card({ subject: 2 }, { comments: noComments }), stands, 1);
    expect(half).toMatchObject({ ok: true, value: { version: 2 } });
    expect(draft(card({ subject: 2.5 }), nothing)).toMatchObject({ error: { kind: 'invalid' } });
    expect(draft(card({ subject: 2 }), stands, 0)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    // Given, it takes the number after the draft's, also with the points that were given before.
    const own = { given: first, draft: half.ok ? half.value : undefined };
    expect(given(give(card(points), own, form, 2)).version).toBe(3);
  });
});
