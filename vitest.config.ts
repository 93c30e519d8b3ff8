import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, ...more },
});

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    clearMocks: true,
    expect: { requireAssertions: true },
    projects: [
      project('shared', ['test/shared/**/*.test.{ts,tsx}', 'test/house/**/*.test.ts']),
      project('workflows', ['test/workflows/**/*.test.ts']),
      project('functions', ['test/functions/**/*.test.{ts,tsx}'], { testTimeout: 20_000 }),
      project('infra', ['test/infra/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('journeys', ['test/journeys/**/*.test.ts'], {
        testTimeout: 300_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
      project('browser', ['test/browser/**/*.test.ts'], {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
});
