import { deferredAcceptance } from '#shared/allocation/deferred-acceptance.ts';
import { fromScores, named, noCaps, treeOf } from './allocation-market.ts';
import { nestedCaps, scoredMarket } from './market.ts';
import { peer } from './peer.ts';

/*
 * One piece of work in a process of its own, for `allocation-alone.ts`: `peer` answers how long the npm peer needs, `memory` the most
 * that the process ever held.
 */

const [, , work, size] = process.argv;
const market = scoredMarket(Number(size));

const start = performance.now();
if (work === 'peer') {
  const { residents, hospitals } = named(market);
  peer(residents, hospitals);
} else {
  const capped = treeOf(nestedCaps(market), market);
  const { sides } = fromScores(market, capped);
  deferredAcceptance(sides, treeOf(noCaps, market));
}
const milliseconds = performance.now() - start;
// Linux counts kilobytes; the only system whose figures are published.
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ milliseconds, megabytes }));
