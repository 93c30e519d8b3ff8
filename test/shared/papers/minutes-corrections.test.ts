import { describe, expect, it } from 'vitest';
import { translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { numberOf, seated, someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const asked = { personId: seated(9), name: 'Мәдина Үсенқызы Ізбас', at: at('2022-11-02T04:00') };
const second = { personId: seated(0), at: at('2022-11-02T06:00') };

const sectionsOf = (over: object) =>
  minutesPaper(Minutes.parse({ ...someMinutes(), ...over }), translator('en')).sections.map(
    ({ heading, blocks }) => ({
      heading: heading.replace(/^\d+\. /, ''),
      facts: blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])),
    }),
  );

const linesOf = (over: object, heading: string) =>
  sectionsOf(over)
    .filter((one) => one.heading === heading)
    .flatMap(({ facts }) =>
      facts.map(({ name, value }) => [name, value.replaceAll('\u00A0', ' ').split('\n')]),
    );

describe('the minutes', () => {
  it('tell a correction from who asked to who was told, and call a criterion by its name', () => {
    const corrects = {
      kind: 'criterion',
      part: 'scoring',
      number: numberOf(0),
      criterion: 'essay',
      points: 12,
    };
    const title = { kk: 'Эссе', ru: 'Эссе', en: 'Essay' };
    const correction = {
      number: 1,
      corrects,
      criterion: { code: 'essay', title },
      status: 'undone',
      asked,
      reason: 'Typed from the wrong row.',
      applied: { ...second, people: 3, letters: 1 },
    };

    expect(linesOf({ corrections: [correction] }, 'Corrections of results')).toEqual([
      [
        'Correction 1: Undone',
        [
          `Scoring, application ${numberOf(0)}: the points at “Essay” are 12.`,
          expect.stringMatching(/^Asked for: Мәдина Үсенқызы Ізбас, 2 November 2022.+\.$/),
          'Reason: Typed from the wrong row.',
          expect.stringMatching(/^Applied by a second person: name not given, 2 November 2022.+\.$/),
          '3 applications concerned, 1 letter.',
        ],
      ],
    ]);
  });

  it('tell one that its author took back, and one that nobody answered', () => {
    const one = { corrects: { kind: 'undo', correction: 1 }, asked };
    const corrections = [
      { ...one, number: 2, status: 'withdrawn', ended: asked },
      { ...one, number: 3, status: 'waiting' },
    ];
    const [withdrawn, waiting] = linesOf({ corrections }, 'Corrections of results');

    expect(withdrawn?.[1]).toHaveLength(3);
    expect(withdrawn?.[1]?.[2]).toMatch(/^Withdrawn: Мәдина/);
    expect(waiting?.[0]).toBe('Correction 3: Waits for a second person');
    expect(waiting?.[1]).toHaveLength(2);
  });

  it('tell letters that went out in spite of an alarm', () => {
    const release = {
      about: 'screening',
      by: asked,
      recipients: 240,
      alarms: [{ code: 'offers-far-fewer', count: 2, of: 60 }],
    };
    const [said] = linesOf({ releases: [release] }, 'Sent although something looked wrong');

    expect(said?.[0]).toContain('Letters about the decision at the stage');
    expect(said?.[1]).toHaveLength(3);
    expect(said?.[1]?.[1]).toBe('240 recipients.');
    expect(said?.[1]?.[2]).toMatch(/^Released in spite of: /);
  });

  it('have neither section where there is nothing to tell, and in those from before it was told', () => {
    const headings = sectionsOf({}).map(({ heading }) => heading);

    expect(headings).not.toContain('Corrections of results');
    expect(headings).not.toContain('Sent although something looked wrong');
  });
});
