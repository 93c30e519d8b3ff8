import { describe, expect, it } from 'vitest';
import { main } from '#infra/sandbox/round-file.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aSandboxFile, ran } from '#test/builders/sandbox.ts';

const run = (...args: string[]) => ran(main, args);
const fileOf = (text: string): string => aSandboxFile('round.json', text);

describe('npm run round-file', () => {
  it('says what in the design measures badly, with its source, in the language that is asked for', () => {
    const file = fileOf(JSON.stringify(aRoundFile()));
    const { exit, text } = run(file, '--lang', 'ru');

    expect(exit).toBe(0);
    expect(text).toContain('/rubric/criteria: В сумму на одном листе входит критериев: 13.');
    expect(text).toContain('Источник: методика баллов этого приложения');
    const { advice } = JSON.parse(run(file, '--json').text);
    expect(advice[0]).toEqual({
      code: 'criteria-many',
      place: '/rubric/criteria',
      facts: { count: 13, fewest: 3, most: 7 },
    });
  });

  it('names every fault of a file that the import would refuse', () => {
    const broken = run(fileOf(JSON.stringify({ ...aRoundFile(), intake: '' })));
    expect(broken.exit).toBe(2);
    expect(broken.text).toContain('intake');
    expect(run(fileOf('{')).exit).toBe(2);
    expect(run(fileOf('[]')).exit).toBe(2);
  });
});
