import { fold } from '#shared/domain/event.ts';
import type { World } from '#test/builders/scenes.ts';

/** Lists stand still from when each is first asked for, as an index does that lags behind. */
export const listsLag = (world: World): void => {
  const { list } = world.records;
  const known = new Map<string, number>();
  world.records.list = async (aggregate, ...asked) => {
    const page = await list(aggregate, ...asked);
    const items = page.items.map(async (item) => {
      const history = await world.records.history(aggregate.name, item.id);
      const version = known.get(`${aggregate.name}#${item.id}`) ?? item.version;
      known.set(`${aggregate.name}#${item.id}`, version);
      const state = fold(aggregate, history.slice(0, version));
      return state === undefined ? item : { ...item, version, state };
    });
    return { ...page, items: await Promise.all(items) };
  };
};
