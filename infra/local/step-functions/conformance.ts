import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exitCodes } from '#infra/local/ports.ts';
import { type Case, readCases, reasonToLeaveOut } from './conformance/cases.ts';
import { play } from './conformance/play.ts';

/**
 * `npm run conformance -- --cases DIR`: plays what AWS recorded against this home. Exit code 1 when something differs, 64 when
 * there are no recordings.
 */

const { values } = parseArgs({ options: { cases: { type: 'string', default: '../shared/asl-cases' } } });

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const outcomeOf = async (recorded: Case): Promise<'passed' | 'failed'> => {
  let difference: string | undefined;
  try {
    difference = await play(recorded);
  } catch (error) {
    difference = error instanceof Error ? error.message : String(error);
  }
  if (difference !== undefined) say(`failed    ${recorded.id}\n          ${difference}`);
  return difference === undefined ? 'passed' : 'failed';
};

if (!existsSync(join(values.cases, 'jsonata'))) {
  process.stderr.write(`${values.cases} holds no recorded cases. Say where they are with --cases DIR.\n`);
  process.exit(exitCodes.usage);
}
const count = { passed: 0, failed: 0, leftOut: 0 };
for (const recorded of readCases(values.cases)) {
  const reason = reasonToLeaveOut(recorded);
  if (reason !== undefined) {
    say(`left out  ${recorded.id} (${reason})`);
    count.leftOut += 1;
    continue;
  }
  count[await outcomeOf(recorded)] += 1;
}
say(`${count.passed} passed, ${count.failed} failed, ${count.leftOut} left out`);
process.exitCode = count.failed > 0 ? 1 : 0;
