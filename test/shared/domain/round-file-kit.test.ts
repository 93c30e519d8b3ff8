import { describe, expect, it } from 'vitest';
import { publicFileOf } from '#shared/domain/round-file-public.ts';
import { brokenRules } from '#shared/domain/round-file-rules.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const text = (en: string) => ({ kk: en, ru: en, en });

/** The sample with one question at its first criterion, whose scale goes from 0 to 4. */
const withAnchor = (points: number) => {
  const file = aRoundFile();
  const [first, ...rest] = file.interviews.criteria;
  if (!first) throw new Error('No criterion.');
  const questions = [{ ask: text('Why this school?'), anchors: [{ points, text: text('Knows it') }] }];
  return { ...file, interviews: { ...file.interviews, criteria: [{ ...first, questions }, ...rest] } };
};

describe('the kit of an interview', () => {
  it('has anchors at points that the scale gives', () => {
    expect(brokenRules(withAnchor(4), 'KZ-19')).toEqual([]);
    expect(brokenRules(withAnchor(7), 'KZ-19')).toEqual([
      {
        path: ['interviews', 'criteria', 0, 'questions', 0, 'anchors', 0, 'points'],
        message: 'round-file.anchor-points',
        facts: { points: 7 },
      },
    ]);
  });

  it('is no part of what anyone may read', () => {
    expect(JSON.stringify(publicFileOf(withAnchor(4)))).not.toContain('Why this school?');
  });
});
