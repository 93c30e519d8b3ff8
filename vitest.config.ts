import { defineConfig } from 'vitest/config';

/**
 * What starts real processes may be disturbed on a shared machine: one more try there, said in the report. Nothing that
 * only computes gets one.
 */
const retry = process.env['CI'] ? 1 : 0;

/**
 * Groups run one after the other: whole homes and browsers have the machine to themselves. Time limits only end what
 * hangs; a slow machine must not fail a test.
 */
const project = (name: string, include: string[], groupOrder: number, fileParallelism = true) => ({
  extends: true as const,
  test: { name, include, fileParallelism, sequence: { groupOrder }, retry: groupOrder === 0 ? 0 : retry },
});

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    // All cores: of two, vitest would leave one idle.
    maxWorkers: '100%',
    clearMocks: true,
    expect: { requireAssertions: true },
    testTimeout: 600_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    projects: [
      project('shared', ['test/shared/**/*.test.{ts,tsx}', 'test/house/**/*.test.ts'], 0),
      project('workflows', ['test/workflows/**/*.test.ts'], 0),
      project('functions', ['test/functions/**/*.test.{ts,tsx}'], 0),
      project('infra', ['test/infra/**/*.test.ts'], 1),
      project('journeys', ['test/journeys/**/*.test.ts'], 2, false),
      project('browser', ['test/browser/**/*.test.ts'], 3, false),
    ],
  },
});
