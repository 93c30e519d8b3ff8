import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AlarmState } from '#infra/local/alarms/alarms.ts';
import { createProblems, knownProblems, spelt } from '#infra/local/alarms/problems.ts';

const minute = 60_000;

const aHomeWithProblems = () => {
  let now = Date.parse('2027-01-01T00:00:00Z');
  const lines: string[] = [];
  const problems = createProblems(() => now);
  const log = problems.watching((code) => void lines.push(code));
  return {
    lines,
    log: (code: string) => log(code, 'It happened.'),
    standing: () => problems.standing().map(({ code, count }) => [code, count]),
    problems: problems.standing,
    alsoSee: problems.alsoSee,
    look: problems.look,
    pass: (milliseconds: number) => (now += milliseconds),
  };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a problem of the home itself', () => {
  it('stands from its first line, with how often it came, and every line is still written', () => {
    const { log, standing, lines } = aHomeWithProblems();

    log('HOME_STARTED');
    log('ENGINE_DIED');
    log('ENGINE_DIED');

    expect(standing()).toEqual([['ENGINE_DIED', 2]]);
    expect(lines).toEqual(['HOME_STARTED', 'ENGINE_DIED', 'ENGINE_DIED']);
  });

  it('of a mail server stands until the server answers again', () => {
    const { log, standing, pass } = aHomeWithProblems();

    log('SMTP_DOWN');
    pass(3 * 24 * 60 * minute);
    const before = standing();
    log('SMTP_BACK');

    expect([before, standing()]).toEqual([[['SMTP_DOWN', 1]], []]);
  });

  it('that does not come again is over after its time', () => {
    const { log, standing, pass } = aHomeWithProblems();

    log('DISK_FULL');
    pass(14 * minute);
    log('DISK_FULL');
    pass(14 * minute);
    const before = standing();
    pass(minute);

    expect([before, standing()]).toEqual([[['DISK_FULL', 2]], []]);
  });

  it('of a round that cannot be written is known by that part’s own spelling', () => {
    const { log, standing } = aHomeWithProblems();

    log('execution-not-written');

    expect(standing()).toEqual([['EXECUTION_NOT_WRITTEN', 1]]);
  });

  it('is told once, and again at the next look when it could not be told', async () => {
    const { log, look } = aHomeWithProblems();
    const told: AlarmState[] = [];
    let isFull = true;
    const tell = async (state: AlarmState) => {
      if (isFull) throw new Error('ENOSPC');
      told.push(state);
    };

    log('S3_DISK_FULL');
    look(tell);
    await settled();
    isFull = false;
    look(tell);
    await settled();
    log('S3_DISK_FULL');
    look(tell);
    await settled();

    expect(told).toEqual([
      { name: 'S3_DISK_FULL', harm: expect.stringContaining('Make room'), raised: true },
    ]);
  });

  it('that can be looked at stands as long as it is seen, and is told once each time', async () => {
    const { look, alsoSee, problems } = aHomeWithProblems();
    const since = Date.parse('2026-12-31T00:00:00Z');
    const told: string[] = [];
    const tell = async ({ name }: AlarmState) => void told.push(name);
    let isHeld = true;
    alsoSee(() => (isHeld ? [{ code: 'LETTERS_HELD', harm: 'Held.', since, count: 1 }] : []));

    look(tell);
    look(tell);
    const before = problems();
    isHeld = false;
    look(tell);
    const between = problems();
    isHeld = true;
    look(tell);
    await settled();

    expect([before, between]).toEqual([[{ code: 'LETTERS_HELD', harm: 'Held.', since, count: 1 }], []]);
    expect(told).toEqual(['LETTERS_HELD', 'LETTERS_HELD']);
  });

  it('is a code that the home does log', () => {
    const folder = join(import.meta.dirname, '../../../../infra/local');
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('problems.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const logged = new Set([...source.matchAll(/'([A-Za-z][\w-]+)'/g)].map(([, code = '']) => spelt(code)));

    expect(Object.keys(knownProblems).filter((code) => !logged.has(code))).toEqual([]);
    expect(Object.values(knownProblems).flatMap(({ over }) => over ?? [])).toSatisfy((codes: string[]) =>
      codes.every((code) => logged.has(code)),
    );
  });
});
