import { describe, expect, it } from 'vitest';
import { checkDigit } from '#shared/domain/iin.ts';
import { filesOf, textOf } from './files.ts';

const files = filesOf();
const texts = files.filter((path) => /\.(tsx?|json|csv|md|scss|ya?ml|mjs)$|^\.ci\/|^\.githooks\//.test(path));
const written = texts.filter((path) => path !== 'package-lock.json');
const source = files.filter((path) => /\.(tsx?|scss)$/.test(path));

/** Lines in which a pattern is found, as `file:line`. */
const linesWith = (paths: readonly string[], wanted: (line: string) => boolean): string[] =>
  paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (wanted(line) ? [`${path}:${index + 1}`] : [])),
  );

describe('the project', () => {
  it('is looked at as a whole', () => {
    expect(source.length).toBeGreaterThan(300);
    expect(written).toContain('ARCHITECTURE.md');
  });

  it('has no source file of more than 300 lines', () => {
    const long = source.filter((path) => textOf(path).trimEnd().split('\n').length > 300);

    expect(long).toEqual([]);
  });

  it('names no folder of the machine that somebody wrote it on', () => {
    // Spelt in pieces, so that this file is not found by itself.
    const machine = new RegExp(['(^|[^\\w.])/(ho', 'me|Us', 'ers|wo', 'rk|ro', 'ot)/[\\w.]'].join(''));

    expect(linesWith(written, (line) => machine.test(line))).toEqual([]);
  });

  it('reads the environment only where a function starts, in infra and in tests', () => {
    const elsewhere = source.filter(
      (path) => !/^(infra|test)\/|^functions\/([\w-]+\/)?index\.ts$|^functions\/steps\/|^vitest/.test(path),
    );

    expect(linesWith(elsewhere, (line) => /process\s*\.\s*env/.test(line))).toEqual([]);
  });
});

describe('every folder that a newcomer is sent to', () => {
  it.for([
    'shared',
    'shared/allocation',
    'workflows',
    'functions',
    'functions/api',
    'infra',
    'infra/local',
    'infra/local/step-functions',
    'infra/data',
    'infra/sandbox',
    'test',
  ])('%s says what it is', (folder) => {
    expect(files).toContain(`${folder}/README.md`);
    expect(textOf(`${folder}/README.md`).trim().split('\n').length).toBeGreaterThan(5);
  });

  it('is there when a page of the documentation names it', () => {
    const named = files
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        Array.from(
          textOf(path).matchAll(/`((?:shared|workflows|functions|infra|test)\/[\w./-]*[\w/])`/g),
          ([, target]) => ({ path, target: target ?? '' }),
        ),
      );
    const missing = named.filter(
      ({ target }) =>
        !files.some((path) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`)),
    );

    expect(named.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });
});

/** A date and a check digit that an IIN would have; its seventh digit says in which century. */
const isIin = (digits: string): boolean => {
  const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6))];
  const dated = month >= 1 && month <= 12 && day >= 1 && day <= 31 && /[0-6]/.test(digits.charAt(6));
  return dated && checkDigit(Array.from(digits.slice(0, 11), Number)) === Number(digits.charAt(11));
};
const living = (line: string): boolean =>
  Array.from(line.matchAll(/(?<![\dA-Za-z])\d{12}(?![\dA-Za-z])/g), ([digits]) => digits).some(
    (digits) => isIin(digits) && !/^.{6}[12]/.test(digits),
  );

describe('nobody who may be alive', () => {
  it('has an IIN in a file of the project', () => {
    expect(linesWith(written, living)).toEqual([]);
  });

  it('would go unseen', () => {
    const open = '8003154000';
    const check = [...Array(10).keys()].find(
      (last) => checkDigit(Array.from(`${open}${last}`, Number)) !== undefined,
    );
    const number = `${open}${check}${checkDigit(Array.from(`${open}${check}`, Number))}`;

    expect(living(`"iin": "${number}"`)).toBe(true);
    expect(living(`"iin": "${number.slice(0, 11)}x"`)).toBe(false);
  });
});

it('every picture that the documentation shows is taken by a test', () => {
  const shown = files
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...textOf(path).matchAll(/\.github\/pictures\/([\w-]+)\.png/g)].map(([, name]) => name),
    );
  const taken = files
    .filter((path) => path.startsWith('test/browser/'))
    .flatMap((path) =>
      [...textOf(path).matchAll(/\{ (?:desk|phone): '([\w-]+)' \}/g)].map(([, name]) => name),
    );

  expect(new Set(shown)).toEqual(new Set(taken));
  expect(shown.length).toBeGreaterThan(10);
});
