import { allocationPage, proofPage } from '#infra/sandbox/allocation-tables.ts';
import { exits, readText, runAsProcess, sandboxCommand } from '#infra/sandbox/given.ts';
import { allocateText, verifyText } from '#shared/allocation/reading.ts';

const usage = `npm run allocate -- INSTANCE.json [OPTIONS]

Allocates applicants to vacancies by the code that the rounds use, and proves the result. See infra/sandbox/README.md.

  --json               print {"matches", "cutoffs", "blockingPairs"} instead of tables
  --check RESULT.json  check the "matches" of this file instead of allocating
  --lang kk|ru|en      the language in which faults are explained (default en)

Exit codes: 0 allocated and stable; 1 what was checked is not; 2 the input is faulty, with each fault and its place.
`;

/** The command line. @returns the exit code */
export const main = sandboxCommand(usage, ['check'], ({ json, check, text, need }, print) => {
  const { instance, allocation } = need(allocateText(text));
  if (check === undefined) {
    print(json ? asJson(allocation) : allocationPage(instance, allocation));
    return exits.done;
  }
  const proof = need(verifyText(instance, readText(check)), check);
  const { sound, page } = proofPage(proof);
  print(json ? asJson(proof) : page);
  return sound ? exits.done : exits.none;
});

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

if (import.meta.main) await runAsProcess(main);
