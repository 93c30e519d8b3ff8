import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';

/** The same chronicle in which an application was withdrawn at a moment as well; its hashes are not those of a file. */
export const alsoWithdrawn = (chronicle: Chronicle, id: ApplicationId, at: Instant): Chronicle => {
  const last = chronicle.events.findLast((one) => one.aggregate === 'candidacy' && one.id === id);
  if (!last) throw new Error(`The chronicle lacks the candidacy ${id}.`);
  const fact = { type: 'candidacy-withdrawn', at };
  return { ...chronicle, events: [...chronicle.events, { ...last, version: last.version + 1, fact }] };
};
