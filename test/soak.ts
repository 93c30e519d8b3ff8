import * as fc from 'fast-check';
import { expect } from 'vitest';

/*
 * `npm run soak` says of each property how often it was tried, by its name. Outside of it nothing is printed.
 */

if (process.env['SOAK']) {
  fc.configureGlobal({
    reporter: (tried) => {
      if (tried.failed) throw new Error(fc.defaultReportMessage(tried));
      const { currentTestName = 'A property' } = expect.getState();
      // Tests print nothing else; this is what whoever lets the soak run reads.
      process.stdout.write(`${tried.numRuns.toLocaleString('en')} tried: ${currentTestName}\n`);
    },
  });
}
