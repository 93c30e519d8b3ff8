import { describe, expect, it } from 'vitest';
import { refusedCount } from '#shared/domain/shown-recipients.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { anApplication } from '#test/builders/application.ts';
import { at } from '#test/builders/worlds.ts';

const noon = at('2022-10-04T12:00');
const later = addSeconds(noon, 60);

const begun = (startedAt = at('2022-09-20T04:00')) => anApplication('draft', { startedAt });
const shown = (recipients: number, when = noon) => ({ recipients, at: when });

describe('the number of people that somebody was shown', () => {
  it('holds while nobody else would be told', () => {
    expect(refusedCount([begun(), begun()], shown(2), later)).toBeUndefined();
    expect(refusedCount([], shown(0), later)).toBeUndefined();
  });

  it('does not hold where it is another than there was, in either direction', () => {
    for (const confirmed of [1, 3]) {
      expect(refusedCount([begun(), begun()], shown(confirmed), later)).toEqual({
        kind: 'recipients-differ',
        recipients: 2,
        confirmed,
      });
    }
  });

  it('holds although somebody begins or withdraws a moment later: a call is extended when everyone comes', () => {
    const withdrawn = anApplication('withdrawn', { withdrawnAt: later });

    expect(refusedCount([begun(), begun(later), withdrawn], shown(2), addSeconds(later, 5))).toBeUndefined();
  });

  it('leaves out who had withdrawn', () => {
    const withdrawn = anApplication('withdrawn', { withdrawnAt: noon });

    expect(refusedCount([begun(), withdrawn], shown(1), later)).toBeUndefined();
  });

  it('does not hold for more than an hour, nor for a moment to come', () => {
    for (const when of [addSeconds(later, -3600), addSeconds(later, 1)]) {
      expect(refusedCount([begun()], shown(1, when), later)).toMatchObject({ kind: 'recipients-differ' });
    }
  });
});
