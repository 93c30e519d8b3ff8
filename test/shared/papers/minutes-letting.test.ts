import { describe, expect, it } from 'vitest';
import type { Actor, StoredEvent } from '#shared/domain/event.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { gatheredLetting } from '#shared/papers/minutes-letting.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { seated, someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const who = PersonId.parse(seated(9));
const administrator: Actor = { kind: 'person', id: who, role: 'administrator' };
const reason = {
  owner: 'round#X#Y',
  kind: 'reason',
  version: 1,
  digest: Sha256.parse('a'.repeat(64)),
} as const;
const when = at('2022-11-14T05:00');
const part = { type: 'offers-released', at: when, recipients: 20, part: { through: 22, left: 100 } } as const;
const stop = { type: 'offers-stopped', at: at('2022-11-14T09:00'), reason } as const;
const whole = { type: 'offers-released', at: at('2022-11-15T05:00'), recipients: 97 } as const;

const letting = (facts: readonly RoundEvent[], by: Actor = administrator) =>
  gatheredLetting({
    history: facts.map((fact) => ({ fact, by }) as unknown as StoredEvent),
    names: new Map([[who, 'Мәдина Үсенқызы Ізбас']]),
    said: (ref) => ref && 'Thirty was the number of pupils.',
  }).letting;

const linesOf = (over: object) =>
  minutesPaper(Minutes.parse({ ...someMinutes(), ...over }), translator('en'))
    .sections.filter(({ heading }) => heading.endsWith('Offers sent in parts'))
    .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])))
    .map(({ name, value }) => [name, value.replaceAll('\u00A0', ' ').split('\n')]);

describe('the minutes of offers that went out in parts', () => {
  it('tell every part and stop, by whom, and why', () => {
    const steps = letting([part, stop, whole]);

    expect(linesOf({ letting: steps })).toEqual([
      [
        'Sent',
        [
          expect.stringMatching(/^Who and when: Мәдина Үсенқызы Ізбас, 14 November 2022/),
          'Offers: 20, up to place 22 in the ranking; waiting behind them: 100.',
        ],
      ],
      ['Stopped', [expect.stringContaining('Мәдина'), 'Reason: Thirty was the number of pupils.']],
      ['Sent', [expect.stringContaining('15 November 2022'), 'Offers: 97, to everybody else.']],
    ]);
  });

  it('name nobody for what the program did', () => {
    expect(letting([stop], { kind: 'system', name: 'sweep' })).toEqual([
      { step: 'stopped', reason: 'Thirty was the number of pupils.' },
    ]);
  });

  it('say nothing where all went out at once, and in those from before it was said', () => {
    expect(letting([whole, whole])).toBeUndefined();
    expect(linesOf({})).toEqual([]);
  });
});
