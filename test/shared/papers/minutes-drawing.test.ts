import { describe, expect, it } from 'vitest';
import { chain } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { translator } from '#shared/i18n/index.ts';
import { gatheredDrawing } from '#shared/papers/gathered-raters.ts';
import type { MinutesGate } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const id = RoundId.parse('7'.repeat(20));
const rater = PersonId.parse('R'.repeat(20));
const { applicationId } = aCandidacy();

const drawn = (
  day: string,
  more: Partial<Extract<RoundEvent, { type: 'raters-drawn' }>> = {},
): RoundEvent => ({
  type: 'raters-drawn',
  at: at(`2022-10-${day}T04:00`),
  decision: sha256Of(`decision ${day}`),
  drawing: sha256Of(`drawing ${day}`),
  ...more,
});

/** Drawn on the 10th and, after the screening was decided anew, on the 12th; something moved on the 11th and the 13th. */
const history = chain({ aggregate: 'round', id, version: 5 }, { kind: 'system', name: 'workflow' }, [
  drawn('10'),
  drawn('12', { anchors: [applicationId], chance: { atMostPercent: 50, above: 3 } }),
]);
const candidacies = [
  aCandidacy({ moved: ['11', '13'].map((day) => ({ rater, at: at(`2022-10-${day}T04:00`) })) }),
];

const drawingOf = (stage: MinutesGate['stage'], end: string) =>
  gatheredDrawing({ history, candidacies }, { stage }, at(`2022-10-${end}T12:00`)).drawing;

describe('the drawing of raters in the minutes', () => {
  it('is the last one before the gate was decided, with what moved since', () => {
    expect(drawingOf('scoring', '20')).toEqual({
      at: at('2022-10-12T04:00'),
      sha256: sha256Of('drawing 12'),
      anchors: 1,
      chance: { atMostPercent: 50, above: 3 },
      moved: 1,
    });
    expect(drawingOf('scoring', '10')).toEqual({
      at: at('2022-10-10T04:00'),
      sha256: sha256Of('drawing 10'),
    });
    expect(drawingOf('scoring', '09')).toBeUndefined();
    expect(drawingOf('interviews', '20')).toBeUndefined();
  });

  it('names the file that anybody can solve again', () => {
    const { gates } = someMinutes();
    const [, scoring] = gates;
    const drawing = drawingOf('scoring', '20');
    if (!scoring || !drawing) throw new Error('There is a gate of scoring with a drawing.');
    const facts = minutesPaper(
      someMinutes({ gates: gates.with(1, { ...scoring, drawing }) }),
      translator('en'),
    )
      .sections.flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'facts' ? block.facts : []));
    const said = facts.find(({ name }) => name === 'Raters')?.value.split('\n');

    expect(said).toHaveLength(5);
    expect(said?.[0]).toContain(sha256Of('drawing 12'));
    expect(said?.[1]).toBe('1 application was to be scored by everybody of the committee');
    expect(said?.[2]).toContain('with a probability above 50%');
    expect(said?.[3]).toContain('for 3 applications that bound could not be kept');
    expect(said?.[4]).toBe('1 rating that nobody had begun was moved to another rater');
  });
});
