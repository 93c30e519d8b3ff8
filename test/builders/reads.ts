import type { Chronicle } from '#shared/replay/chronicle.ts';

/** The same chronicle as it was written before 27 November 2026, when no proposal said what it was drawn up from; its hashes are not those of a file. */
export const withoutReads = (chronicle: Chronicle): Chronicle => ({
  ...chronicle,
  events: chronicle.events.map((event) => {
    const { reads: _unknown, ...fact } = event.fact;
    return { ...event, fact };
  }),
});
