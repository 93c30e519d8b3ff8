import { type Item, jsonOf, numberOf, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { stateIn } from '#functions/adapters/dynamodb/state.ts';
import { type Aggregate, type Fact, StoredEvent, type Versioned } from '#shared/domain/event.ts';

/** The record in its snapshot's item, parsed by the aggregate's schema. */
export const versioned = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  item: Item,
): Versioned<State> => ({
  id: textOf(item, 'pk').slice(keys.record(aggregate.name, '').length),
  version: numberOf(item, 'version'),
  state: aggregate.snapshot.parse(stateIn(item)),
});

export const eventIn = (item: Item): StoredEvent => StoredEvent.parse(jsonOf(item, 'event'));
