import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '#infra/sandbox/allocate.ts';

const example = 'infra/sandbox/examples/allocation.json';

let folder: string;
let printed: string[];
let complained: string[];

const allocate = (...args: string[]): number =>
  main(args, {
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
  });

const written = (text: string | Uint8Array): string => {
  const file = join(folder, 'instance.json');
  writeFileSync(file, text);
  return file;
};

const anInstance = (parts: object = {}): string =>
  JSON.stringify({
    applicants: [{ id: 'aigul', preferences: ['town'] }],
    vacancies: [{ id: 'town', capacity: 1, region: 'north', subject: 'physics', ranking: ['aigul'] }],
    mechanism: 'merit-order-with-choice',
    ...parts,
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'irikteu-allocate-'));
  printed = [];
  complained = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run allocate', () => {
  it('prints the allocation, the cut-offs, the caps and the proof of the example', () => {
    expect(allocate(example)).toBe(0);
    expect(printed.join('\n')).toMatch(/KZ19-AAAA-0004 +MAT-KEGEN +2 +3/);
    expect(printed.join('\n')).toMatch(/MAT-TALGAR +1 +3 +1 +down to KZ19-AAAA-0002/);
    expect(printed.join('\n')).toMatch(/region Talgar +3 +3/);
    expect(printed.join('\n')).toContain('Blocking pairs (would rather have each other): none');
  });

  it('shows what the other precedence of reserved seats would change, whichever the instance names', () => {
    const file = 'infra/sandbox/examples/precedence.json';
    expect(allocate(file)).toBe(0);
    expect(printed.join('\n')).toMatch(/region KZ-19 +3 +3 +0 +2/);
    expect(printed.join('\n')).toContain(`If reserved seats came first: 2
  KZ19-AAAA-0003: MAT-TALGAR instead of –
  KZ19-AAAA-0004: – instead of PHY-KEGEN`);

    const { caps, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
    const first = [{ region: 'KZ-19', max: 3 }, ...caps.slice(1)];
    expect(allocate(written(JSON.stringify({ ...rest, caps: first })))).toBe(0);
    expect(printed.join('\n')).toContain(`If 2 open seats came first, and reserved ones over and above: 2
  KZ19-AAAA-0003: – instead of MAT-TALGAR
  KZ19-AAAA-0004: PHY-KEGEN instead of –`);
  });

  it('says what each reserve and each full limit does, as a simulation, and warns of one that decides alone', () => {
    expect(allocate(example)).toBe(0);
    const page = printed.join('\n');
    expect(page).toContain('Simulated: what each rule does, by allocating once more without it');
    expect(page).toMatch(/limit 3 of region Talgar +3 +60\.0 % +5 +83\.3 % +2/);
    expect(page).toMatch(/reserve 2 of PHY-TALGAR +2 +40\.0 % +1 +20\.0 % +2/);
    expect(page).not.toContain('limit 2 of PHY-TALGAR');
    expect(page.match(/Warning: /g)).toHaveLength(1);
    expect(page).toContain(
      'Warning: reserve 2 of PHY-TALGAR alone decides 50.0 % of the places there, more than the rankings do',
    );

    printed = [];
    expect(allocate(written(anInstance()))).toBe(0);
    expect(printed.join('\n')).not.toContain('Simulated');
  });

  it('simulates no more than twenty rules, and says how many are left', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `v${String(index).padStart(2, '0')}`);
    const file = JSON.stringify({
      applicants: ids.map((id) => ({ id: `a-${id}`, preferences: [id] })),
      vacancies: ids.map((id) => ({
        id,
        capacity: 1,
        region: 'north',
        subject: 'physics',
        ranking: [`a-${id}`],
      })),
      caps: ids.map((id) => ({ vacancies: [id], max: 1, reserve: 1 })),
      mechanism: 'applicant-proposing-deferred-acceptance',
    });

    expect(allocate(written(file))).toBe(0);
    expect(printed.join('\n').match(/reserve 1 of v/g)).toHaveLength(20);
    expect(printed.join('\n')).toContain('5 more rules are not simulated');
  });

  it('prints matches, cut-offs and blocking pairs as JSON, and nothing else', () => {
    expect(allocate(written(anInstance()), '--json')).toBe(0);
    expect(JSON.parse(printed.join(''))).toEqual({
      matches: { aigul: 'town' },
      cutoffs: { town: 1 },
      blockingPairs: [],
    });
  });

  it('checks its own answer and finds it sound', () => {
    allocate(example, '--json');
    const answer = written(printed.join(''));
    printed = [];

    expect(allocate(example, '--check', answer)).toBe(0);
    expect(printed.join('\n').match(/: none/g)).toHaveLength(4);
  });

  it('says what is wrong with an answer that somebody made', () => {
    const claimed = written(JSON.stringify({ matches: { 'KZ19-AAAA-0006': 'PHY-TALGAR' } }));

    expect(allocate(example, '--check', claimed)).toBe(1);
    expect(printed.join('\n')).toContain('KZ19-AAAA-0006 at PHY-TALGAR');
    expect(printed.join('\n')).toContain('KZ19-AAAA-0001 and MAT-TALGAR');
  });

  it('lists every fault with line, column and pointer, and stops with 2', () => {
    const file = written(`{
  "applicants": [{ "id": "aigul", "preferences": ["moon"], "age": 30 }],
  "vacancies": [{ "id": "town", "capacity": -1, "region": "north" }],
  "mechanism": "lottery"
}`);

    expect(allocate(file)).toBe(2);
    expect(printed).toEqual([]);
    expect(complained).toEqual([
      `${file}:2:60: /applicants/0/age: There is no member “age”`,
      `${file}:3:45: /vacancies/0/capacity: Too small: at least 0`,
      `${file}:3:17: /vacancies/0/ranking: The member “ranking” is missing`,
      `${file}:4:16: /mechanism: This must be one of: applicant-proposing-deferred-acceptance, merit-order-with-choice`,
    ]);
  });

  it('needs no region and no subject where no limit names one', () => {
    const vacancies = [{ id: 'town', capacity: 1, ranking: ['aigul'] }];
    expect(allocate(written(anInstance({ vacancies })), '--json')).toBe(0);
    expect(JSON.parse(printed.join('\n'))).toMatchObject({ matches: { aigul: 'town' } });
    const limited = anInstance({ vacancies, caps: [{ region: 'north', max: 1 }] });
    expect(allocate(written(limited))).toBe(2);
    expect(complained).toEqual([expect.stringContaining('/caps/0/region')]);
  });

  it('explains a name that nobody bears, in Kazakh if asked to', () => {
    const file = written(anInstance({ applicants: [{ id: 'aigul', preferences: ['moon'] }] }));

    expect(allocate(file, '--lang', 'kk')).toBe(2);
    expect(complained).toEqual([`${file}:1:45: /applicants/0/preferences/0: «moon» деген бос лауазым жоқ`]);
  });

  it.for([
    ['broken JSON', '{"applicants": [', /instance\.json:1:\d+: JSON: /],
    ['an empty file', '', /JSON: a value is expected/],
    ['a list', '[]', /This must be: object/],
    ['a member that stands twice', '{"caps": [], "caps": []}', /“caps” stands twice/],
    ['a byte order mark', `\uFEFF${anInstance()}`, /byte order mark/],
    ['JSON nested too deeply', '['.repeat(100_000), /nested too deeply/],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00]), /not UTF-8/],
  ] as const)('refuses %s with a sentence', ([, text, sentence]) => {
    expect(allocate(written(text))).toBe(2);
    expect(complained.join('\n')).toMatch(sentence);
  });

  it('says of a file that memory would not hold that it is too large, without reading it', () => {
    const file = written('');
    truncateSync(file, 64_000_001);

    expect(allocate(file)).toBe(2);
    expect(complained).toEqual([`${file} cannot be read: it is too large, more than 64 MB.`]);
  });

  it.for([
    [['/no/such/file'], /there is no such file/],
    [['.'], /it is a folder/],
    [[], /Name one file/],
    [[example, '--colour'], /Unknown option/],
    [[example, '--lang', 'fr'], /There is no language "fr"/],
  ] as const)('refuses to be called with %j', ([args, sentence]) => {
    expect(allocate(...args)).toBe(2);
    expect(complained.join('\n')).toMatch(sentence);
  });

  it('prints no character that moves a cursor', () => {
    const applicants = [{ id: 'aigul\u001b[2J', preferences: [] }];
    const vacancies: unknown[] = [];

    expect(allocate(written(anInstance({ applicants, vacancies })))).toBe(0);
    expect(printed.join('\n')).not.toContain('\u001b');
  });
});
