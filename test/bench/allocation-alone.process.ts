import { deferredAcceptance } from '#shared/allocation/deferred-acceptance.ts';
import { hashOf } from './allocation-answers.ts';
import { fromScores, named, noCaps, treeOf } from './allocation-market.ts';
import { nestedCaps, type Scored, scoredMarket } from './market.ts';

/*
 * One piece of work in a process of its own, for `allocation-alone.ts`: `peer` answers how long the npm peer needs and the hash of its
 * answer, `memory` the most that the process ever held.
 */

const byPeer = async (market: Scored) => {
  // Whoever measures memory does without it.
  const { peer } = await import('./peer.ts');
  const start = performance.now();
  const { residents, hospitals } = named(market);
  const answer = peer(residents, hospitals);
  return { milliseconds: performance.now() - start, answer: hashOf(answer) };
};

const inMemory = (market: Scored) => {
  const capped = treeOf(nestedCaps(market), market);
  const { sides } = fromScores(market, capped);
  deferredAcceptance(sides, treeOf(noCaps, market));
  // Linux counts kilobytes; the only system whose figures are published.
  return { megabytes: process.resourceUsage().maxRSS / 1024 };
};

const [, , work, size] = process.argv;
const market = scoredMarket(Number(size));
const found = work === 'peer' ? await byPeer(market) : inMemory(market);
process.stdout.write(JSON.stringify(found));
