import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { logMessages } from '#shared/log-messages.ts';

const functions = globSync('functions/**/*.{ts,tsx}').map((file) => readFileSync(file, 'utf8'));

it.for(Object.keys(logMessages))(
  '%s is logged somewhere, so that searching for it or counting it finds something',
  (code) => {
    expect(functions.filter((text) => text.includes(`'${code}'`)).length).toBeGreaterThan(0);
  },
);
