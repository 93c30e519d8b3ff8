import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitsPattern } from '#infra/local/schedules/pattern.ts';
import { startSchedules } from '#infra/local/schedules/schedules.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

const minute = 60_000;
const start = Date.parse('2027-01-01T00:00:00Z');

const aHouseClock = (file = join(aFolder(), 'schedules.json'), startedAt = start) => {
  let now = startedAt;
  const runs: string[] = [];
  const schedules = startSchedules({
    schedules: [
      {
        name: 'EveryMinute',
        via: 'rule',
        arn: 'arn:aws:events:eu-central-1:000000000000:rule/one',
        expression: 'rate(1 minute)',
        timeZone: 'UTC',
        functionArn: 'f',
        input: {},
      },
      {
        name: 'EveryNight',
        via: 'rule',
        arn: 'arn:aws:events:eu-central-1:000000000000:rule/one',
        expression: 'cron(0 21 * * ? *)',
        timeZone: 'UTC',
        functionArn: 'f',
        input: {},
      },
    ],
    clock: { now: () => now, at: () => () => undefined },
    file,
    run: async ({ name }) => void runs.push(name),
    log: () => undefined,
  });
  return { schedules, runs, file, pass: (milliseconds: number) => (now += milliseconds) };
};

describe('the schedules of a home', () => {
  it('run when they are due and not before', async () => {
    const { schedules, runs, pass } = aHouseClock();
    pass(minute - 1);
    await schedules.runDue();
    const early = [...runs];
    pass(1);
    await schedules.runDue();
    schedules.stop();

    expect({ early, runs }).toEqual({ early: [], runs: ['EveryMinute'] });
  });

  it('run once for three months that were missed', async () => {
    const { schedules, runs, pass } = aHouseClock();
    pass(90 * 24 * 60 * minute);
    await schedules.runDue();
    await schedules.runDue();
    schedules.stop();

    expect(runs.toSorted()).toEqual(['EveryMinute', 'EveryNight']);
  });

  it('run what was missed while the home was down', async () => {
    const file = join(aFolder(), 'schedules.json');
    writeFileSync(file, JSON.stringify({ EveryMinute: start, EveryNight: start - 24 * 60 * minute }));
    const { schedules, runs } = aHouseClock(file);
    await schedules.runDue();
    schedules.stop();

    expect(runs).toEqual(['EveryNight']);
  });

  it('run what fell due while a home was down that was killed before anything ran', async () => {
    const { file } = aHouseClock();
    const { schedules, runs } = aHouseClock(file, start + 24 * 60 * minute);
    await schedules.runDue();
    schedules.stop();

    expect(runs.toSorted()).toEqual(['EveryMinute', 'EveryNight']);
  });

  it('run nothing twice when the clock of the machine is set right', async () => {
    const { schedules, runs, pass } = aHouseClock();
    pass(21 * 60 * minute);
    await schedules.runDue();
    pass(-5 * minute);
    await schedules.runDue();
    pass(6 * minute);
    await schedules.runDue();
    schedules.stop();

    expect(runs).toEqual(['EveryMinute', 'EveryNight', 'EveryMinute']);
  });

  it('go on when a rehearsal sets the clock back', async () => {
    const { schedules, runs, pass } = aHouseClock();
    pass(-365 * 24 * 60 * minute);
    await schedules.runDue();
    pass(minute);
    await schedules.runDue();
    schedules.stop();

    expect(runs).toEqual(['EveryMinute']);
  });
});

const created = (key: string, bucket = 'documents') => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: bucket }, object: { key } },
});

describe('a rule over the events of a bucket', () => {
  const pattern = {
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { bucket: { name: ['documents'] }, object: { key: [{ prefix: 'quarantine/' }] } },
  };
  it.for([
    [created('quarantine/a/b'), true],
    [created('clean/a/b'), false],
    [created('quarantine/a/b', 'logs'), false],
    [{ source: 'aws.s3' }, false],
  ] as const)('%j fits: %s', ([event, fits]) => {
    expect(fitsPattern(pattern, event)).toBe(fits);
  });
});
