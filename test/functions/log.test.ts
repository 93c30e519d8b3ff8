import { afterEach, describe, expect, it, vi } from 'vitest';
import { log, traceOf } from '#functions/log.ts';
import { logMessages } from '#shared/log-messages.ts';

/** What reached CloudWatch: the JSON lines that a function prints. */
const linesOf = (work: () => void): string[] => {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      lines.push(text.toString());
      return true;
    });
  }
  work();
  vi.restoreAllMocks();
  return lines;
};

describe('a log line', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is a code, the sentence of the catalogue, and identifiers', () => {
    const [line = ''] = linesOf(() => log.warn('OUTBOX_ROW_OLD', { outboxId: 'letter#1', attempt: 6 }));

    expect(JSON.parse(line)).toMatchObject({
      code: 'OUTBOX_ROW_OLD',
      message: logMessages.OUTBOX_ROW_OLD,
      outboxId: 'letter#1',
      attempt: 6,
    });
  });

  it('keeps of an error its name and place, never its sentence, which may quote what a person typed', () => {
    const typed = 'Иванова Айгүл, 870412100123';
    const parsed = (): unknown => JSON.parse(typed);

    let trace = '';
    try {
      parsed();
    } catch (error) {
      trace = JSON.stringify(traceOf(new TypeError(`Could not read ${typed}`, { cause: error })));
    }

    expect(trace).toContain('TypeError');
    expect(trace).toContain('SyntaxError');
    expect(trace).toContain('log.test.ts');
    expect(trace).not.toMatch(/Иван|8704/);
  });

  it('says of a thrown thing that is no error only what kind of thing it is', () => {
    expect(traceOf('secret')).toEqual({ name: 'string' });
  });
});
