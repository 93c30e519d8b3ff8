import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '#infra/sandbox/beacon.ts';

let folder: string;
let printed: string[];
let complained: string[];

const run = (...args: string[]): number =>
  main(args, {
    print: (text) => printed.push(...text.split('\n')),
    complain: (line) => complained.push(line),
  });

const given = (text: string): string => {
  const file = join(folder, 'value.json');
  writeFileSync(file, text);
  return file;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'irikteu-beacon-'));
  printed = [];
  complained = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run beacon', () => {
  // See test/shared/domain/beacon.test.ts for where it was published.
  const signature =
    'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92';

  it('says of a value when it came out and that the beacon signed it', () => {
    expect(run(given(JSON.stringify({ round: 123, signature })))).toBe(0);
    expect(printed).toContain('came out    2023-08-23T15:15:33.000Z');
    expect(printed.at(-1)).toBe('The beacon signed it.');
  });

  it('prints a value for a rehearsal, which holds for that chain and for no other', () => {
    expect(run('--rehearse', '8064601')).toBe(0);
    const file = given(printed.join('\n'));

    expect(run(file, '--chain', 'rehearsal')).toBe(0);
    expect(run(file)).toBe(1);
  });

  it.for([
    [['--rehearse', '0'], 'A value has a number from 1 on.'],
    [['--chain', 'default', 'value.json'], 'There is no chain "default": quicknet, rehearsal.'],
    [[], 'Name one file.'],
  ] as const)('says what is wrong with the command line: %j', ([args, line]) => {
    expect(run(...args)).toBe(2);
    expect(complained[0]).toBe(line);
  });

  it('says what is wrong with a text, in the language that is asked for', () => {
    const file = given('nothing');

    expect(run(file, '--lang', 'ru')).toBe(2);
    expect(complained).toEqual([`${file}: Это не текст, который публикует маяк, и не номер с подписью.`]);
  });
});
