import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What starts real processes may be disturbed on a shared machine: one more try there, said in the report. Nothing that
 * only computes gets one.
 */
const retry = process.env['CI'] ? 1 : 0;

/** What takes longest in its group begins first: at the end one core would wait for it. */
const long = [
  'house/nobodys-data.test.ts',
  'house/permissions.test.ts',
  'infra/local/start.test.ts',
  'infra/build/synthesize.test.ts',
  'infra/local/disk.test.ts',
  'infra/aws/synthesis.test.ts',
  'journeys/whole-round.test.ts',
  'browser/apply.test.ts',
  'browser/pages.test.ts',
];

class LongestFirst extends BaseSequencer {
  private readonly asUsual = BaseSequencer.prototype.sort.bind(this);

  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await this.asUsual(files);
    return sorted.toSorted((one, other) => groupOf(one) - groupOf(other) || placeOf(one) - placeOf(other));
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.endsWith(name));
  return place === -1 ? long.length : place;
};

/**
 * Groups run one after the other: whole homes and browsers have the machine to themselves, as many at a time as it has
 * cores. What only computes goes first, with many files in one process: modules are read once, and a test puts back
 * what it replaces in them. Time limits only end what hangs; a slow machine must not fail a test.
 */
const project = (
  name: string,
  include: string[],
  groupOrder: number,
  { setUp = [] }: { setUp?: string[] } = {},
) => ({
  extends: true as const,
  test: {
    name,
    include,
    sequence: { groupOrder },
    isolate: groupOrder > 0,
    retry: groupOrder === 0 ? 0 : retry,
    globalSetup: ['test/tidy.ts', ...setUp],
  },
});

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    // All cores: of two, vitest would leave one idle.
    maxWorkers: '100%',
    clearMocks: true,
    setupFiles: ['test/soak.ts'],
    expect: { requireAssertions: true },
    // A million of anything takes longer.
    testTimeout: process.env['SOAK'] ? 6 * 3_600_000 : 600_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      project('shared', ['test/shared/**/*.test.{ts,tsx}', 'test/house/**/*.test.ts'], 0),
      project('workflows', ['test/workflows/**/*.test.ts'], 0),
      project('functions', ['test/functions/**/*.test.{ts,tsx}'], 0),
      project('infra', ['test/infra/**/*.test.ts'], 1),
      project('journeys', ['test/journeys/**/*.test.ts'], 2, { setUp: ['test/journeys/built.ts'] }),
      project('browser', ['test/browser/**/*.test.ts'], 2),
    ],
  },
});
