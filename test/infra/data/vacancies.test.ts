import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const data = new URL('../../../infra/data/', import.meta.url);

describe('the synthetic register', () => {
  it('is what its generator writes, on any machine', () => {
    const written = execFileSync(process.execPath, [fileURLToPath(new URL('vacancies.ts', data))], {
      encoding: 'utf8',
    });

    expect(written).toBe(readFileSync(new URL('almaty-2022.vacancies.csv', data), 'utf8'));
  });
});
