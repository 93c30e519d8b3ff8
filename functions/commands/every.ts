import type { Aggregate, Fact, Versioned } from '#shared/domain/event.ts';
import type { Records } from '#shared/ports/records.ts';

/** About a megabyte of snapshots, which is what one query answers. */
const pageSize = 500;

/**
 * Every record of a list, in its order, read page by page. The list may lag by a moment on AWS: what must be exact is
 * read again by id.
 */
export const everyOf = async <State, Event extends Fact>(
  records: Pick<Records, 'list'>,
  aggregate: Aggregate<State, Event>,
  key: string,
  { index = 'list', ...order }: { index?: 'list' | 'owner'; newestFirst?: boolean } = {},
): Promise<Versioned<State>[]> => {
  const all: Versioned<State>[] = [];
  let after: string | undefined;
  do {
    const cursor = after === undefined ? {} : { after };
    const page = await records.list(aggregate, index, key, { limit: pageSize, ...order, ...cursor });
    all.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return all;
};
