import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readOptions } from '#infra/local/options.ts';
import { exitCodes } from '#infra/local/ports.ts';

const textOf = (name: string): string => readFileSync(`infra/local/deploy/${name}`, 'utf8');

/** The value of a setting in a unit, as systemd expands it for the instance KZ-19. */
const setting = (unit: string, name: string): string => {
  const [, value = ''] = new RegExp(`^${name}=(.*)$`, 'm').exec(textOf(unit)) ?? [];
  return value.replaceAll('%i', 'KZ-19').replaceAll(`\${PORT}`, '3000');
};

const argumentsOf = (unit: string): { script: string | undefined; given: string[] } => {
  const [_node, script, ...given] = setting(unit, 'ExecStart').split(' ');
  return { script, given };
};

/** Where a service may write; a dash says that the path may be missing at the start. */
const writablePaths = (unit: string): string[] =>
  setting(unit, 'ReadWritePaths')
    .split(' ')
    .map((path) => path.replace(/^-/, ''));

describe('the service of systemd', () => {
  it('starts the home of its region with options that the home knows', () => {
    const { script, given } = argumentsOf('irikteu@.service');

    expect(script).toBe('infra/local/start.ts');
    expect(readOptions(given, {})).toMatchObject({
      region: 'KZ-19',
      port: 3000,
      dataFolder: '/var/lib/irikteu/KZ-19',
      rehearsal: false,
    });
  });

  it('is not tried again where that would end the same way, and is where it would not', () => {
    const final = setting('irikteu@.service', 'RestartPreventExitStatus').split(' ').map(Number);

    expect(final).toEqual([exitCodes.usage, exitCodes.data, exitCodes.unhostable]);
    expect(setting('irikteu@.service', 'Restart')).toBe('always');
  });

  it('gives the home longer to stop than its answers, functions and letters take', () => {
    expect(Number(setting('irikteu@.service', 'TimeoutStopSec'))).toBeGreaterThanOrEqual(30 + 30 + 5);
    // Only the home is told: it ends its engine itself, in its turn.
    expect(setting('irikteu@.service', 'KillMode')).toBe('mixed');
  });

  it('backs up the same folder that the home runs on, with options that the backup knows', () => {
    const { script, given } = argumentsOf('irikteu-backup@.service');
    const options = { data: { type: 'string' }, into: { type: 'string' }, keep: { type: 'string' } } as const;

    expect(script).toBe('infra/backup.ts');
    expect(parseArgs({ args: given, options }).values).toMatchObject({ data: '/var/lib/irikteu/KZ-19' });
  });

  it('and its backup may both write where the README makes room for backups', () => {
    const { given } = argumentsOf('irikteu-backup@.service');
    const place = dirname(given[given.indexOf('--into') + 1] ?? '');

    expect(textOf('README.md')).toMatch(new RegExp(`install -d .*-o irikteu ${place}$`, 'm'));
    // While the home runs it writes the executions, and the files that change, into the backup itself.
    for (const unit of ['irikteu@.service', 'irikteu-backup@.service'])
      expect(writablePaths(unit)).toContain(place);
  });
});

describe.each(['nginx.conf', 'Caddyfile'])('the proxy of %s', (name) => {
  it('leads to the pages only, and lets a document of 20 MB through', () => {
    const text = textOf(name);

    expect(text).toContain('127.0.0.1:3000');
    expect(text).not.toContain('3001');
    expect(Number(/(?:client_max_body_size|max_size) (\d+)/.exec(text)?.[1])).toBeGreaterThan(20);
    // In the place of the home's own: twice, only the first would count.
    expect(text).toMatch(
      /proxy_hide_header Strict-Transport-Security|Strict-Transport-Security [^\n]+\n\s+defer/,
    );
  });

  it('waits longer than the home takes to answer, and writes no addresses down', () => {
    const text = textOf(name);

    expect(Number(/(?:proxy_read_timeout|response_header_timeout) (\d+)s/.exec(text)?.[1])).toBeGreaterThan(
      30,
    );
    expect(text).not.toMatch(/^\s*(access_log (?!off)|log\b)/m);
  });
});

describe('the proxy of nginx.conf', () => {
  it('is written as nginx 1.22 of Debian 12 reads it', () => {
    expect(textOf('nginx.conf')).toMatch(/^\s+listen 443 ssl http2;$/m);
    expect(textOf('nginx.conf')).not.toMatch(/^\s+http2 on;$/m);
  });
});

describe('the proxy of Caddyfile', () => {
  it.for([
    ['20000300', false],
    ['24999999', false],
    ['25000000', true],
    ['104857600', true],
    ['512', false],
  ] as const)('of a body of %s bytes says itself that it is too large: %s', ([bytes, isLarge]) => {
    const [, pattern = ''] = /@large header_regexp Content-Length (\S+)/.exec(textOf('Caddyfile')) ?? [];

    expect(new RegExp(pattern).test(bytes)).toBe(isLarge);
  });
});
